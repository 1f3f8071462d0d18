import Foundation
import TestSupport
import Testing

/// Each recipe that README and docs show in a fence (sh, make, dockerfile, yaml) is run, in the order of its page. Instead of
/// tools that are not here, stubs record their arguments, and copy the folder that docker gets. A recipe with the gate must
/// also fail if a file was changed.
struct DocumentedRecipeTests {
    private static let pages: [String] = {
        let docs = try? FileManager.default.contentsOfDirectory(atPath: Checkout.root.appending(path: "docs").path)
        let names = ["README.md"] + (docs ?? []).sorted().filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
        return names.filter { !((try? Recipe.all(in: $0)) ?? []).isEmpty }
    }()

    @Test(arguments: pages, ["ecdsa-p256", "ed25519"]) func eachRecipeOfAPageWorks(page: String, key: String) throws {
        let bench = try RecipeBench(key: key)
        for recipe in try Recipe.all(in: page) {
            switch recipe.language {
            case "sh": try bench.runShell(recipe, key: key)
            case "make": try bench.runMake(recipe)
            case "dockerfile": try bench.runDockerfile(recipe)
            default: try bench.runPipeline(recipe)
            }
        }
    }

    @Test func thePageOfTheGateHasRecipes() throws {
        let languages = try Recipe.all(in: "docs/gate.md").map(\.language)
        #expect(Set(languages) == ["sh", "make", "dockerfile", "yaml"])
    }
}

/// A fence with something to run.
private struct Recipe {
    let page: String
    let line: Int
    let language: String
    var text = ""

    var place: Comment { "\(page):\(line)" }

    static func all(in page: String) throws -> [Recipe] {
        let text = try String(contentsOf: Checkout.root.appending(path: page), encoding: .utf8)
        var recipes: [Recipe] = []
        var open: Recipe?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let recipe = open, ["sh", "make", "dockerfile", "yaml"].contains(recipe.language) {
                    recipes.append(recipe)
                }
                open = open == nil ? Recipe(page: page, line: index + 1, language: String(line.dropFirst(3))) : nil
            } else {
                open?.text += line + "\n"
            }
        }
        // Documents that are not instructions, such as a configuration file, have no command.
        return recipes.filter { $0.language != "yaml" || !$0.commands.isEmpty }
    }

    /// The commands of a CI system's job: `run: …`, `script: …`, and the list below `script:`.
    var commands: [String] {
        text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^\s*(?:- )?(?:run: |script: |- )(staticcheck .*)$/#).map { String($0.output.1) }
        }
    }
}

/// A module whose program is built and stamped for two platforms, and stubs of the tools that are not here.
private struct RecipeBench {
    static let platforms = ["linux/amd64", "linux/arm64"]
    private let module: GoModule
    private let stubs = try? TemporaryFolder()

    init(key: String) throws {
        module = try GoModule([
            "main.go": GoModule.hello, "cmd/app/main.go": GoModule.hello, "Dockerfile": "FROM scratch\n",
        ])
        try module.run(["keygen", "release", "--type", key]).check()
        try module.check([
            "./cmd/app", "-p", Self.platforms.joined(separator: ","), "--key", "release.key", "--stamp-format",
            "sigstore", "-q",
        ]).check()
        for suffix in ["", ".intoto.jsonl", ".sigstore.json"] {
            try FileManager.default.copyItem(
                atPath: module.path("dist/linux/amd64/app\(suffix)"), toPath: module.path("app\(suffix)"))
        }
        try stub("docker", "cp -r \"${!#}\" \"$0.context-$(wc -l <\"$0.calls\")\"")
        for name in ["cosign", "slsa-verifier"] {
            try stub(
                name, "for word; do case $word in *.pub | *.json | *.jsonl) [ -f \"$word\" ] || exit 9 ;; esac; done")
        }
    }

