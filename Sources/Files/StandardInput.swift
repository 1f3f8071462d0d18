import SystemPackage

/// What the process reads from its standard input.
public enum StandardInput {
    /// All text until the end.
    ///
    /// - Parameter maximumSize: The number of bytes that are accepted.
    /// - Throws: `FileError` that names `-`, if it cannot be read, is larger, or is not UTF-8.
    public static func text(maximumSize: Int = 16 << 20) throws(FileError) -> String {
        let bytes: [UInt8]
        do { bytes = try FileDescriptor.standardInput.readToEnd(limit: maximumSize + 1) } catch {
            throw FileError("-", .system(.read, error as? Errno ?? .ioError))
        }
        guard bytes.count <= maximumSize else { throw FileError("-", .tooLarge(limit: maximumSize)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FileError("-", .contentIsNotUTF8) }
        return text
    }
}
