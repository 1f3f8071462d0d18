/// Why a file cannot be read as ELF, and where in it.
public struct ELFError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The file does not begin with the ELF magic number.
        case notELF
        /// The file ends inside its ELF header.
        case endsInHeader
        /// The file ends before its program headers do.
        case endsInProgramHeaders(count: Int)
        /// `EI_CLASS` is neither 1 (32 bits) nor 2 (64 bits).
        case wrongClass(UInt8)
        /// `EI_CLASS` is 1 or 2, but the header has the layout of the other class.
        case contradictoryClass(UInt8, headerBits: Int)
        /// `EI_DATA` is neither 1 (little endian) nor 2 (big endian).
        case wrongByteOrder(UInt8)
        /// `EI_VERSION` or `e_version` is not 1.
        case wrongVersion(VersionField, UInt64)
        /// `e_phentsize` is not the size of a program header of the file's class.
        case wrongProgramHeaderSize(Int, required: Int)
        /// `e_phnum` is 0.
        case noProgramHeaders
        /// The kernel reads at most 64 KiB of program headers. PN_XNUM (0xffff) counts as a number, as in the kernel.
        case tooManyProgramHeaders(Int)
        /// The header claims more section headers than any linker writes into a program, for each of which libelf takes memory.
        case tooManySections(UInt64)
        /// libelf finds another number of program headers than the header of the file claims.
        case contradictoryCount(libelf: Int, header: Int)
        /// libelf does not accept the file.
        case rejectedByLibelf(message: String)
        /// The installed libelf is older than the one that this program was built with.
        case libelfTooOld
    }

    /// A field with the version of the ELF format.
    public enum VersionField: String, Sendable {
        case identification = "EI_VERSION"
        case header = "e_version"
    }

    /// What is wrong.
    public let reason: Reason
    /// The byte offset in the file of the field that is wrong, or the size of a file that is too short.
    public let offset: Int

    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// Whether every Linux kernel refuses such a file: exec fails with `ENOEXEC`. The others have a value that no linker writes,
    /// and that some kernels do not look at.
    public var isRefusedByEveryKernel: Bool {
        switch reason {
        case .endsInHeader, .endsInProgramHeaders, .wrongProgramHeaderSize, .noProgramHeaders, .tooManyProgramHeaders:
            true
        case .notELF, .wrongClass, .contradictoryClass, .wrongByteOrder, .wrongVersion, .tooManySections,
            .contradictoryCount, .rejectedByLibelf, .libelfTooOld:
            false
        }
    }

    /// What is wrong, without the offset.
    public var message: String {
        switch reason {
        case .notELF: "the file does not begin with the ELF magic number"
        case .endsInHeader: "the file ends inside its ELF header"
        case .endsInProgramHeaders(let count):
            "the file ends before the end of its program headers (e_phnum is \(count))"
        case .wrongClass(let value): "EI_CLASS is \(value), neither 32 nor 64 bit"
        case .contradictoryClass(let value, let bits):
            "EI_CLASS is \(value), but the header is that of a \(bits)-bit file"
        case .wrongByteOrder(let value): "EI_DATA is \(value), neither little nor big endian"
        case .wrongVersion(let field, let value): "\(field.rawValue) is \(value), not 1"
        case .wrongProgramHeaderSize(let size, let required):
            "e_phentsize is \(size), and the kernel accepts only \(required)"
        case .noProgramHeaders: "the file has no program headers (e_phnum is 0)"
        case .tooManyProgramHeaders(let count):
            "\(count) program headers are more than the 64 KiB that the kernel reads"
        case .tooManySections(let count):
            "\(count) section headers are more than the \(ELFHeader.maximumSections) that are read"
        case .contradictoryCount(let libelf, let header):
            "the header claims another number of program headers (\(header)) than libelf finds (\(libelf))"
        case .rejectedByLibelf(let message): "libelf: \(message)"
        case .libelfTooOld: "libelf is older than the version that this program was built with"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch reason {
        case .notELF: "name a program for Linux"
        case .libelfTooOld: "update libelf"
        default: "build or download the file again"
        }
    }

    /// The message with the offset and the remedy.
    public var description: String { "\(message) (at byte 0x\(String(offset, radix: 16))); \(remedy)" }
}
