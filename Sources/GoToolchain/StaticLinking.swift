/// The flags of Go's linker that link C code statically.
public enum StaticLinking {
    /// Adds the flags to those of the user.
    ///
    /// - Parameter flags: The user's flags for the linker (`-ldflags`); nil if there are none.
    /// - Throws: `CgoError` if they contradict, or cannot be read.
    public static func adding(to flags: String?) throws(CgoError) -> String {
        guard let flags, !flags.allSatisfy(\.isWhitespace) else { return "-linkmode=external -extldflags=-static" }
        guard let words = GoFlags.quotedFields(flags) else { throw .openQuote(flags) }
        var kept: [String] = []
        var external = ["-static"]
        var rest = words[...]
        while let word = rest.popFirst() {
            guard let name = ["linkmode", "extldflags"].first(where: { word.isFlag($0) }) else {
                kept.append(word)
                continue
            }
            let value = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) } ?? rest.popFirst() ?? ""
            if name == "extldflags" {
                external = ["-static"] + (value.isEmpty ? [] : [value])
            } else if value != "external" {
                throw .linkMode(value)
            }
        }
        let all = kept + ["-linkmode=external", "-extldflags=" + external.joined(separator: " ")]
        return all.map(\.goQuoted).joined(separator: " ")
    }

    /// Checks that flags for go hold none for its linker, which would replace those for C.
    ///
    /// - Throws: `CgoError.linkerFlagsForGo`.
    public static func check(_ flags: [String]) throws(CgoError) {
        if let flag = flags.first(where: { $0.isFlag("ldflags") }) { throw .linkerFlagsForGo(flag) }
    }

    /// The linker's flags in GOFLAGS, which those of a command line replace; nil if there are none.
    static func flags(inGoFlags flags: [String]) -> String? {
        flags.last { $0.isFlag("ldflags") }.flatMap { flag in
            flag.firstIndex(of: "=").map { String(flag[flag.index(after: $0)...]) }
        }
    }
}

extension String {
    /// Whether it is a flag with a name, as package flag of Go reads it: one dash or two, up to `=`.
    func isFlag(_ name: String) -> Bool {
        guard hasPrefix("-") else { return false }
        return dropFirst(hasPrefix("--") ? 2 : 1).prefix { $0 != "=" } == name
    }
}