    private var folder: TemporaryFolder { get throws { try #require(stubs) } }

    /// A tool that appends its arguments to a file, and then does something.
    private func stub(_ name: String, _ body: String) throws {
        let file = try folder.write("#!/bin/bash\nprintf '%s\\n' \"$*\" >>\"$0.calls\"\n\(body)\n", to: name)
        try Execution("chmod", ["755", file.path]).check()
    }

    private func calls(of name: String) throws -> [String] {
        let url = try folder.url.appending(path: "\(name).calls")
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> Execution {
        let program = [program] + arguments
        let own = URL(filePath: Checkout.program).deletingLastPathComponent().path
        let path = try [folder.url.path, own, ProcessInfo.processInfo.environment["PATH"] ?? ""]
        return try Execution(
            "env", program, in: module.folder.url,
            environment: ["PATH": path.joined(separator: ":"), "RELEASE_PUB": "release.pub", "GITHUB_STEP_SUMMARY": ""])
    }

    /// Runs a body while a program of the module is not the one that was stamped.
    private func withChangedProgram<Value>(_ body: () throws -> Value) throws -> Value {
        let path = URL(filePath: module.path("dist/linux/arm64/app"))
        let own = try Data(contentsOf: path)
        try (own + Data([0])).write(to: path)
        defer { try? own.write(to: path) }
        return try body()
    }

    // MARK: The languages

    /// A line that is for the other kind of key says so at its end.
    func runShell(_ recipe: Recipe, key: String) throws {
        let other = key == "ed25519" ? "# ECDSA" : "# Ed25519"
        let lines = recipe.text.split(separator: "\n").filter { !$0.hasSuffix(other) }.joined(separator: "\n")
        let result = try run("bash", ["-eo", "pipefail", "-c", lines])
        #expect(result.status == 0, recipe.place)
        let signatures = try calls(of: "cosign")
        #expect(!result.output.isEmpty || !signatures.isEmpty, recipe.place)
    }

    func runMake(_ recipe: Recipe) throws {
        let target = try #require(
            recipe.text.firstMatch(of: #/\.PHONY: (\w+)/#).map { String($0.output.1) }, recipe.place)
        try module.folder.write(recipe.text, to: "Makefile")
        // A file with the name of the target must not make it up to date.
        try module.folder.write("", to: target)
        for count in 1...2 {
            let result = try run("make", [target])
            #expect(result.status == 0, "\(recipe.place) \(result.errors)")
            #expect(try calls(of: "docker").count == count, recipe.place)
            for platform in Self.platforms {
                let copy = try folder.url.appending(path: "docker.context-\(count)/\(platform)/app")
                #expect(try Array(Data(contentsOf: copy)) == module.bytes("dist/\(platform)/app"), recipe.place)
            }
        }
        let refused = try withChangedProgram { try run("make", [target]) }
        #expect(refused.status != 0, recipe.place)
        #expect(try calls(of: "docker").count == 2, recipe.place)
        try FileManager.default.removeItem(atPath: module.path(target))
    }

    func runDockerfile(_ recipe: Recipe) throws {
        for platform in Self.platforms {
            let stages = try TemporaryFolder()
            let root = try build(recipe, platform: platform, in: stages)
            let program = root.appending(path: "app")
            #expect(try Array(Data(contentsOf: program)) == module.bytes("dist/\(platform)/app"), recipe.place)
        }
        let refused = try withChangedProgram {
            Result { try build(recipe, platform: "linux/amd64", in: TemporaryFolder()) }
        }
        #expect(throws: (any Error).self, recipe.place) { try refused.get() }
    }

    /// Each command of a job. The gate must refuse a changed program.
    func runPipeline(_ recipe: Recipe) throws {
        for command in recipe.commands {
            let result = try run("bash", ["-ec", command])
            #expect(result.status == 0, "\(recipe.place) \(result.output)\(result.errors)")
            guard command.hasPrefix("staticcheck gate ") else { continue }
            let refused = try withChangedProgram { try run("bash", ["-ec", command]) }
            #expect(refused.status == 1, recipe.place)
        }
    }

    // MARK: Dockerfiles

    /// Does what a builder does with FROM, ARG, COPY and RUN, in a folder for each stage (docs.docker.com/reference/dockerfile).
    /// A path in RUN that starts with a slash is one in the folder of the stage.
    private func build(_ recipe: Recipe, platform: String, in stages: TemporaryFolder) throws -> URL {
        var roots: [String: URL] = [:]
        var root = stages.url
        var variables: [String: String] = [:]
        for line in recipe.text.split(separator: "\n") {
            var words = line.split(separator: " ").map(String.init)
            switch words.removeFirst() {
            case "FROM":
                // Variables are known only after the ARG of their stage.
                variables = [:]
                root = stages.url.appending(path: "\(roots.count)")
                try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
                roots[words.last ?? ""] = root
            case "ARG": if words == ["TARGETPLATFORM"] { variables["TARGETPLATFORM"] = platform }
            case "COPY": try copy(words.map { expand($0, variables) }, roots, into: root)
            case "RUN":
                let command = expand(words.joined(separator: " "), variables)
                    .replacing(#/(^| )\//#) { "\($0.output.1)\(root.path)/" }
                try run("bash", ["-ec", command]).check()
            default: break
            }
        }
        return root
    }

    /// A variable that no ARG declares is empty.
    private func expand(_ text: String, _ variables: [String: String]) -> String {
        text.replacing(#/\$\{(\w+)\}/#) { variables[String($0.output.1)] ?? "" }
    }

    private func copy(_ words: [String], _ roots: [String: URL], into root: URL) throws {
        var (words, source) = (words, module.folder.url)
        if let stage = words.first?.firstMatch(of: #/--from=(.*)/#) {
            source = try #require(roots[String(stage.output.1)])
            words.removeFirst()
        }
        let target = root.appending(path: words[1])
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Execution("cp", ["-r", source.appending(path: words[0]).path, target.path]).check()
    }
}
