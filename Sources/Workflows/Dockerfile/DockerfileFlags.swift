import Configuration
import GoToolchain
import Text

/// The flags of `go build` in a Dockerfile.
struct DockerfileFlags {
    /// The flags, as words of a shell.
    let words: [String]
    /// The arguments of the image's build that stand for what git knows. The context of the build has no repository.
    let arguments: [String]

    init(_ build: BuildRequest, isVendored: Bool) {
        arguments = GitFacts.placeholders(in: build.ldflags ?? "").distinct.map { $0.uppercased() }
        var build = build
        if isVendored { build.mod = build.mod ?? .vendor }
        // A line would end the instruction, and to go it is a blank like any other.
        words = build.flags(linkingWith: build.ldflags ?? "-s -w").building.map {
            DockerfileFlags.word($0.replacing("\n", with: " "))
        }
    }

    /// A flag as a word of a shell: quoted, but for its name and the arguments of the build.
    private static func word(_ flag: String) -> String {
        guard let equals = flag.firstIndex(of: "=") else { return flag.shellQuoted }
        let name = String(flag[...equals])
        guard name == name.shellQuoted else { return flag.shellQuoted }
        func quoted(_ text: Substring) -> String { text.isEmpty ? "" : String(text).shellQuoted }
        let (parts, rest) = GitFacts.parts(of: String(flag[flag.index(after: equals)...]))
        return name + parts.map { quoted($0.before) + "\"$\($0.name.uppercased())\"" }.joined() + quoted(rest)
    }
}
