public import GoBinary
public import SystemPackage

/// Why programs cannot be built with C code.
public enum CgoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// zig is neither on PATH nor a package of Python.
    case zigNotFound
    /// zig does not tell its version.
    case zigFailed(FilePath, said: String)
    /// musl-gcc is not on PATH, and CC names no compiler.
    case noNativeCompiler
    /// The platform is not Linux.
    case notLinux(Platform)
    /// The compiler of this machine is for another platform.
    case notNative(Platform, machine: Platform)
    /// zig cannot compile for a platform, or not as Go needs it.
    case noTarget(Platform, zig: String)
    /// This version of Go has no cgo for a platform.
    case withoutCgo(Platform)
    /// The flags of the linker ask for another way to link.
    case linkMode(String)
    /// The flags of the linker are among those for go.
    case linkerFlagsForGo(String)
    /// The flags of the linker have a quote without end.
    case openQuote(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .zigNotFound:
            "--cgo zig: no zig on PATH, and no package ziglang in a python3 on PATH: install it with 'pip install ziglang', "
                + "or put zig from https://ziglang.org/download on PATH"
        case .zigFailed(let path, let said): "--cgo zig: '\(path) version' failed: \(said)"
        case .noNativeCompiler:
            "--cgo native: no musl-gcc on PATH: install it (Debian: apt-get install musl-tools), or name a C compiler whose "
                + "C library can be linked statically, for example CC=gcc on Alpine"
        case .notLinux(let platform):
            "--cgo is for Linux, and \(platform) is asked for: build it without --cgo, in a run or an entry of builds of its own"
        case .notNative(let platform, let machine):
            "--cgo native compiles C for \(machine), and \(platform) is asked for: use --cgo zig for it, or build for this machine alone "
                + "with --platform \(machine)"
        case .noTarget(let platform, let version):
            "--cgo zig: C code cannot be compiled for \(platform) with zig \(version): leave it out; it can for "
                + ZigTarget.platforms.map(\.description).joined(separator: ", ")
        case .withoutCgo(let platform):
            "this go command has no cgo for \(platform): use a newer Go, or leave the platform out"
        case .linkMode(let mode):
            "-linkmode=\(mode) in --ldflags contradicts --cgo, which needs -linkmode=external: leave it out"
        case .linkerFlagsForGo(let flag):
            "\(flag): with --cgo, pass the flags of the linker with --ldflags, so that those for C can be added"
        case .openQuote(let text): "--ldflags '\(text)': a quote is not closed"
        }
    }
}
