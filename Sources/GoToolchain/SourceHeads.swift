import Files
import SystemPackage

/// What go reads of source files to list packages, read once for all questions of a run.
actor SourceHeads {
    private var known: [FolderState.File: Seal] = [:]

    /// To read more files than these takes longer than to ask go.
    static let maximum = 1_000

    /// Another one if go may answer something else. Of most Go files go reads the head: what the functions do is not part of it. If
    /// there are many files, it is another one if any of them was written to.
    ///
    /// - Returns: nil if a file cannot be read.
    func seal(of state: FolderState) -> Seal? {
        guard state.files.count <= SourceHeads.maximum else { return state.seal }
        var parts: [String] = []
        for file in state.files {
            guard file.path.extension == "go", file.state != nil else {
                parts.append(file.line)
                continue
            }
            // A file that may have changed again without a new state is read each time.
            guard let head = (state.isSettled ? known[file] : nil) ?? SourceHeads.read(file) else { return nil }
            if state.isSettled { known[file] = head }
            parts += [file.path.string, head.text]
        }
        return Seal(parts.map(\.utf8))
    }

    private static func read(_ file: FolderState.File) -> Seal? {
        guard let text = SourceHead.text(of: file.path) else { return nil }
        return Seal([text[..<(SourceHead(text)?.size ?? text.count)]])
    }
}

extension FolderState {
    /// Another one if a file was written to, added or removed.
    var seal: Seal { Seal(files.map(\.line.utf8)) }
}

extension FolderState.File {
    /// The path and the state.
    fileprivate var line: String { "\(path.string)\0\(state?.description ?? "-")" }
}
