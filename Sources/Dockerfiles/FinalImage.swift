public import GoBinary

/// The image that a Dockerfile builds, and what rules ask about it.
package struct FinalImage: Sendable {
    package let file: Dockerfile
    /// The indices of the final stage and of the stages it is based on, the lowest first.
    package let lineage: [Int]
    /// The base image of the lowest stage.
    package let base: String
    /// What the base image is.
    package let kind: Kind

    package enum Kind: Sendable { case scratch, distroless, other }

    package init(_ file: Dockerfile, final: Int) {
        self.file = file
        lineage = file.lineage(of: final)
        base = lineage.first.map { file.stages[$0].base } ?? ""
        let image = base.split(separator: "@").first.map(String.init) ?? base
        let tag = image.split(separator: "/").last?.split(separator: ":").dropFirst().last ?? ""
        if base.lowercased() == "scratch" {
            kind = .scratch
        } else if image.contains("distroless/") || image.hasPrefix("cgr.dev/chainguard/static") {
            // The debug images contain a shell.
            kind = tag.contains("debug") || tag.hasSuffix("-dev") ? .other : .distroless
        } else {
            kind = .other
        }
    }

    /// The final stage.
    package var final: Dockerfile.Stage { file.stages[lineage.last ?? 0] }

    /// The instructions of the final image, in order.
    package var instructions: [Dockerfile.Instruction] { lineage.flatMap { file.stages[$0].instructions } }

    package func instructions(_ keywords: String...) -> [Dockerfile.Instruction] {
        instructions.filter { keywords.contains($0.keyword) }
    }

    /// The stages that the final image copies from, directly or through other stages, and the stages those are based on.
    package var suppliers: [Int] {
        var found: Set<Int> = []
        var waiting = lineage
        while let index = waiting.popLast() {
            for copy in file.stages[index].instructions where copy.keyword == "COPY" {
                guard let name = copy.flag("from")?.text, let stage = file.stage(named: name, before: index) else {
                    continue
                }
                let all = file.lineage(of: stage).filter { found.insert($0).inserted }
                waiting += all
            }
        }
        return found.subtracting(lineage).sorted()
    }

    /// The values that ARG and ENV set in a stage and in the stages it is based on, up to an instruction.
    package func variables(in stage: Int, before place: Dockerfile.Place? = nil) -> [String: String] {
        var values: [String: String] = [:]
        let global = Dictionary(
            file.globalArguments.flatMap(\.assignments).compactMap { assignment in
                assignment.value.map { (assignment.name.text, $0) }
            }
        ) { $1 }
        for index in file.lineage(of: stage) {
            for instruction in file.stages[index].instructions {
                if index == stage, let place, instruction.place >= place { break }
                guard ["ENV", "ARG"].contains(instruction.keyword) else { continue }
                for (name, value) in instruction.assignments {
                    if let value {
                        values[name.text] = Variables.filled(value, from: values) ?? value
                    } else if instruction.keyword == "ARG", let inherited = global[name.text] {
                        values[name.text] = inherited
                    }
                }
            }
        }
        return values
    }

    /// The copies into the final image, in order. Targets are absolute paths in the image.
    package var copies: [Copy] {
        var folder = "/"
        var copies: [Copy] = []
        for index in lineage {
            for instruction in file.stages[index].instructions {
                let values = variables(in: index, before: instruction.place)
                if instruction.keyword == "WORKDIR", let word = instruction.words.first {
                    let path = Variables.filled(Variables.unquoted(word.text), from: values) ?? word.text
                    folder = path.hasPrefix("/") ? path : folder + "/" + path
                }
                guard ["COPY", "ADD"].contains(instruction.keyword), instruction.words.count > 1,
                    let last = instruction.words.last
                else { continue }
                let target = Variables.filled(Variables.unquoted(last.text), from: values)
                copies.append(
                    Copy(
                        instruction: instruction, sources: Array(instruction.words.dropLast()),
                        target: target.map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 },
                        stage: instruction.flag("from").flatMap { file.stage(named: $0.text, before: index) }))
            }
        }
        return copies
    }

    /// A copy into the final image.
    package struct Copy: Sendable {
        package let instruction: Dockerfile.Instruction
        package let sources: [Dockerfile.Word]
        /// The path in the image; nil if it contains an unknown variable.
        package let target: String?
        /// The stage that it copies from; nil for the build context or another image.
        package let stage: Int?

        /// Whether the copy may write a file to a path.
        ///
        /// - Parameter isGenerous: Whether any source may be a folder with unknown content.
        package func mayBring(_ path: String, isGenerous: Bool = false) -> Bool {
            guard let target else { return true }
            let parts = target.split(separator: "/").filter { $0 != "." }
            let wanted = path.split(separator: "/")
            if parts.starts(with: wanted) { return true }
            guard wanted.starts(with: parts) else { return false }
            return isGenerous
                || sources.contains { source in
                    let name = source.text.split(separator: "/").last ?? ""
                    return name == wanted.last || name == parts.last || name == "." || name.contains("*")
                        || source.text.hasSuffix("/")
                }
        }

        /// The path in the image of a source that is a file.
        package func place(of source: Dockerfile.Word) -> String? {
            guard let target else { return nil }
            let name = source.text.split(separator: "/").last.map(String.init) ?? ""
            let isFolder = target.hasSuffix("/") || sources.count > 1
            let path = isFolder ? target + "/" + name : target
            return "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        }
    }

    /// The RUNs that build Go programs, in the stages that the final image copies from.
    package var goBuilds: [(stage: Int, instruction: Dockerfile.Instruction)] {
        suppliers.flatMap { index in
            file.stages[index].instructions.filter { $0.keyword == "RUN" && $0.buildsGo }.map { (index, $0) }
        }
    }

    /// Whether the file uses platform arguments, so that it is meant for several platforms.
    package var isMultiPlatform: Bool {
        let names = ["TARGETPLATFORM", "TARGETARCH", "TARGETOS", "BUILDPLATFORM"]
        return file.instructions.contains { instruction in
            (instruction.flags.map(\.text) + [instruction.text]).contains { text in names.contains(where: text.contains)
            }
        }
    }
}

