/// The time zones for a root.
public struct TimeZoneFiles: Sendable {
    /// The files.
    public let entries: [TarEntry]
    /// The variable that names the place, where Go would not look there by itself.
    public let environment: [String]

    /// The archive that comes with Go, as one file.
    ///
    /// Go reads the archive itself when ZONEINFO names it (https://pkg.go.dev/time#LoadLocation).
    ///
    /// - Throws: `ImageError` for what is no archive of zones.
    public init(archive: [UInt8]) throws(ImageError) {
        // A file in it is named in its directory, which zip stores as plain text.
        guard archive.starts(with: [0x50, 0x4b, 3, 4]), TimeZoneFiles.holds("Europe/Berlin", archive) else {
            throw ImageError("it is no zoneinfo.zip")
        }
        entries = [.file("usr/share/zoneinfo.zip", archive)]
        environment = ["ZONEINFO=/usr/share/zoneinfo.zip"]
    }

    /// Zone files of a system, by their names below `/usr/share/zoneinfo`.
    ///
    /// - Throws: `ImageError` where there are none.
    public init(zones: [(name: String, content: TarEntry.Kind)]) throws(ImageError) {
        guard zones.contains(where: { $0.name == "UTC" }) else { throw ImageError("it holds no time zones") }
        entries = zones.map { TarEntry("usr/share/zoneinfo/\($0.name)", $0.content, mode: 0o444) }
        environment = []
    }

    /// Whether a file of zone data: `TZif` (RFC 8536, section 3.1).
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
