import Dockerfiles

extension Rule {
    static let dockerfileDynamicProgram = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-dynamic-program", level: .error,
            summary: "A program that the image copies needs a loader or libraries",
            rationale:
                "C compilers link against the shared C library unless they are told otherwise, and so does Rust for its default "
                + "target. The image has no loader: exec fails with 'no such file or directory'.",
            detection:
                "The image copies what gcc, g++ or clang wrote with -o and without -static; or a program from target/release of a "
                + "cargo build without --target, CARGO_BUILD_TARGET or crt-static, in a rust image that is not Alpine's. Or it copies from the "
                + "build context a program that is there, beside the Dockerfile, and has an interpreter or needs libraries.",
            limits:
                "Builds by make, cmake or a script, settings in .cargo/config.toml, and a build context in another folder. An image "
                + "that also copies libraries is not looked at.",
            remedy: "gcc -static …, or cargo build --target x86_64-unknown-linux-musl.",
            reference: "https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes")
    ) { image, context in
        guard image.hasNoLibraries else { return [] }
        var seen: Set<Dockerfile.Place> = []
        return image.faultyPrograms(in: context)
            + image.copiedNativeBuilds.filter { seen.insert($0.instruction.place).inserted }.map { build in
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
    /// The programs of the build context that do not run without a loader or libraries.
    fileprivate func faultyPrograms(in context: BuildContext) -> [Rule.Observation] {
        copies.flatMap { copy in
            copy.sources.compactMap { source in
                guard let fault = context.faults(of: source, in: copy)?.first else { return nil }
                return .init(
                    at: source.word.place,
                    "\(source.word.text), which is beside the Dockerfile, is dynamic: \(fault.message)",
                    evidence: fault.evidence, remedy: fault.remedy)
            }
        }
    }

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
