internal import CLinux
internal import Glibc
public import SystemPackage

/// A folder that is open for listing.
///
/// Its entries are read with getdents64(2): a tree of a hundred thousand files is walked in a fraction of a second.
public struct FolderStream: ~Copyable {
    /// The path as it was given.
    public let path: FilePath
    private let descriptor: FileDescriptor

    /// Opens a folder; a symbolic link is followed.
    ///
    /// - Throws: `FileError` with the path and the system's reason.
    public init(_ path: FilePath) throws(FileError) {
        self.path = path
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .directory, .closeOnExec])
        } catch {
            throw FileError(path, .system(.open, error as? Errno ?? .ioError))
        }
    }

    deinit {
        try? descriptor.close()
    }

    /// An entry of a folder.
    public enum Entry {
        /// A regular file.
        case file(Name)
        /// A folder.
        case folder(Name)
        /// A symbolic link, which is not followed.
        case link(Name)
    }

    /// The name of an entry. It is valid only while the body that receives the entry runs.
    @safe public struct Name {
        fileprivate let pointer: UnsafePointer<CChar>

        /// The name as text; nil if it is not UTF-8.
        public var text: String? { unsafe String(validatingCString: pointer) }

        /// The name for people; if it is not UTF-8, each byte outside ASCII as `\xff`.
        fileprivate var readable: String {
            if let text { return text }
            let bytes = unsafe UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map { UInt8(bitPattern: $0) }
            return bytes.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
        }
    }

    /// Calls a body with each entry. FIFOs, sockets and devices are skipped.
    ///
    /// - Throws: `FileError` if the folder cannot be listed to its end.
    public func forEachEntry(_ body: (Entry) -> Void) throws(FileError) {
        try forEachRecord { name, type in
            switch kind(of: name, type: type) {
            case S_IFREG: body(.file(name))
            case S_IFDIR: body(.folder(name))
            case S_IFLNK: body(.link(name))
            default: break
            }
        }
    }

    /// The names of all entries, of every kind, in no particular order; names that are not UTF-8 keep their bytes.
    func names() throws(FileError) -> [FilePath.Component] {
        var names: [FilePath.Component] = []
        try forEachRecord { name, _ in
            if let component = unsafe FilePath.Component(platformString: name.pointer) { names.append(component) }
        }
        return names
    }

    /// Calls a body with the name of each entry but `.` and `..`, and its type as the kernel gives it (`d_type`).
    private func forEachRecord(_ body: (Name, UInt8) -> Void) throws(FileError) {
        let failure = unsafe withUnsafeTemporaryAllocation(byteCount: FolderStream.bufferSize, alignment: 8) { buffer in
            while true {
                let filled = unsafe getdents64(descriptor.rawValue, buffer.baseAddress, buffer.count)
                if filled < 0 && errno == EINTR { continue }
                guard filled > 0 else { return filled < 0 ? errno : 0 }
                guard unsafe call(body, with: UnsafeRawBufferPointer(rebasing: buffer[..<filled])) else { return EIO }
            }
        }
        guard failure == 0 else { throw FileError(path, .system(.read, Errno(rawValue: failure))) }
    }

    private static let bufferSize = 1 << 15

    /// Offsets of a record's length, its entry's type and name (`struct linux_dirent64`, getdents64(2)).
    private static let lengthOffset = 16
    private static let kindOffset = 18
    private static let nameOffset = 19

    /// Calls a body with the entries of some records; returns false if a record is cut off.
    private func call(_ body: (Name, UInt8) -> Void, with records: UnsafeRawBufferPointer) -> Bool {
        var rest = unsafe records
        while let base = rest.baseAddress, rest.count > FolderStream.nameOffset {
            let length = Int(unsafe rest.loadUnaligned(fromByteOffset: FolderStream.lengthOffset, as: UInt16.self))
            guard length > FolderStream.nameOffset, length <= rest.count else { return false }
            let text = unsafe (base + FolderStream.nameOffset).assumingMemoryBound(to: CChar.self)
            if unsafe strcmp(text, ".") != 0, unsafe strcmp(text, "..") != 0 {
                unsafe body(Name(pointer: text), rest[FolderStream.kindOffset])
            }
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[length...])
        }
        return unsafe rest.isEmpty
    }

    /// The path of an entry.
    ///
    /// - Throws: `FileError` if its name is not UTF-8, because no report can show it.
    public func path(of name: Name) throws(FileError) -> FilePath {
        guard let text = name.text else { throw FileError(path.appending(name.readable), .nameIsNotUTF8) }
        return path.appending(text)
    }

    /// Whether a file, links followed, starts with some bytes. It costs one open and one small read.
    ///
    /// - Parameters:
    ///   - name: The entry.
    ///   - magic: The bytes, at most eight.
    /// - Throws: `FileError` if the file cannot be read.
    public func begins(_ name: Name, with magic: [UInt8]) throws(FileError) -> Bool {
        let file = unsafe openat(descriptor.rawValue, name.pointer, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else { throw failure(.open, of: name) }
        defer { close(file) }
        var start: UInt64 = 0
        guard unsafe pread(file, &start, min(8, magic.count), 0) >= 0 else { throw failure(.read, of: name) }
        return unsafe withUnsafeBytes(of: start) { unsafe $0.starts(with: magic) }
    }

    /// The status of an entry, links followed; nil if there is nothing.
    func status(of name: Name) -> stat? {
        var status = stat()
        return unsafe fstatat(descriptor.rawValue, name.pointer, &status, 0) == 0 ? status : nil
    }

    private func failure(_ call: FileError.Call, of name: Name) -> FileError {
        FileError(path.appending(name.readable), .system(call, Errno(rawValue: errno)))
    }

    /// Some file systems leave `d_type` at 0 (DT_UNKNOWN); then fstatat(2) tells the type.
    private func kind(of name: Name, type: UInt8) -> mode_t {
        guard type == 0 else { return mode_t(type) << 12 }
        var status = stat()
        return unsafe fstatat(descriptor.rawValue, name.pointer, &status, AT_SYMLINK_NOFOLLOW) == 0
            ? status.st_mode & S_IFMT : S_IFREG
    }
}
