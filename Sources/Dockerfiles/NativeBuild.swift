/// A C, C++ or Rust program that a RUN builds with the system's C library.
package struct NativeBuild: Sendable {
    package enum Language: String, Sendable { case c = "C", rust = "Rust" }

    package let language: Language
    package let instruction: Dockerfile.Instruction
    /// The file that the C compiler writes; nil for Rust.
    package let output: String?
    /// The command, as evidence.
    package let command: String

    private static let compilers = ["gcc", "g++", "cc", "c++", "clang", "clang++"]

    /// Reads a command; nil if it links nothing, links statically, or has words that are not known.
    init?(_ command: ShellRun.Executed, _ state: ShellState, instruction: Dockerfile.Instruction, image: String?) {
        self.instruction = instruction
        self.command = command.words.joined(separator: " ")
        guard !command.words.contains(where: { $0.contains(ShellWord.unknownMark) }) else { return nil }
        if NativeBuild.isCompiler(command.name) {
            let words = command.words.dropFirst()
            guard let mark = words.firstIndex(of: "-o"), words.indices.contains(mark + 1),
                words[mark + 1].hasPrefix("/") || state.folder != nil,
                !words.contains(where: { ["-c", "-S", "-E", "-shared", "-r"].contains($0) || $0.hasPrefix("-static") })
            else { return nil }
            language = .c
            output = words[mark + 1].path(in: state.folder ?? "/")
            return
        }
        // On Alpine the default target is musl, which Rust links statically.
        guard command.name == "cargo", let image, image.isRust, !image.contains("alpine"),
            command.words.contains("build"),
            !command.words.contains(where: { $0.hasPrefix("--target") && !$0.hasPrefix("--target-dir") })
        else { return nil }
        for name in ["CARGO_BUILD_TARGET", "RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            guard let value = command.forGo(name, in: state)?.value else { continue }
            guard name.hasSuffix("RUSTFLAGS"), let text = value.text, !text.contains("crt-static") else { return nil }
        }
        language = .rust
        output = nil
    }

    /// Whether it is a C compiler for Linux: `gcc`, `gcc-12`, `x86_64-linux-gnu-gcc`, `musl-gcc`.
    private static func isCompiler(_ name: String) -> Bool {
        let parts = name.split(separator: "-").filter { !$0.allSatisfy(\.isNumber) }
        guard let last = parts.last, compilers.contains(String(last)) else { return false }
        return parts.count == 1 || parts.contains("linux") || parts.first == "musl"
    }

    /// Whether a path is where cargo puts a program for the default target.
    package static func isCargoOutput(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard let target = parts.lastIndex(of: "target"), target + 2 < parts.count else { return false }
        return ["release", "debug"].contains(parts[target + 1])
    }
}
