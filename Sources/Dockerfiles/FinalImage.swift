public import GoBinary

/// The image that a stage of a Dockerfile becomes, with what rules ask about it.
package struct FinalImage: Sendable {
    package let file: Dockerfile
    /// The final stage and those that it is made from, the lowest first.
    package let lineage: [Int]
    /// What the lowest of them is from.
    package let base: String
    /// What the image has without the file.
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
            // The images for debugging hold a shell.
            kind = tag.contains("debug") || tag.hasSuffix("-dev") ? .other : .distroless
        } else {
            kind = .other
        }
    }

    /// The final stage.
    package var final: Dockerfile.Stage { file.stages[lineage.last ?? 0] }

    /// The instructions that make the final image, in their order.
    package var instructions: [Dockerfile.Instruction] { lineage.flatMap { file.stages[$0].instructions } }

    package func instructions(_ keywords: String...) -> [Dockerfile.Instruction] {
        instructions.filter { keywords.contains($0.keyword) }
    }

    /// The stages that the final image copies from, and those that they are made from or copy from.
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

    /// What ARG and ENV say in a stage, its bases' ENV among it, up to an instruction.
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

    /// The copies into the final image: the sources and the target, which is a path in the image.
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
        /// The path in the image; nil where a variable in it is unknown.
        package let target: String?
        /// The stage that it is copied from; nil for the build context, or another image.
        package let stage: Int?

        /// Whether the copy may put a file at a path, as far as can be told.
        ///
        /// - Parameter isGenerous: Whether any source may be a folder, of which only the target is known.
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

        /// The path in the image of a source that is one file.
        package func place(of source: Dockerfile.Word) -> String? {
            guard let target else { return nil }
            let name = source.text.split(separator: "/").last.map(String.init) ?? ""
            let isFolder = target.hasSuffix("/") || sources.count > 1
            let path = isFolder ? target + "/" + name : target
            return "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        }
    }

    /// Commands that build Go programs in the stages that the final image copies from.
    package var goBuilds: [(stage: Int, instruction: Dockerfile.Instruction)] {
        suppliers.flatMap { index in
            file.stages[index].instructions.filter { $0.keyword == "RUN" && $0.buildsGo }.map { (index, $0) }
        }
    }

    /// Whether the file means to be built for several platforms.
    package var isMultiPlatform: Bool {
        let names = ["TARGETPLATFORM", "TARGETARCH", "TARGETOS", "BUILDPLATFORM"]
        return file.instructions.contains { instruction in
            (instruction.flags.map(\.text) + [instruction.text]).contains { text in names.contains(where: text.contains)
            }
        }
    }
}

extension Dockerfile {
    /// Every instruction, FROM among them.
    package var instructions: [Instruction] { globalArguments + stages.flatMap { [$0.from] + $0.instructions } }

    /// A source of a COPY that lies in the build context.
    public struct ContextSource: Sendable {
        let text: String

        /// The path from the context's root, for a platform; nil where it depends on something else.
        public func filled(platform: Platform) -> String? {
            Variables.filled(
                text,
                from: [
                    "TARGETPLATFORM": platform.description, "TARGETOS": platform.goos, "TARGETARCH": platform.goarch,
                    "TARGETVARIANT": platform.variant?.name ?? "",
                ])
        }
    }

    /// What is copied from the build context, by any stage.
    public var copiedFromContext: [ContextSource] {
        stages.flatMap(\.instructions).filter { ["COPY", "ADD"].contains($0.keyword) && $0.flag("from") == nil }
            .flatMap { $0.words.dropLast().map { ContextSource(text: Variables.unquoted($0.text)) } }
    }
}

extension Dockerfile.Instruction {
    /// Whether a shell's command builds a Go program by `go build` or `go install`.
    package var buildsGo: Bool {
        let words = text.shellWords
        return zip(words, words.dropFirst()).contains { first, second in
            (first == "go" || first.hasSuffix("/go") || first == "xx-go") && ["build", "install"].contains(second)
        } && !(text.contains("go install") && text.contains("@") && !text.contains("go build"))
    }

    /// The value that a shell's command gives a variable; nil where it gives none.
    package func shellValue(of name: String) -> String? {
        var found: String?
        for word in text.shellWords where word.hasPrefix(name + "=") {
            found = Variables.unquoted(String(word.dropFirst(name.count + 1)))
        }
        return found
    }
}

extension String {
    /// The words between spaces and the signs by which a shell divides commands.
    package var shellWords: [Substring] { split(whereSeparator: { " \t\n;&|()".contains($0) }) }
}
