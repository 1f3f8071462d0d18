internal import CLinux
internal import Glibc

/// A folder that is open to be listed; it is read from the kernel as it comes, for a tree has many folders.
struct FolderStream: ~Copyable {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws(FileError) {
        descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw FileError(path, "open", errno: errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
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
        let failure = unsafe withUnsafeTemporaryAllocation(byteCount: FolderStream.bufferSize, alignment: 8) { buffer in
            while true {
                let filled = unsafe getdents64(descriptor, buffer.baseAddress, buffer.count)
                if filled < 0 && errno == EINTR { continue }
                guard filled > 0 else { return filled < 0 ? errno : 0 }
                guard unsafe lead(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), to: body) else { return EIO }
            }
        }
        guard failure == 0 else { throw FileError(path, "read", errno: failure) }
    }

    private static let bufferSize = 1 << 15

    /// Where the length of a record, the kind of its entry and the name stand in it (`struct linux_dirent64`, getdents64(2)).
    private static let lengthOffset = 16
    private static let kindOffset = 18
    private static let nameOffset = 19

    /// Leads the entries of some records to a body; false where one of them is broken off.
    private func lead(_ records: UnsafeRawBufferPointer, to body: (Entry) -> Void) -> Bool {
        var rest = unsafe records
        while let base = rest.baseAddress, rest.count > FolderStream.nameOffset {
            let length = Int(unsafe rest.loadUnaligned(fromByteOffset: FolderStream.lengthOffset, as: UInt16.self))
            guard length > FolderStream.nameOffset, length <= rest.count else { return false }
            let text = unsafe (base + FolderStream.nameOffset).assumingMemoryBound(to: CChar.self)
            if unsafe strcmp(text, ".") != 0, unsafe strcmp(text, "..") != 0 {
                let name = unsafe Name(pointer: text)
                switch kind(of: name, type: unsafe rest[FolderStream.kindOffset]) {
                case S_IFREG: body(.file(name))
                case S_IFDIR: body(.folder(name))
                case S_IFLNK: body(.link(name))
                default: break
                }
            }
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[length...])
        }
        return unsafe rest.isEmpty
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
            descriptor, name.pointer, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
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
        return unsafe fstatat(descriptor, name.pointer, &status, AT_SYMLINK_NOFOLLOW) == 0
            ? status.st_mode & S_IFMT : S_IFREG
    }
}
