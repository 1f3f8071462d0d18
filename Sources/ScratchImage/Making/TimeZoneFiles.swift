/// The time zones for a root.
public struct TimeZoneFiles: Sendable {
    /// The files.
    public let entries: [TarEntry]
    /// The variable that tells Go where the files are; empty if Go looks there anyway.
    public let environment: [String]

    /// Takes the archive that comes with Go, as one file.
    ///
    /// Go reads the archive itself if ZONEINFO names it (https://pkg.go.dev/time#LoadLocation).
    ///
    /// - Throws: `TimeZoneError.notAnArchive`.
    public init(archive: [UInt8]) throws(TimeZoneError) {
        // zip stores the names of files as plain text.
        guard archive.starts(with: [0x50, 0x4b, 3, 4]), TimeZoneFiles.holds("Europe/Berlin", archive) else {
            throw .notAnArchive
        }
        entries = [.file("usr/share/zoneinfo.zip", archive)]
        environment = ["ZONEINFO=/usr/share/zoneinfo.zip"]
    }

    /// Takes the zone files of a system, by their names below `/usr/share/zoneinfo`.
    ///
    /// - Throws: `TimeZoneError.noZones` if UTC is not among them.
    public init(zones: [(name: String, content: TarEntry.Kind)]) throws(TimeZoneError) {
        guard zones.contains(where: { $0.name == "UTC" }) else { throw .noZones }
        entries = zones.map { TarEntry("usr/share/zoneinfo/\($0.name)", $0.content, mode: 0o444) }
        environment = []
    }

    /// Whether a file holds zone data: it begins with `TZif` (RFC 8536, section 3.1).
    public static func isZone(_ content: [UInt8]) -> Bool { content.starts(with: Array("TZif".utf8)) }

    private static func holds(_ name: String, _ archive: [UInt8]) -> Bool {
        let text = Array(name.utf8)
        var place = archive.startIndex
        while let found = archive[place...].firstIndex(of: text[0]) {
            if archive[found...].starts(with: text) { return true }
            place = found + 1
        }
        return false
    }
}

/// Why time zones cannot be used.
public enum TimeZoneError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is not a zip archive of zones.
    case notAnArchive
    /// The folder has no zone UTC.
    case noZones

    /// What is wrong, and what to use instead.
    public var description: String {
        switch self {
        case .notAnArchive: "not a zoneinfo.zip; Go has one in GOROOT/lib/time"
        case .noZones: "the folder holds no time zones (UTC not found)"
        }
    }
}
