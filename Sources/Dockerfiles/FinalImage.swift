/// The image that a Dockerfile builds, and what rules ask about it.
package struct FinalImage: Sendable {
    package let file: Dockerfile
    /// The indices of the final stage and of the stages it is based on, the lowest first.
    package let lineage: [Int]
    /// The base image of the lowest stage.
    package let base: String
    /// What the base image is.
    package let kind: Kind
    /// The stages that the final image copies or mounts from, directly or through other stages, and the stages those are based on.
    package let suppliers: [Int]
    /// The stages of the lineage and the suppliers, after their last instruction.
    package let stages: [Int: ResolvedStage]
    /// The final stage, with everything that it inherits.
    package let result: ResolvedStage
    /// The copies into the final image, in order.
    package let copies: [Copy]

    package enum Kind: Sendable { case scratch, distroless, other }

    package init(_ file: Dockerfile, final: Int) throws(DockerfileError) {
        self.file = file
        lineage = file.lineage(of: final)
        base = lineage.first.map { file.stages[$0].base } ?? ""
        kind = FinalImage.kind(of: base)
        let needed = file.stagesNeeded(for: lineage)
        suppliers = needed.subtracting(lineage).sorted()
        var stages: [Int: ResolvedStage] = [:]
        // Stages are based on earlier ones only.
        for index in needed.sorted() {
            stages[index] = try ResolvedStage(file, index, over: file.stages[index].parent.flatMap { stages[$0] })
        }
        self.stages = stages
        if let resolved = stages[final] {
            result = resolved
        } else {
            result = try ResolvedStage(file, final, over: nil)
        }
        copies = lineage.flatMap { stages[$0]?.copies ?? [] }
    }

    private static func kind(of base: String) -> Kind {
        if base.lowercased() == "scratch" { return .scratch }
        let image = base.split(separator: "@").first.map(String.init) ?? base
        let isDistroless = image.contains("distroless/") || image.hasPrefix("cgr.dev/chainguard/static")
        return isDistroless ? .distroless : .other
    }

    /// The final stage.
    package var final: Dockerfile.Stage { file.stages[lineage.last ?? 0] }

    /// The instructions of the final image, in order.
    package var instructions: [Dockerfile.Instruction] { lineage.flatMap { file.stages[$0].instructions } }

    package func instructions(_ keywords: String...) -> [Dockerfile.Instruction] {
        instructions.filter { keywords.contains($0.keyword) }
    }

    /// The builds of Go programs for Linux, in the stages that the final image copies from.
    package var goBuilds: [GoBuild] { suppliers.flatMap { stages[$0]?.goBuilds ?? [] }.filter(\.isForLinux) }

    /// Whether the file uses platform arguments, so that it is meant for several platforms.
    package var isMultiPlatform: Bool {
        let names = ["TARGETPLATFORM", "TARGETARCH", "TARGETOS", "BUILDPLATFORM"]
        return file.instructions.contains { instruction in
            (instruction.flags.map(\.text) + [instruction.textWithDocuments]).contains { text in
                names.contains(where: text.contains)
            }
        }
    }
}

extension FinalImage {
    private var tag: Substring { base.imageName.tag }

    private var imageName: Substring { base.imageName.name }

    /// Whether the base image has a shell: the debug images do.
    package var baseHasShell: Bool { kind == .distroless && (tag.contains("debug") || tag.hasSuffix("-dev")) }

    /// Whether the base image has the C library and its loader. Of the distroless images only `static` does not.
    package var baseHasCLibrary: Bool { kind == .distroless && !imageName.hasPrefix("static") }

    /// Whether the base image has no program that an entry point could name.
    package var baseHasNoPrograms: Bool {
        kind == .scratch
            || kind == .distroless && !baseHasShell && ["static", "base", "cc"].contains { imageName.hasPrefix($0) }
    }

    /// Whether the base image sets a user other than root.
    package var baseHasUser: Bool {
        kind == .distroless && (tag.contains("nonroot") || base.hasPrefix("cgr.dev/chainguard/"))
    }

    /// Whether a copy brings shared libraries or their loader by name.
    package var copiesLibraries: Bool {
        copies.contains { copy in
            ([copy.target] + copy.sources.map(\.path)).compactMap { $0 }.contains { path in
                path.split(separator: "/").contains {
                    ["lib", "lib64", "usr/lib"].contains($0) || $0.contains(".so") || $0.hasPrefix("ld-")
                }
            }
        }
    }

    /// Whether the image has neither a C library nor copies of libraries, so that only static programs start in it.
    package var hasNoLibraries: Bool { !baseHasCLibrary && !copiesLibraries }

    /// Whether the stage only holds files for `--output`: nothing in it says how a container would run.
    package var isExport: Bool {
        kind == .scratch
            && instructions.allSatisfy { ["COPY", "ADD", "ARG", "LABEL", "WORKDIR", "ONBUILD"].contains($0.keyword) }
            && !copies.isEmpty
    }
}

extension Dockerfile {
    /// Every instruction, including FROM.
    package var instructions: [Instruction] { globalArguments + stages.flatMap { [$0.from] + $0.instructions } }

    /// The stages of a lineage, all stages that they copy or mount from, and the stages that these are based on.
    fileprivate func stagesNeeded(for lineage: [Int]) -> Set<Int> {
        var found: Set<Int> = []
        var waiting = lineage
        while let index = waiting.popLast() {
            guard found.insert(index).inserted else { continue }
            if let parent = stages[index].parent { waiting.append(parent) }
            for instruction in stages[index].instructions + stages[index].instructions.flatMap(\.triggers) {
                let names =
                    instruction.keyword == "COPY"
                    ? [instruction.flag("from")?.text].compactMap { $0 }
                    : instruction.keyword == "RUN" ? instruction.mounts.compactMap { $0["from"] } : []
                waiting += names.compactMap { stage(named: $0, before: index) }.filter { !found.contains($0) }
            }
        }
        return found
    }
}

extension Dockerfile.Instruction {
    /// The fields of each `--mount`, by their first names.
    package var mounts: [[String: String]] {
        flags.filter { $0.text.hasPrefix("--mount=") }.map { flag in
            var fields: [String: String] = [:]
            for field in flag.text.dropFirst(8).split(separator: ",") {
                let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
                guard let name = parts.first?.lowercased() else { continue }
                let names = ["src": "source", "dst": "target", "destination": "target"]
                fields[names[name] ?? name] = parts.count > 1 ? parts[1] : ""
            }
            return fields
        }
    }
}
