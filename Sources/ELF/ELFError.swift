/// Why a file could not be read as ELF, and where in it.
public struct ELFError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Code: String, Sendable {
        /// The file does not begin with the ELF magic number.
        case notELF
        /// The file ends before what its header promises.
        case truncated
        /// A header field has a value that no kernel takes.
        case invalidHeader
        /// A header field has a value that no linker writes, and that some kernels do not look at.
        case unusualHeader
        /// libelf and the bytes of the header say different things.
        case libelf
    }

    /// What kind of fault it is.
    public let code: Code
    /// Whether every Linux kernel refuses such a file: exec fails with `ENOEXEC`.
    public var isRefusedByEveryKernel: Bool { code == .truncated || code == .invalidHeader }
    /// The byte offset in the file of the field that is wrong.
    public let offset: Int
    /// What is wrong, in words.
    public let message: String

    init(_ code: Code, at offset: Int, _ message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }

    /// The message with its offset.
    public var description: String { "\(message) (at byte 0x\(String(offset, radix: 16)))" }
}
