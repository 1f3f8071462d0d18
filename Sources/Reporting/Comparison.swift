/// What has changed since another report: files, findings, sizes.
public struct Comparison: Sendable, Codable, Hashable {
    /// The files of either report that differ, in the order of this one.
    public let changes: [Change]

    /// A file that differs.
    public struct Change: Sendable, Codable, Hashable {
        /// Its path.
        public let path: String
        /// Its platform.
        public let platform: String?
        /// Its size before; absent for a new file.
        public let sizeBefore: Int?
        /// Its size now; absent for a file that is gone.
        public let sizeNow: Int?
        /// The rules that have something to say now, and had not.
        public let new: [String]
        /// The rules that had something to say, and have not now.
        public let mended: [String]

        /// How much it has grown, in parts of its size before; negative where it has shrunk.
        public var growth: Double? {
            guard let sizeBefore, let sizeNow, sizeBefore > 0 else { return nil }
            return Double(sizeNow - sizeBefore) / Double(sizeBefore)
        }
    }

    /// Compares two reports.
    init(_ report: Report, with baseline: Report) {
        func key(_ binary: BinaryReport) -> String { "\(binary.platform ?? "")\n\(binary.path)" }
        let before = Dictionary(baseline.binaries.map { (key($0), $0) }) { first, _ in first }
        let now = Set(report.binaries.map(key))
        let present = report.binaries.map { binary in Change(from: before[key(binary)], to: binary) }
        let gone = baseline.binaries.filter { !now.contains(key($0)) }.map { Change(from: $0, to: nil) }
        changes = (present + gone).compactMap { $0 }
    }

    /// A line for each change.
    var lines: [String] { changes.map(\.description) }
}

extension Comparison.Change: CustomStringConvertible {
    fileprivate init?(from old: BinaryReport?, to new: BinaryReport?) {
        guard let binary = new ?? old else { return nil }
        let rules = Set(new?.findings.map(\.rule) ?? [])
        let oldRules = Set(old?.findings.map(\.rule) ?? [])
        self.init(
            path: binary.path, platform: binary.platform, sizeBefore: old?.size, sizeNow: new?.size,
            new: old == nil ? [] : rules.subtracting(oldRules).sorted(),
            mended: new == nil ? [] : oldRules.subtracting(rules).sorted())
        if old != nil, new != nil, sizeBefore == sizeNow, self.new.isEmpty, mended.isEmpty { return nil }
    }

    /// The change in words.
    public var description: String {
        var words: [String] = []
        switch (sizeBefore, sizeNow) {
        case (nil, let now?): words.append("new, \(Quantity.size(now))")
        case (_?, nil): words.append("gone")
        case (let before?, let now?) where now != before:
            let tenths = Int(((growth ?? 0) * 1000).rounded(.toNearestOrAwayFromZero))
            let percent = "\(tenths < 0 ? "-" : "+")\(abs(tenths) / 10).\(abs(tenths) % 10) %"
            words.append("\(now > before ? "grown by" : "shrunk by") \(Quantity.size(abs(now - before))) (\(percent))")
        default: break
        }
        if !new.isEmpty { words.append("new: \(new.joined(separator: ", "))") }
        if !mended.isEmpty { words.append("mended: \(mended.joined(separator: ", "))") }
        return "\(path.printable): \(words.joined(separator: "; "))"
    }
}
