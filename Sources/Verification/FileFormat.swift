/// A file format other than ELF, known by its first bytes.
public enum FileFormat: String, Sendable {
    /// No bytes at all.
    case empty = "an empty file"
    /// `#!`: the kernel starts the interpreter that the first line names.
    case script = "a script"
    /// Windows and EFI programs.
    case pe = "a PE (Windows) file"
    /// macOS programs.
    case machO = "a Mach-O (macOS) file"
    /// WebAssembly.
    case wasm = "a WebAssembly module"
    /// `ar`, a static library.
    case archive = "an ar archive"
    /// Anything else.
    case unknown = "not an ELF file"

    init(of bytes: [UInt8]) {
        let formats: [([UInt8], FileFormat)] = [
            (Array("#!".utf8), .script), (Array("MZ".utf8), .pe), ([0xcf, 0xfa, 0xed, 0xfe], .machO),
            ([0xce, 0xfa, 0xed, 0xfe], .machO), ([0xca, 0xfe, 0xba, 0xbe], .machO), ([0, 0x61, 0x73, 0x6d], .wasm),
            (Array("!<arch>\n".utf8), .archive),
        ]
        self = bytes.isEmpty ? .empty : formats.first { bytes.starts(with: $0.0) }?.1 ?? .unknown
    }
}
