import ELF
import Files
import GoBinary
import Processes
import SystemPackage

/// What starts a program for some architecture on this machine: the kernel itself, or an installed emulator.
enum Starter: Sendable, Hashable {
    case kernel
    /// A static `qemu-user`.
    case emulator(FilePath)

    /// The name in reports: `linux`, or the file name of the emulator.
    var name: String {
        switch self {
        case .kernel: "linux"
        case .emulator(let path): path.lastComponent?.string ?? path.string
        }
    }

    /// The names of the emulators in qemu, by GOARCH.
    private static let emulators = [
        "386": "i386", "amd64": "x86_64", "arm": "arm", "arm64": "aarch64", "loong64": "loongarch64", "mips": "mips",
        "mipsle": "mipsel", "mips64": "mips64", "mips64le": "mips64el", "ppc64": "ppc64", "ppc64le": "ppc64le",
        "riscv64": "riscv64", "s390x": "s390x",
    ]

    #if arch(x86_64)
        static let native: Set<String> = ["amd64", "386"]
    #elseif arch(arm64)
        static let native: Set<String> = ["arm64"]
    #else
        static let native: Set<String> = []
    #endif

    /// Chooses the starter for an architecture. An emulator must be static, because it goes into the empty root too.
    ///
    /// - Parameters:
    ///   - goarch: The GOARCH of the program.
    ///   - native: The values of GOARCH that this machine's kernel starts.
    ///   - searchPath: Where emulators are searched; the value of PATH.
    static func choose(
        goarch: String, native: Set<String> = native, searchPath: String
    ) throws(StarterError) -> Starter {
        if native.contains(goarch) { return .kernel }
        guard let name = emulators[goarch] else { throw .noEmulatorKnown(goarch: goarch) }
        let installed = ["qemu-\(name)-static", "qemu-\(name)"].flatMap { SearchPath.programs($0, in: searchPath) }
        guard let file = installed.first(where: isStaticProgram) else { throw .emulatorNotFound("qemu-\(name)") }
        return .emulator(file)
    }

    private static func isStaticProgram(_ path: FilePath) -> Bool {
        (try? ELFImage(FileSnapshot(path).bytes))?.interpreters.isEmpty == true
    }
}

/// Why nothing on this machine can start a program.
enum StarterError: Error, Hashable, CustomStringConvertible {
    /// qemu has no emulator for the architecture.
    case noEmulatorKnown(goarch: String)
    /// The emulator is not on PATH, or only as a dynamic program.
    case emulatorNotFound(String)

    /// What is missing, and how to install it.
    var description: String {
        switch self {
        case .noEmulatorKnown(let goarch): "no emulator is known for \(goarch)"
        case .emulatorNotFound(let name): "no static \(name) on PATH (apt-get install qemu-user-static)"
        }
    }
}
