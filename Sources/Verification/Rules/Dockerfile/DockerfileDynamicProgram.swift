import Dockerfiles

extension Rule {
    static let dockerfileDynamicProgram = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-dynamic-program", level: .error,
            summary: "A C or Rust program is linked dynamically",
            rationale:
                "C compilers link against the shared C library unless they are told otherwise, and so does Rust for its default "
                + "target. The image has no loader: exec fails with 'no such file or directory'.",
            detection:
                "The image copies what gcc, g++ or clang wrote with -o and without -static; or a program from target/release of a "
                + "cargo build without --target, CARGO_BUILD_TARGET or crt-static, in a rust image that is not Alpine's.",
            limits:
                "Builds by make, cmake or a script, and settings in .cargo/config.toml. An image that also copies libraries is "
                + "not looked at.",
            remedy: "gcc -static …, or cargo build --target x86_64-unknown-linux-musl.",
            reference: "https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes")
    ) { image in
        guard !image.baseHasCLibrary, !image.copiesLibraries else { return [] }
        var seen: Set<Dockerfile.Place> = []
        return image.copiedNativeBuilds.filter { seen.insert($0.instruction.place).inserted }.map { build in
            .init(
                at: build.instruction.place,
                "the \(build.language.rawValue) program is linked against the C library, which the image does not have",
                evidence: build.command.excerpt,
                remedy: build.language == .c
                    ? "Link with -static." : "Build for a musl target: --target x86_64-unknown-linux-musl.")
        }
    }
}

extension FinalImage {
    /// The builds whose programs the image copies.
    fileprivate var copiedNativeBuilds: [NativeBuild] {
        copies.flatMap { copy -> [NativeBuild] in
            guard let stage = copy.stage.flatMap({ stages[$0] }) else { return [] }
            return copy.sources.compactMap { $0.path?.path() }.compactMap { path in
                stage.nativeBuilds[path] ?? (NativeBuild.isCargoOutput(path) ? stage.cargoBuild : nil)
            }
        }
    }
}
