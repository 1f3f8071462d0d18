/// A COPY or ADD of a stage, with its variables filled in.
package struct Copy: Sendable {
    package let instruction: Dockerfile.Instruction
    package let sources: [Source]
    /// The absolute path in the image; nil if it is not known.
    package let target: String?
    /// Whether files are put into the target, which then is a folder.
    package let isIntoFolder: Bool
    /// The stage that it copies from; nil for the build context or another image.
    package let stage: Int?
    /// The value of `--chmod`.
    package let mode: String?

    /// A file or folder that is copied.
    package struct Source: Sendable {
        package let word: Dockerfile.Word
        /// The path, with variables filled in; nil if it is not known. For a here-document the name of the file.
        package let path: String?
        package let isDocument: Bool

        /// The last component; nil if it is not known or a pattern.
        package var name: String? {
            guard let path, !path.contains(where: { "*?[".contains($0) }) else { return nil }
            let name = path.lastComponent
            return name == "." || name == ".." ? "" : name
        }

        /// Whether ADD downloads it as a file. It would clone a git repository.
        package var isDownload: Bool {
            guard let path, path.hasPrefix("http://") || path.hasPrefix("https://") else { return false }
            return !(path.split(separator: "#").first ?? "").hasSuffix(".git")
        }

        /// Whether it is written as a folder.
        package var isFolder: Bool { path.map { $0.hasSuffix("/") || name == "" } ?? false }
    }

    init(
        _ instruction: Dockerfile.Instruction, from stage: Int?, in folder: String?, value: (String) -> Value
    ) {
        self.instruction = instruction
        self.stage = stage
        mode = instruction.flag("chmod").flatMap { value($0.text).text }
        sources = instruction.words.dropLast().map { word in
            if !instruction.isJSON, let document = HereDocument(word: word.text) {
                return Source(word: word, path: document.name, isDocument: true)
            }
            return Source(word: word, path: value(word.text).text, isDocument: false)
        }
        let text = instruction.words.last.flatMap { value($0.text).text }
        let isFolder = text.map { $0.hasSuffix("/") || $0 == "" || $0.lastComponent == "." || $0.lastComponent == ".." }
        isIntoFolder = isFolder ?? false || sources.count > 1
        target = text.flatMap { text in
            text.hasPrefix("/") ? text.path() : folder.map { text.path(in: $0) }
        }
    }

    /// Whether it keeps the folders of its sources or leaves out some of them, so that only a builder knows what it brings.
    private var isSelective: Bool {
        instruction.flags.contains { $0.text.hasPrefix("--parents") || $0.text.hasPrefix("--exclude") }
    }

    /// Whether an ADD unpacks the source.
    private func isArchive(_ source: Source) -> Bool {
        guard instruction.keyword == "ADD", let name = source.name else { return false }
        return [".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tar.zst"].contains { name.hasSuffix($0) }
    }

    /// Where a source is put if it is a file; nil if that is not known.
    ///
    /// - Parameter isFolder: Whether a path in the image is a folder before the copy.
    package func place(of source: Source, isFolder: (String) -> Bool = { _ in false }) -> String? {
        guard let target, let name = source.name else { return nil }
        return isIntoFolder || isFolder(target) ? name.path(in: target) : target
    }

    /// Whether it may put a file at a path.
    ///
    /// - Parameters:
    ///   - isFolder: Whether a path in the image is a folder before the copy.
    ///   - isFile: Whether a source is known to be a file. Others may be folders that contain anything.
    package func mayBring(
        _ path: String, isFolder: (String) -> Bool, isFile: (Source) -> Bool
    ) -> Bool {
        guard let target, !isSelective else { return true }
        guard path.isIn(target) else { return false }
        let below = path.dropFirst(target == "/" ? 1 : target.count + 1)
        return sources.contains { source in
            if source.isDocument || isFile(source) { return place(of: source, isFolder: isFolder) == path }
            guard let place = place(of: source, isFolder: isFolder), !isArchive(source) else { return true }
            if place == path { return true }
            // A folder's content is put into the target; the path must lead into the folder.
            guard !below.isEmpty else { return false }
            // COPY /bin/app / brings /app: a folder with the name of the program is not meant.
            return !(below.contains("/") && (source.path ?? "").hasSuffix("/" + below))
        }
    }

    /// Whether it probably brings a file: by the name of the source or of its folder.
    ///
    /// - Parameter isProgram: Whether a name that is copied to the root is that of a program. Others may be folders.
    package func seemsToBring(_ path: String, isProgram: (String) -> Bool) -> Bool {
        guard let target else { return true }
        if target.isIn(path) { return true }
        guard path.isIn(target) else { return false }
        let name = path.lastComponent
        return sources.contains { source in
            guard let own = source.name else { return true }
            if own == name || own == "" || source.isFolder || isArchive(source) { return true }
            return target == "/" ? !isProgram(own) && !own.contains(".") : own == target.lastComponent
        }
    }
}
