public import GoBinary
import SystemPackage

/// The C compiler of a build with cgo, which links the C code statically.
public struct CCompiler: Sendable, Hashable, CustomStringConvertible {
    /// Where a C compiler comes from.
    public enum Source: Sendable, Hashable {
        /// `zig cc`, which holds musl for many platforms.
        case zig
        /// musl-gcc, or the compiler that CC names, for the platform of this machine.
        case native
    }

    enum Kind: Sendable, Hashable {
        case zig(executable: FilePath, version: String)
        /// The words of CC, for one platform.
        case native(command: String, platform: Platform)
    }

    let kind: Kind
    /// The platforms for which the go command supports cgo, without variants.
    let platforms: Set<Platform>

    /// The name of the compiler, with its version if that is known: `zig 0.15.2`, `musl-gcc`.
    public var description: String {
        switch kind {
        case .zig(_, let version): "zig \(version)"
        case .native(let command, _):
            GoFlags.quotedFields(command)?.first.flatMap { FilePath($0).lastComponent?.string } ?? command
        }
    }

    /// The variables of go that choose the compiler for a platform.
    func variables(for platform: Platform?) -> [String: String] {
        guard case .zig(let executable, let version) = kind, let platform, let target = ZigTarget(platform) else {
            return [:]
        }
        // go does not learn the version of zig by itself. As part of the command it decides which objects of its cache go takes.
        let words = "-target \(target.triple) -DSCRATCHCHECK_ZIG=\(version)"
        let program = executable.string.goQuoted
        return ["CC": "\(program) cc \(words)", "CXX": "\(program) c++ \(words)"]
    }

    /// Why a platform cannot be built for; nil if it can.
    public func refusal(of platform: Platform) -> CgoError? {
        guard platform.isLinux else { return .notLinux(platform) }
        switch kind {
        case .native(_, let own):
            guard own.goos == platform.goos, own.goarch == platform.goarch else {
                return .notNative(platform, machine: own)
            }
        case .zig(_, let version):
            guard ZigTarget(platform) != nil else { return .noTarget(platform, zig: version) }
        }
        guard platforms.contains(Platform(goos: platform.goos, goarch: platform.goarch)) else {
            return .withoutCgo(platform)
        }
        return nil
    }
}

extension String {
    /// The text as one word of a list that go reads. What holds both kinds of quotes cannot be one, and go refuses it.
    var goQuoted: String { GoFlags.quoted(self) ?? "\"\(self)\"" }
}
