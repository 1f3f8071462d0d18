/// When a Go program that is built with cgo is static.
package enum Linking: Sendable, Hashable {
    /// Its flags say so.
    case always
    /// If it imports C itself. go links all others on its own, also those that use C for net and os/user alone, and then does not look
    /// at the flags for the C linker.
    case ifItImportsC
    /// If nothing but net and os/user uses C: tags leave theirs out.
    case ifNothingElseUsesC
    /// Never.
    case never
    /// Flags that are not known may say it.
    case unknown

    /// Reads the flags of a build.
    ///
    /// Source: cmd/link, mustLinkExternal in internal/ld/config.go.
    ///
    /// - Parameters:
    ///   - arguments: Those of the command.
    ///   - stored: Those in GOFLAGS.
    ///   - isKnown: Whether GOFLAGS is known.
    ///   - forC: CGO_LDFLAGS.
    init(_ arguments: GoArguments, _ stored: GoArguments, isKnown: Bool, _ forC: Value) {
        if forC.text?.hasStaticFlag == true {
            self = .always
            return
        }
        // Those of the command replace those in GOFLAGS, and of several the last counts.
        let flags = arguments.value(of: "ldflags") ?? stored.value(of: "ldflags") ?? ""
        let isStatic = flags.values(ofLinkerFlag: "extldflags").last?.hasStaticFlag ?? false
        let isExternal = flags.values(ofLinkerFlag: "linkmode").last == "external"
        let tags = (arguments.value(of: "tags") ?? stored.value(of: "tags") ?? "").split { ", ".contains($0) }
        if isStatic, isExternal {
            self = .always
        } else if forC == .unknown || !isKnown || arguments.hasUnknownFlags
            || flags.goFields.contains(where: \.isOnlyUnknown)
        {
            self = .unknown
        } else if isStatic {
            self = .ifItImportsC
        } else {
            self = ["netgo", "osusergo"].allSatisfy { tags.contains($0) } ? .ifNothingElseUsesC : .never
        }
    }
}

extension String {
    /// The values of a flag in `-ldflags`.
    fileprivate func values(ofLinkerFlag name: String) -> [String] {
        let words = goFields
        return words.indices.compactMap { index in
            let word = words[index].drop { $0 == "-" }
            if word == name, index + 1 < words.count { return words[index + 1] }
            return word.hasPrefix(name + "=") ? String(word.dropFirst(name.count + 1)) : nil
        }
    }

    /// Whether a word is a flag by which C compilers link statically.
    fileprivate var hasStaticFlag: Bool {
        goFields.contains { ["-static", "--static", "-static-pie"].contains($0) }
            || goFields.contains { $0.contains(" ") && $0 != self && $0.hasStaticFlag }
    }

    /// Whether a compiler, with its flags, links statically unless it is told otherwise: zig does for musl.
    var isStaticCompiler: Bool {
        let words = goFields
        return words.first?.lastComponent == "zig" && words.contains { $0.contains("-linux-musl") }
    }
}
