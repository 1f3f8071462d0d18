import Foundation
import TestSupport
import Testing

/// The release workflow: its schema, its shell steps, and those of them that need no GitHub.
@Suite struct ReleaseTests {
    private static let workflow = Checkout.root.appending(path: ".github/workflows/release.yml").path

    /// The shell text of each step.
    private static func steps() throws -> [String] {
        let script = """
            import json, sys, yaml
            jobs = yaml.safe_load(open(sys.argv[1]))['jobs'].values()
            json.dump([step['run'] for job in jobs for step in job['steps'] if 'run' in step], sys.stdout)
            """
        return try JSONDecoder().decode([String].self, from: Data(Client.python(script, [workflow]).output.utf8))
    }

    private func run(_ step: String, in folder: URL, _ environment: [String: String] = [:]) throws -> Execution {
        try Execution("bash", ["-eo", "pipefail", "-c", step], in: folder, environment: environment)
    }

    @Test func gitHubsSchemaTakesIt() throws {
        let result = try Client.run("check-jsonschema", ["--builtin-schema", "vendor.github-workflows", Self.workflow])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func eachShellStepIsClean() throws {
        let steps = try Self.steps()
        #expect(steps.count > 6)
        let folder = try TemporaryFolder()
        for (index, step) in steps.enumerated() {
            let file = try folder.write("#!/usr/bin/env bash\nset -eo pipefail\n\(step)\n", to: "step-\(index)")
            let result = try Execution("shellcheck", [file.path])
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test func aTagThatIsNotTheVersionEndsTheRelease() throws {
        let step = try #require(try Self.steps().first { $0.contains("GITHUB_REF_NAME\" != ") })
        let version = try Execution(Checkout.root.appending(path: "Scripts/identity").path, ["version"]).output
            .dropLast()
        #expect(try run(step, in: Checkout.root, ["GITHUB_REF_NAME": "v\(version)"]).status == 0)
        for tag in ["\(version)", "v9.9.9", "v\(version)-rc1"] {
            let result = try run(step, in: Checkout.root, ["GITHUB_REF_NAME": tag])
            #expect(result.status == 1)
            #expect(result.output.hasPrefix("::error::the tag is \(tag), but "))
        }
    }

    /// A folder with an archive of a made-up release for each architecture, and `Scripts`.
    private func archives() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let script = """
            set -euo pipefail
            ln -s "$1/Scripts" Scripts
            for architecture in amd64 arm64; do
                mkdir -p dist-release/linux/$architecture
                echo $architecture | tee dist-release/tool-$architecture.tar.gz >dist-release/linux/$architecture/staticcheck
                chmod 755 dist-release/linux/$architecture/staticcheck
                (cd dist-release && sha256sum *.tar.gz >SHA256SUMS)
                tar -cf dist-$architecture.tar dist-release
                rm -r dist-release
            done
            """
        try Execution("bash", ["-c", script, "sh", Checkout.root.path], in: folder.url).check()
        return folder
    }

    @Test func theFilesOfBothArchitecturesGetOneListOfChecksums() throws {
        let folder = try archives()
        let step = try #require(try Self.steps().first { $0.contains("join-dist") })
        try run(step, in: folder.url).check()
        let check = try Execution(
            "sha256sum", ["--check", "--strict", "SHA256SUMS"], in: folder.url.appending(path: "dist-release"))
        #expect(check.output == "tool-amd64.tar.gz: OK\ntool-arm64.tar.gz: OK\n")
        for architecture in ["amd64", "arm64"] {
            let program = folder.url.appending(path: "dist-release/linux/\(architecture)/staticcheck").path
            #expect(FileManager.default.isExecutableFile(atPath: program))
        }
        #expect(try run(step, in: folder.url).status == 1, "dist-release already exists")
    }

    @Test func aChangedArchiveAndAFileOfTwoArchivesAreRefused() throws {
        let folder = try archives()
        let twice = try run("Scripts/join-dist dist-amd64.tar dist-amd64.tar", in: folder.url)
        #expect(twice.status == 1 && twice.errors.contains("is in two archives"))
        let change =
            "tar -xf dist-arm64.tar && echo x >>dist-release/tool-arm64.tar.gz && tar -cf dist-arm64.tar dist-release && rm -r dist-release"
        try run(change, in: folder.url).check()
        let changed = try run("Scripts/join-dist dist-amd64.tar dist-arm64.tar", in: folder.url)
        #expect(changed.status == 1 && changed.errors.contains("dist-arm64.tar was changed"))
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "dist-release").path))
    }

    /// The bill of the executable itself, judged like those that it writes. SPDX 2.3 has no place for the type of the document.
    @Test func theBillOfTheReleasePasses() throws {
        let folder = try TemporaryFolder()
        let bill = try Execution(
            Checkout.root.appending(path: "Scripts/bill-of-materials").path,
            ["1.2.3", Checkout.program, Checkout.packages])
        #expect(bill.status == 0, "\(bill.errors)")
        let file = try folder.write(bill.output, to: "bill.spdx.json").path
        let parsed = try Client.run("pyspdxtools", ["-i", file])
        #expect(parsed.status == 0, "\(parsed.errors)")
        let ntia = try Client.run("sbomcheck", ["-c", "ntia", file])
        #expect(ntia.status == 0, "\(ntia.output)")
        let cisa = try Client.run("sbomcheck", ["-c", "fsct3-min", file]).output
        #expect(cisa.split(separator: "\n").filter { $0.hasSuffix("| False") }.count == 1, "\(cisa)")
        // What is linked is what the licences are printed of.
        let libraries = try Execution(Checkout.root.appending(path: "Scripts/linked-libraries").path, []).output
        for line in libraries.split(separator: "\n") {
            #expect(bill.output.contains("\"name\": \"\(line.prefix { $0 != "|" })\""))
        }
    }

    /// What each part of the executable is licensed under, with the texts, and how to link it again (LGPL-3.0, 4d).
    @Test func theListOfWhatIsLinkedIsWhole() throws {
        let folder = try TemporaryFolder()
        let checkouts = folder.url.appending(path: "checkouts")
        let pins =
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: Checkout.root.appending(path: "Package.resolved"))) as? [String: Any]
        let names = (pins?["pins"] as? [[String: Any]] ?? []).compactMap { $0["identity"] as? String }
        #expect(names.count >= 5)
        for name in names { try folder.write("license of \(name)\n", to: "checkouts/\(name)/LICENSE.txt") }
        let script = Checkout.root.appending(path: "Scripts/third-party").path
        let list = try Execution(script, ["1.2.3", checkouts.path])
        #expect(list.status == 0, "\(list.errors)")
        for words in [
            "GNU LESSER GENERAL PUBLIC LICENSE", "Jean-loup Gailly", "Kirill Simonov", "make dist", "`v1.2.3`",
        ] + names.map({ "license of \($0)" }) {
            #expect(list.output.contains(words), "\(words)")
        }
        let fences = list.output.split(separator: "\n").filter { $0.hasPrefix("`````") }
        #expect(fences.count.isMultiple(of: 2) && fences.count > 20)
        try FileManager.default.removeItem(at: checkouts.appending(path: names[0]))
        let incomplete = try Execution(script, ["1.2.3", checkouts.path])
        #expect(incomplete.status == 1 && incomplete.errors.contains("\(names[0]) has no licence in"))
    }
}
