internal import Glibc

/// A folder that is open to be listed.
@safe struct FolderStream: ~Copyable {
    let path: String
    private let stream: OpaquePointer

    init(_ path: String) throws(FileError) {
        guard let stream = unsafe opendir(path) else { throw FileError(path, "open", errno: errno) }
        unsafe self.stream = stream
        self.path = path
    }

    deinit {
        _ = unsafe closedir(stream)
    }

    /// An entry of a folder.
    enum Entry {
        case file(Name)
        case folder(Name)
        case link(Name)
    }

    /// The name of an entry, as the folder holds it; it ends with the entry.
    @safe struct Name {
        fileprivate let pointer: UnsafePointer<CChar>

        /// The name as text; nil where it is not UTF-8.
        var text: String? { unsafe String(validatingCString: pointer) }
    }

    /// Leads each entry but FIFOs, sockets and devices to a body.
    func forEachEntry(_ body: (Entry) -> Void) throws(FileError) {
        errno = 0
        while let entry = unsafe readdir(stream) {
            unsafe withUnsafePointer(to: &entry.pointee.d_name) { place in
                unsafe place.withMemoryRebound(to: CChar.self, capacity: 256) { text in
                    guard unsafe strcmp(text, ".") != 0, unsafe strcmp(text, "..") != 0 else { return }
                    let name = unsafe Name(pointer: text)
                    switch kind(of: name, type: unsafe entry.pointee.d_type) {
                    case S_IFREG: body(.file(name))
                    case S_IFDIR: body(.folder(name))
                    case S_IFLNK: body(.link(name))
                    default: break
                    }
                }
            }
            errno = 0
        }
        guard errno == 0 else { throw FileError(path, "read", errno: errno) }
    }

    /// The path of an entry.
    ///
    /// - Throws: `FileError` where its name is not UTF-8, so that no path here can hold it.
    func path(of name: Name) throws(FileError) -> String {
        guard let text = name.text else {
            throw FileError(below("?"), "holds a name that is not UTF-8; rename it to have it checked")
        }
        return below(text)
    }

    private func below(_ name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

    /// Whether a file, following links, begins with the ELF magic number: one open, and one small read.
    func holdsELF(_ name: Name) throws(FileError) -> Bool {
        let descriptor = unsafe openat(
            dirfd(stream), name.pointer, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError(below(name.text ?? "?"), "open", errno: errno) }
        defer { close(descriptor) }
        var start: UInt32 = 0
        guard unsafe pread(descriptor, &start, 4, 0) >= 0 else {
            throw FileError(below(name.text ?? "?"), "read", errno: errno)
        }
        return unsafe withUnsafeBytes(of: start) { unsafe $0.elementsEqual(ELFHeader.magic) }
    }

    /// A file system that does not know leaves `d_type` at 0: then the file itself is asked.
    private func kind(of name: Name, type: UInt8) -> mode_t {
        guard type == 0 else { return mode_t(type) << 12 }
        var status = stat()
        return unsafe fstatat(dirfd(stream), name.pointer, &status, AT_SYMLINK_NOFOLLOW) == 0
            ? status.st_mode & S_IFMT : S_IFREG
    }
}
