import Configuration
import GoBinary
import GoToolchain
import Reporting

/// What a build with cgo needs besides one without: a C compiler for each platform.
enum CBuild {
    /// The toolchain of a build, with the C compiler that it asks for.
    ///
    /// - Throws: `CgoError` if there is none; `BuildError` if go fails.
    static func toolchain(_ toolchain: Toolchain, for build: BuildRequest) async throws -> Toolchain {
        switch build.cgo {
        case .off: toolchain
        case .zig: try await toolchain.compilingC(with: .zig)
        case .native: try await toolchain.compilingC(with: .native)
        }
    }

    /// Those of all platforms that can be built for. A note names the others.
    static func possible(_ platforms: [Platform], with toolchain: Toolchain, in context: Context) -> [Platform] {
        guard let compiler = toolchain.compiler else { return platforms }
        let others = platforms.filter { compiler.refusal(of: $0) != nil }
        if !others.isEmpty {
            let names = others.map(\.description).joined(separator: ", ")
            context.listener.note("note: not for \(names): \(compiler) has no C code for them".printable)
        }
        return platforms.filter { compiler.refusal(of: $0) == nil }
    }

    /// Checks that platforms can be built for.
    ///
    /// - Throws: `CgoError` with the first that cannot.
    static func check(_ platforms: [Platform], with toolchain: Toolchain) throws(CgoError) {
        guard let compiler = toolchain.compiler else { return }
        for platform in platforms {
            if let refusal = compiler.refusal(of: platform) { throw refusal }
        }
    }
}