extension Dockerfile {
    /// Every instruction, including FROM.
    package var instructions: [Instruction] { globalArguments + stages.flatMap { [$0.from] + $0.instructions } }

    /// A source of a COPY or ADD in the build context.
    public struct ContextSource: Sendable {
        let text: String

        /// The path relative to the context for a platform; nil if it contains another variable.
        public func filled(platform: Platform) -> String? {
            Variables.filled(
                text,
                from: [
                    "TARGETPLATFORM": platform.description, "TARGETOS": platform.goos, "TARGETARCH": platform.goarch,
                    "TARGETVARIANT": platform.variant?.name ?? "",
                ])
        }
    }

    /// The sources that any stage copies from the build context.
    public var copiedFromContext: [ContextSource] {
        stages.flatMap(\.instructions).filter { ["COPY", "ADD"].contains($0.keyword) && $0.flag("from") == nil }
            .flatMap { $0.words.dropLast().map { ContextSource(text: Variables.unquoted($0.text)) } }
    }
}

extension Dockerfile.Instruction {
    /// Whether a shell command builds a Go program by `go build` or `go install`.
    package var buildsGo: Bool {
        let words = text.shellWords
        return zip(words, words.dropFirst()).contains { first, second in
            (first == "go" || first.hasSuffix("/go") || first == "xx-go") && ["build", "install"].contains(second)
        } && !(text.contains("go install") && text.contains("@") && !text.contains("go build"))
    }

    /// The value that a shell command sets a variable to; nil if it does not set it.
    package func shellValue(of name: String) -> String? {
        var found: String?
        for word in text.shellWords where word.hasPrefix(name + "=") {
            found = Variables.unquoted(String(word.dropFirst(name.count + 1)))
        }
        return found
    }
}

extension String {
    /// The words of a shell command, split at blanks and at the operators that separate commands.
    package var shellWords: [Substring] { split(whereSeparator: { " \t\n;&|()".contains($0) }) }
}
