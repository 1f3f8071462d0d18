/// A value that is not the same before and now.
public struct ValueChange: Sendable, Hashable, Codable {
    /// What has the value.
    public let name: String
    /// The value before; nil if there was none.
    public let before: String?
    /// The value now; nil if there is none.
    public let now: String?

    /// The values that differ, sorted by name.
    static func all(from before: [String: String], to now: [String: String]) -> [ValueChange] {
        Set(before.keys).union(now.keys).sorted().compactMap { name in
            guard before[name] != now[name] else { return nil }
            return ValueChange(name: name, before: before[name], now: now[name])
        }
    }
}

/// What a set gained and lost, each sorted.
public struct SetChange: Sendable, Hashable, Codable {
    /// What is new.
    public let gained: [String]
    /// What is gone.
    public let lost: [String]

    init(from before: Set<String>, to now: Set<String>) {
        gained = now.subtracting(before).sorted()
        lost = before.subtracting(now).sorted()
    }

    /// Whether nothing changed.
    var isEmpty: Bool { gained.isEmpty && lost.isEmpty }
}

/// A part of a program whose size is not the same before and now.
public struct PartChange: Sendable, Hashable, Codable {
    /// The module of the package, `std` for the standard library; nil if the part is not code.
    public let module: String?
    /// The import path of a package, or the name of the part.
    public let name: String
    /// The size before in bytes; nil if there was no such part.
    public let before: Int?
    /// The size now in bytes; nil if there is no such part.
    public let now: Int?

    /// How many bytes more there are now; negative if there are fewer.
    var growth: Int { (now ?? 0) - (before ?? 0) }
}

/// What became of a program, or of the image of a platform.
public enum DifferenceStatus: String, Sendable, Hashable, Codable {
    /// It has the same bytes.
    case same
    /// It was there before, and differs now.
    case changed
    /// It was not there before.
    case added
    /// It is not there any more.
    case removed
}
