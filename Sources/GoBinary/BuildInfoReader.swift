import ELF

extension BuildInfo {
    private static let magic: [UInt8] = [0xff] + Array(" Go buildinf:".utf8)
    private static let sentinelSize = 16
    /// No build info is larger, in bytes.
    private static let maximumSize = 16 << 20

    /// Reads the build info from the writable PT_LOADs, where Go's linker puts it. Sections are not consulted.
    ///
    /// In a position-independent program it is in the second of them, after the data that is read-only after relocation.
    ///
    /// Packed files and embedded programs contain similar bytes, so only a blob with a Go version and both sentinels counts.
    /// Programs of Go before 1.18 store pointers instead, and have no settings to read.
    ///
    /// - Parameter writable: The bytes of the writable PT_LOADs, in the order of the file.
    /// - Returns: The build info, or nil if none is complete.
    init?(in writable: [LoadedBytes]) {
        for load in writable {
            for offset in BuildInfo.offsets(in: load) {
                guard let info = BuildInfo(blob: load.bytes.dropFirst(offset)) else { continue }
                self = info
                return
            }
        }
        return nil
    }

    /// The offsets of the first magic bytes, at addresses that are multiples of 16.
    private static func offsets(in load: LoadedBytes) -> [Int] {
        let code = load.bytes.span
        let first = (16 - Int(load.address % 16)) % 16
        return stride(from: first, to: code.count - 32, by: 16).filter { offset in
            code[offset] == magic[0] && code[offset + 1] == magic[1] && code[offset + 2] == magic[2]
        }
    }

    /// The inline form of Go 1.18 and later (`debug/buildinfo`): flags with bit 1 set, then two strings at 32.
    private init?(blob: ArraySlice<UInt8>) {
        guard blob.starts(with: BuildInfo.magic), blob[blob.startIndex + 15] & 2 != 0 else { return nil }
        var rest = blob.dropFirst(32)
        guard let version = BuildInfo.string(from: &rest), let framed = BuildInfo.string(from: &rest) else {
            return nil
        }
        guard version.count <= 1024, version.starts(with: "go".utf8) || version.starts(with: "devel".utf8) else {
            return nil
        }
        guard framed.count >= 2 * BuildInfo.sentinelSize + 1,
            framed[framed.endIndex - BuildInfo.sentinelSize - 1] == 0x0a
        else {
            return nil
        }
        let text = framed.dropFirst(BuildInfo.sentinelSize).dropLast(BuildInfo.sentinelSize)
        self.init(goVersion: String(decoding: version, as: UTF8.self), text: String(decoding: text, as: UTF8.self))
    }

    /// Reads a string that is preceded by its length as an unsigned varint.
    private static func string(from bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var length = 0
        var shift = 0
        while let byte = bytes.popFirst() {
            length |= Int(byte & 0x7f) << shift
            if byte < 0x80 { break }
            shift += 7
            guard shift <= 28 else { return nil }
        }
        guard length <= maximumSize, length <= bytes.count else { return nil }
        defer { bytes = bytes.dropFirst(length) }
        return bytes.prefix(length)
    }
}
