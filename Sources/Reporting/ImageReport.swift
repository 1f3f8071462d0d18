import Text
public import Verification

/// An image that was made: its platforms, its files, and their sizes.
public struct ImageReport: Sendable, Codable {
    /// The version of the JSON format.
    public let schemaVersion: String
    /// The program that wrote it.
    public let tool: Report.Tool
    /// The name of the image, with its tag.
    public let name: String
    /// The digest of the index, `sha256:…`.
    public let digest: String
    /// Where the image was written, as the command line names it.
    public let outputs: [String]
    /// The reference that the image was pushed to, with its digest; nil if it was not pushed.
    public let pushed: String?
    /// One image for each platform.
    public let platforms: [Platform]

    /// The image of one platform.
    public struct Platform: Sendable, Codable {
        /// The platform, `linux/amd64`.
        public let platform: String
        /// The digest of the manifest, `sha256:…`.
        public let digest: String
        /// The size of all programs in bytes.
        public let program: Int
        /// The programs, in the order of their layers.
        public let programs: [Program]
        /// The size of all layers as they are pulled, in bytes.
        public let pulled: Int
        /// The size of all layers as plain tar archives, in bytes.
        public let unpacked: Int
        /// The files in the root, without folders.
        public let files: [File]
        /// What it did when it was started; nil if that was not tried.
        public let proof: Proof?

        /// Describes the image of one platform.
        public init(
            platform: String, digest: String, programs: [Program], pulled: Int, unpacked: Int, files: [File],
            proof: Proof? = nil
        ) {
            self.platform = platform
            self.digest = digest
            self.programs = programs
            program = programs.reduce(0) { $0 + $1.size }
            self.pulled = pulled
            self.unpacked = unpacked
            self.files = files
            self.proof = proof
        }
    }

    /// A program in an image.
    public struct Program: Sendable, Codable {
        /// The path without a leading slash.
        public let path: String
        /// The size in bytes.
        public let size: Int
        /// The digest of its layer, which stays the same as long as the program does, `sha256:…`.
        public let layer: String

        /// Describes a program.
        public init(path: String, size: Int, layer: String) {
            self.path = path
            self.size = size
            self.layer = layer
        }
    }

    /// A file in an image.
    public struct File: Sendable, Codable {
        /// The path without a leading slash.
        public let path: String
        /// The size in bytes.
        public let size: Int
        /// For a program: the name in its stamp, if the file had another name; nil if it had that name.
        public let stampedName: String?

        /// Describes a file.
        public init(path: String, size: Int, stampedName: String? = nil) {
            self.path = path
            self.size = size
            self.stampedName = stampedName
        }
    }

    /// Reports on an image.
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

    /// The report for a terminal.
    public var text: String {
        let isProved = platforms.contains { $0.proof != nil }
        let rows = platforms.map { image in
            [image.platform.printable] + (isProved ? [image.proof?.word ?? "-"] : []) + [
                String(image.digest.prefix(19)), Quantity.size(image.program),
                Quantity.size(image.pulled), Quantity.size(image.unpacked),
                Quantity.share(image.pulled, of: image.program),
            ]
        }
        let word = platforms.contains { $0.programs.count > 1 } ? "PROGRAMS" : "PROGRAM"
        let table = TextTable.render(
            [
                ["PLATFORM"] + (isProved ? ["PROOF"] : []) + ["MANIFEST", word, "PULLED", "UNPACKED", "PULLED/\(word)"]
            ] + rows, rightAligned: isProved ? [3, 4, 5, 6] : [2, 3, 4, 5])
        let renamed = platforms.flatMap { image in
            image.files.compactMap { file in
                file.stampedName.map { name in
                    "renamed /\(file.path.printable) (\(image.platform.printable), stamped as \(name.printable))\n"
                }
            }
        }
        let places = outputs.map { "wrote   \($0.printable)\n" } + (pushed.map { ["pushed  \($0.printable)\n"] } ?? [])
        return table + "\n" + contents + "\n" + "\(name)@\(digest)".printable + "\n"
            + (renamed + places).joined()
    }

    /// The files of the first platform, or of each platform if their paths differ. Sizes usually differ for the program only.
    private var contents: String {
        guard let first = platforms.first else { return "" }
        let isAlike = platforms.allSatisfy { Set($0.files.map(\.path)) == Set(first.files.map(\.path)) }
        return (isAlike ? [first] : platforms).map { image in
            let total = image.files.reduce(0) { $0 + $1.size }
            let rows = ImageReport.lines(for: image.files).map { name, size in
                ["/" + name.printable, Quantity.size(size), Quantity.share(size, of: total)]
            }
            let head =
                isAlike && platforms.count > 1
                ? "FILE (of \(image.platform.printable))" : "FILE (\(image.platform.printable))"
            return TextTable.render([[head, "SIZE", "SHARE"]] + rows, rightAligned: [1, 2])
        }.joined(separator: "\n")
    }

    /// A line for each file. More than twenty files below one folder, such as time zones, share a line.
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
                lines.append(("\(name)/ (\(members.count.counted("file")))", members.reduce(0) { $0 + $1.size }))
            }
        }
        return lines
    }
}
