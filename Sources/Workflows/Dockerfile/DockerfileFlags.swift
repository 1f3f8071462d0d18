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
        arguments = (build.ldflags.map { GitFacts.placeholders(in: $0) } ?? []).distinct.map { $0.uppercased() }
        let flags = BuildFlags(
            tags: build.tags, ldflags: build.ldflags ?? "-s -w", trimpath: build.trimpath,
            mod: build.mod?.rawValue ?? (isVendored ? "vendor" : nil), buildvcs: build.buildvcs?.rawValue,
            passedOn: build.flags)
        // A line would end the instruction, and to go it is a blank like any other.
        words = flags.building.map { DockerfileFlags.word($0.replacing("\n", with: " ")) }
    }

    /// A flag as a word of a shell: quoted, but for its name and the arguments of the build.
    private static func word(_ flag: String) -> String {
        guard let equals = flag.firstIndex(of: "=") else { return flag.shellQuoted }
        var rest = flag[flag.index(after: equals)...]
        var word = String(flag[...equals])
        guard word == word.shellQuoted else { return flag.shellQuoted }
        for name in GitFacts.placeholders(in: String(rest)) {
            guard let place = rest.firstRange(of: "{{\(name)}}") else { continue }
            if place.lowerBound > rest.startIndex { word += String(rest[..<place.lowerBound]).shellQuoted }
            word += "\"$\(name.uppercased())\""
            rest = rest[place.upperBound...]
        }
        return rest.isEmpty ? word : word + String(rest).shellQuoted
    }
}
