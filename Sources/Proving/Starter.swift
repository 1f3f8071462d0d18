import ELF
import Files
import GoBinary
import Processes
import SystemPackage

/// What starts a program of some machine here: the kernel itself, or an emulator that is installed.
enum Starter: Sendable, Hashable {
    case kernel
    /// The path of a static `qemu-user`.
    case emulator(String)

    /// The emulator of each architecture, in qemu's names.
    private static let emulators = [
        "386": "i386", "amd64": "x86_64", "arm": "arm", "arm64": "aarch64", "loong64": "loongarch64", "mips": "mips",
        "mipsle": "mipsel", "mips64": "mips64", "mips64le": "mips64el", "ppc64": "ppc64", "ppc64le": "ppc64le",
        "riscv64": "riscv64", "s390x": "s390x",
    ]

    #if arch(x86_64)
        private static let native: Set<String> = ["amd64", "386"]
    #elseif arch(arm64)
        private static let native: Set<String> = ["arm64"]
    #else
        private static let native: Set<String> = []
    #endif

    /// Chooses for an architecture; the emulator must be static, for it goes into the empty root as well.
    static func choose(goarch: String, searchPath: String) throws(StarterError) -> Starter {
        if native.contains(goarch) { return .kernel }
        guard let name = emulators[goarch] else {
            throw StarterError(description: "no emulator is known for \(goarch)")
        }
        let installed = ["qemu-\(name)-static", "qemu-\(name)"].flatMap { SearchPath.programs($0, in: searchPath) }
        if let file = installed.map(\.string).first(where: isStaticProgram) { return .emulator(file) }
        throw StarterError(
            description: "there is no static qemu-\(name) on PATH (apt-get install qemu-user-static)")
    }

    private static func isStaticProgram(_ path: String) -> Bool {
        (try? ELFImage(FileSnapshot(FilePath(path)).bytes))?.interpreters.isEmpty == true
    }
}

/// Why nothing here can start a program.
struct StarterError: Error, CustomStringConvertible {
    let description: String
}
