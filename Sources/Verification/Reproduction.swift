import ELF
import GoBinary

/// The result of building a file a second time, from a copy of its sources in another folder and with an empty cache.
public struct Reproduction: Sendable, Hashable, Codable {
    /// Whether both files are the same, byte for byte.
    public let isIdentical: Bool
    /// What differs, a phrase for each difference; empty if the files are identical.
    public let differences: [String]
    /// The packages whose objects from a cache program are not what the second build compiled; nil if there are none.
    public private(set) var cachedPackages: [String]?

    /// The result for two files with the same bytes.
    public static let identical = Reproduction(isIdentical: true, differences: [])

    private init(isIdentical: Bool, differences: [String]) {
        self.isIdentical = isIdentical
        self.differences = differences
    }

    /// The result with what the objects of a cache program have to do with it.
    ///
    /// - Parameters:
    ///   - packages: The packages whose objects differ.
    ///   - reasons: A phrase for each, before the other differences.
    public func adding(cachedPackages packages: [String], _ reasons: [String]) -> Reproduction {
        guard !isIdentical else { return self }
        var reproduction = Reproduction(isIdentical: false, differences: reasons + differences)
        reproduction.cachedPackages = packages.isEmpty ? nil : packages
        return reproduction
    }

    /// Compares two files that were built from the same sources.
    ///
    /// - Parameters:
    ///   - first: The file that is kept.
    ///   - second: The file of the second build.
    ///   - folders: The source folders of the first and the second build.
    public init(comparing first: [UInt8], with second: [UInt8], builtIn folders: (first: String, second: String)) {
        isIdentical = first == second
        differences = isIdentical ? [] : Reproduction.differences(first, second, folders: folders)
    }

    private static func differences(
        _ first: [UInt8], _ second: [UInt8], folders: (first: String, second: String)
    ) -> [String] {
        guard let image = try? ELFImage(first), let other = try? ELFImage(second) else {
            return [firstByte(first, second).map { "byte \($0) of the file" } ?? "the size of the file"]
        }
        let settings = GoTables(in: first, of: image).buildInfo.flatMap { info in
            GoTables(in: second, of: other).buildInfo.map { info.differences(from: $0) }
        }
        var differences = settings ?? []
        if first[...].holds(Array(folders.first.utf8)), second[...].holds(Array(folders.second.utf8)) {
            differences.append("the build path: the file holds \(folders.first)")
        }
        if first.count != second.count {
            differences.append("the size: \(first.count) bytes, and \(second.count) the second time")
        }
        if let place = firstByte(first, second) {
            differences.append("first at " + position(of: place, in: image, MemoryFile(first)))
        }
        return differences
    }

    private static func firstByte(_ first: [UInt8], _ second: [UInt8]) -> Int? {
        zip(first, second).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    }

    /// An offset with its section and symbol, if the file names them.
    private static func position(of place: Int, in image: ELFImage, _ file: MemoryFile) -> String {
        let byte = "byte 0x" + String(place, radix: 16)
        guard let section = image.sections.first(where: { $0.holds(UInt64(place)) }) else { return byte }
        let symbol = section.address(ofByteAt: UInt64(place)).flatMap { image.symbol(covering: $0, in: file) }
        return byte + ", section \(section.name)" + (symbol.map { ", symbol \($0)" } ?? "")
    }
}

extension BuildInfo {
    /// The differences between two build infos, a phrase for each.
    fileprivate func differences(from other: BuildInfo) -> [String] {
        var pairs = Set(settings.keys).union(other.settings.keys).sorted().map {
            ("build setting \($0)", settings[$0], other.settings[$0])
        }
        pairs.insert(("the main module's version", main?.version, other.main?.version), at: 0)
        pairs.insert(("the Go version", goVersion, other.goVersion), at: 0)
        return pairs.filter { $0.1 != $0.2 }.map { name, first, second in
            "\(name): \(first ?? "missing"), and \(second ?? "missing") the second time"
        }
    }
}
