/// What an image is made of, and how big each part is.
public struct ImageReport: Sendable, Codable {
    /// The version of this document's format.
    public let schemaVersion: String
    /// The program that made it.
    public let tool: Report.Tool
    /// The image's name.
    public let name: String
    /// The digest of the index.
    public let digest: String
    /// Where it was written.
    public let outputs: [String]
    /// Where it was pushed to, with its digest.
    public let pushed: String?
    /// The images.
    public let platforms: [Platform]

    /// The image of one platform.
    public struct Platform: Sendable, Codable {
        /// The platform.
        public let platform: String
        /// The digest of the manifest.
        public let digest: String
        /// The size of the program in bytes.
        public let program: Int
        /// What is pulled, in bytes: all layers as they are stored.
        public let pulled: Int
        /// What the layers are unpacked, in bytes: with the frames of tar.
        public let unpacked: Int
        /// The files.
        public let files: [File]

        /// Describes an image.
        public init(platform: String, digest: String, program: Int, pulled: Int, unpacked: Int, files: [File]) {
            self.platform = platform
            self.digest = digest
            self.program = program
            self.pulled = pulled
            self.unpacked = unpacked
            self.files = files
        }
    }

    /// A file in an image.
    public struct File: Sendable, Codable {
        /// The path.
        public let path: String
        /// Bytes.
        public let size: Int

        /// Describes a file.
        public init(path: String, size: Int) {
            self.path = path
            self.size = size
        }
    }

    /// Makes a report.
    public init(
        tool: Report.Tool, name: String, digest: String, outputs: [String], pushed: String?, platforms: [Platform]
    ) {
        schemaVersion = "1"
        self.tool = tool
        self.name = name
        self.digest = digest
        self.outputs = outputs
        self.pushed = pushed
        self.platforms = platforms
    }

    /// The report for a person.
    public var text: String {
        let rows = platforms.map { image in
            [
                image.platform, String(image.digest.prefix(19)), Quantity.size(image.program),
                Quantity.size(image.pulled), Quantity.size(image.unpacked),
                Quantity.share(image.pulled, of: image.program),
            ]
        }
        let table = TextTable.render(
            [["PLATFORM", "MANIFEST", "PROGRAM", "PULLED", "UNPACKED", "PULLED/PROGRAM"]] + rows,
            rightAligned: [2, 3, 4, 5])
        let places = outputs.map { "wrote   \($0.printable)\n" } + (pushed.map { ["pushed  \($0.printable)\n"] } ?? [])
        return table + "\n" + contents + "\n" + "\(name)@\(digest)".printable + "\n" + places.joined()
    }

    /// The files of each platform, where they differ; their sizes do by the program alone as a rule.
    private var contents: String {
        guard let first = platforms.first else { return "" }
        let isAlike = platforms.allSatisfy { Set($0.files.map(\.path)) == Set(first.files.map(\.path)) }
        return (isAlike ? [first] : platforms).map { image in
            let total = image.files.reduce(0) { $0 + $1.size }
            let rows = ImageReport.lines(for: image.files).map { name, size in
                ["/" + name.printable, Quantity.size(size), Quantity.share(size, of: total)]
            }
            let head = isAlike && platforms.count > 1 ? "FILE (of \(image.platform))" : "FILE (\(image.platform))"
            return TextTable.render([[head, "SIZE", "SHARE"]] + rows, rightAligned: [1, 2])
        }.joined(separator: "\n")
    }

    /// A line for each file; many in one folder, as time zones are, share one.
    private static func lines(for files: [File]) -> [(name: String, size: Int)] {
        func tree(_ file: File) -> String { file.path.split(separator: "/").prefix(3).joined(separator: "/") }
        let trees = Dictionary(grouping: files, by: tree)
        var lines: [(name: String, size: Int)] = []
        for file in files {
            let name = tree(file)
            guard let members = trees[name], members.count > 20 else {
                lines.append((file.path, file.size))
                continue
            }
            if members.first?.path == file.path {
                lines.append(("\(name)/ (\(members.count) files)", members.reduce(0) { $0 + $1.size }))
            }
        }
        return lines
    }
}
