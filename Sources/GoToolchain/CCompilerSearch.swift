import Files
import GoBinary
import Processes
import SystemPackage

extension Toolchain {
    /// The toolchain with a C compiler, for builds with CGO_ENABLED=1.
    ///
    /// - Throws: `CgoError` if there is no compiler; `BuildError` if go fails; `ProcessError`; `CancellationError`.
    public func compilingC(with source: CCompiler.Source) async throws -> Toolchain {
        let kind: CCompiler.Kind =
            switch source {
            case .zig: try await zig()
            case .native: .native(command: try nativeCommand(), platform: try await ownPlatform())
            }
        let compiler = CCompiler(kind: kind, platforms: try await platformsWithCgo())
        var added = ["CGO_ENABLED": "1"]
        switch kind {
        case .zig: added.merge(ZigCache(of: environment.variables).variables) { $1 }
        case .native(let command, _): added["CC"] = command
        }
        return Toolchain(
            executable: executable, version: version,
            environment: environment.adding(added).withNoticesOfC(isChoosing: source == .zig), compiler: compiler,
            memory: memory)
    }

    /// The linker's flags of a build with C, from the user's: those of `--ldflags`, else those in GOFLAGS.
    ///
    /// - Throws: `CgoError`.
    public func linkerFlags(adding flags: String?) throws(CgoError) -> String {
        try StaticLinking.adding(to: flags ?? StaticLinking.flags(inGoFlags: environment.goFlags))
    }

    // MARK: zig

    private func zig() async throws -> CCompiler.Kind {
        let path = environment.variables["PATH"] ?? ""
        var found = SearchPath.program("zig", in: path)
        for python in SearchPath.programs("python3", in: path) where found == nil {
            found = try await zig(of: python)
        }
        guard let found else { throw CgoError.zigNotFound }
        let answer = try await ask(found, ["version"])
        let version = answer.output.split(whereSeparator: \.isWhitespace)
        guard answer.succeeded, version.count == 1, version[0].utf8.allSatisfy(Toolchain.isOfVersion) else {
            throw CgoError.zigFailed(found, said: answer.errors.isEmpty ? answer.output : answer.errors)
        }
        return .zig(executable: found, version: String(version[0]))
    }

    /// The zig in PyPI's package ziglang; nil if a Python does not have it.
    private func zig(of python: FilePath) async throws -> FilePath? {
        let code = "import os, ziglang; print(os.path.join(os.path.dirname(os.path.abspath(ziglang.__file__)), 'zig'))"
        let answer = try await ask(python, ["-c", code])
        let path = FilePath(answer.output.split(separator: "\n").last.map(String.init) ?? "")
        return answer.succeeded && path.isAbsolute && path.isProgram ? path : nil
    }

    private static func isOfVersion(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
            true
        default: false
        }
    }

    /// Runs a program in the root folder: Python would take modules from the working folder.
    private func ask(_ program: FilePath, _ arguments: [String]) async throws -> ChildProcess.Outcome {
        try await ChildProcess.run(
            Command(
                executable: program, arguments: arguments, environment: environment.variables, workingDirectory: "/"))
    }

    // MARK: The machine's own compiler

    private func nativeCommand() throws(CgoError) -> String {
        if let command = environment.variables["CC"], !command.isEmpty { return command }
        guard let found = SearchPath.program("musl-gcc", in: environment.variables["PATH"] ?? "") else {
            throw .noNativeCompiler
        }
        return found.string.goQuoted
    }

    /// The platform for which the machine's own compiler compiles.
    private func ownPlatform() async throws -> Platform {
        let arguments = ["env", "GOHOSTOS", "GOHOSTARCH"]
        let words = try await output(of: arguments, in: "/").split(separator: "\n").map(String.init)
        guard words.count == 2 else { throw BuildError.unexpectedOutput(arguments, directory: "/") }
        return Platform(goos: words[0], goarch: words[1])
    }
}

/// Where zig keeps what it compiled: its libraries for each platform, and the objects of C code.
struct ZigCache: Sendable, Hashable {
    /// The variables that say so.
    let variables: [String: String]

    /// A cache in one folder.
    init(_ folder: FilePath) {
        variables = ["ZIG_GLOBAL_CACHE_DIR": folder.string, "ZIG_LOCAL_CACHE_DIR": folder.string]
    }

    /// The cache of the user: the folder that the environment names, else zig's own, else one in go's cache.
    ///
    /// Objects go there too, so that zig writes nothing into the folder of the sources.
    init(of environment: [String: String]) {
        func folder(_ name: String) -> FilePath? {
            environment[name].flatMap { $0.hasPrefix("/") ? FilePath($0) : nil }
        }
        let global =
            folder("ZIG_GLOBAL_CACHE_DIR") ?? folder("XDG_CACHE_HOME")?.appending("zig")
            ?? folder("HOME")?.appending(".cache/zig") ?? folder("GOCACHE")?.appending("zig")
        guard let global else {
            variables = [:]
            return
        }
        let local = folder("ZIG_LOCAL_CACHE_DIR") ?? global
        variables = ["ZIG_GLOBAL_CACHE_DIR": global.string, "ZIG_LOCAL_CACHE_DIR": local.string]
    }
}
