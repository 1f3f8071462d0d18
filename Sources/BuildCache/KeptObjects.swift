import Files
public import SystemPackage

/// The objects that go got in one build, which are kept to be compared with those of another build.
///
/// A cache program may remove its files when it ends, so each gets a second name, or a copy on another file system.
public struct KeptObjects: Sendable, Hashable {
    /// The folder with a file for each object.
    let folder: FilePath

    /// Names the folder.
    public init(in folder: FilePath) { self.folder = folder }

    /// The object with a key; nil if go did not get it.
    public func file(of key: ObjectKey) -> FilePath? {
        let path = folder.appending(key.text)
        return path.exists ? path : nil
    }

    /// Keeps a file. What cannot be kept cannot be compared, and is no reason to fail.
    func keep(_ file: String, as key: ObjectKey) {
        guard let file = FilePath(file).resolved, file.isFile else { return }
        let name = folder.appending(key.text)
        try? remove(name)
        if (try? link(file, as: name)) != nil { return }
        try? FileCopy.write(OpenFile(file), to: name, permissions: 0o600)
    }
}
