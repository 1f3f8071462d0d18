import ELF
import Files

extension BuildInfo {
    private static let magic: [UInt8] = [0xff] + Array(" Go buildinf:".utf8)
    private static let sentinelSize = 16
    /// No build info is larger, in bytes.
    private static let maximumSize = 16 << 20

    /// The flags, the version with its length, and the length of the rest.
    private static let headSize = 32 + 5 + maximumVersionSize + 5
    private static let maximumVersionSize = 1024

    /// Reads the first build info that begins in a piece of writable data, where Go's linker puts it. Sections are not consulted.
    ///
    /// In a position-independent program it is in the second writable PT_LOAD, after the data that is read-only after
    /// relocation.
    ///
    /// Packed files and embedded programs contain similar bytes, so only a blob with a Go version and both sentinels counts.
    /// Programs of Go before 1.18 store pointers instead, and have no settings to read.
    ///
    /// - Parameters:
    ///   - piece: A piece of the load.
    ///   - load: A writable PT_LOAD.
    /// - Returns: The build info, or nil if none is complete.
    init?<Source: ByteSource & ~Copyable>(
        in piece: LoadedBytes, of load: LoadedRange, _ source: borrowing Source
    ) throws(FileError) {
        for offset in BuildInfo.offsets(in: piece) {
            guard let info = try BuildInfo(at: piece.offset + offset, of: load, source) else { continue }
            self = info
            return
        }
        return nil
    }

    /// The offsets of the first magic bytes, at addresses that are multiples of 16.
    private static func offsets(in piece: LoadedBytes) -> [Int] {
        let code = piece.bytes.span
        let first = (16 - Int(piece.address % 16)) % 16
        return stride(from: first, through: code.count - 3, by: 16).filter { offset in
            code[offset] == magic[0] && code[offset + 1] == magic[1] && code[offset + 2] == magic[2]
        }
    }

    /// The inline form of Go 1.18 and later (`debug/buildinfo`): flags with bit 1 set, then two strings at 32.
    private init?<Source: ByteSource & ~Copyable>(
        at offset: Int, of load: LoadedRange, _ source: borrowing Source
    ) throws(FileError) {
        let head = try load.bytes(from: offset, count: BuildInfo.headSize, of: source).bytes
        guard head.starts(with: BuildInfo.magic), head.count > 32, head[head.startIndex + 15] & 2 != 0 else {
            return nil
        }
        var rest = head.dropFirst(32)
        guard let versionSize = BuildInfo.length(from: &rest), versionSize <= BuildInfo.maximumVersionSize,
            versionSize <= rest.count
        else { return nil }
        let version = rest.prefix(versionSize)
        rest = rest.dropFirst(versionSize)
        guard version.starts(with: "go".utf8) || version.starts(with: "devel".utf8),
            let size = BuildInfo.length(from: &rest), size > 2 * BuildInfo.sentinelSize, size <= BuildInfo.maximumSize
        else { return nil }
        let start = offset + rest.startIndex - head.startIndex
        guard size <= load.range.upperBound - start else { return nil }
        // A line ends before the second sentinel. Looked at first, because the bytes may claim megabytes many times.
        let newline = try load.bytes(from: start + size - BuildInfo.sentinelSize - 1, count: 1, of: source).bytes
        guard newline.first == 0x0a else { return nil }
        let text = try load.bytes(from: start, count: size, of: source).bytes
            .dropFirst(BuildInfo.sentinelSize).dropLast(BuildInfo.sentinelSize)
        self.init(goVersion: String(decoding: version, as: UTF8.self), text: String(decoding: text, as: UTF8.self))
    }

    /// Reads a length, an unsigned varint.
    private static func length(from bytes: inout ArraySlice<UInt8>) -> Int? {
        var length = 0
        var shift = 0
        while let byte = bytes.popFirst() {
            length |= Int(byte & 0x7f) << shift
            if byte < 0x80 { return length }
            shift += 7
            guard shift <= 28 else { return nil }
        }
        return nil
    }
}
