import Attestation
import Files
import Foundation
import Licensing
import SystemPackage
import TestSupport
import Testing

@testable import GoBinary
@testable import GoToolchain
@testable import Reporting
@testable import Workflows

/// Damaged inputs of bills of materials: whatever they are, a bill is made of them in a moment, and it is a JSON document.
@Suite struct BillFuzzTests {
    private static let count = 3000

    private static let info = """
        path\tgithub.com/me/m/cmd/app
        mod\tgithub.com/me/m\t(devel)\t
        dep\texample.com/old\tv1.0.0
        =>\t./folder\t(devel)\t
        dep\tgithub.com/Acme/Dep\tv1.2.3+incompatible\th1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
        =>\texample.com/fork/v2\tv2.0.0-20191109021931-daa7c04131f5\th1:x=
        build\tCGO_ENABLED=0
        build\tvcs.revision=daa7c04131f568e31c51927b359a2d197a357058
        build\tvcs.time=2019-11-09T02:19:31Z
        build\tvcs.modified=true

        """

    /// Changes bytes, and cuts, repeats and exchanges pieces, of which some are words that mean something.
    private static func mutant(of text: String, number: Int) -> String {
        var random = SplitMix64(seed: 4, number: number)
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            guard !bytes.isEmpty else { break }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...64, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
            case 4:
                let words = [
                    "\t", "\n", "=>", "dep\t", "..", "/", "v", "\u{0}", "\u{202e}", "©", "(c) ", "99999999999999999999",
                    "h1:",
                ]
                bytes.insert(contentsOf: Array(random.pick("", words).utf8), at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func damagedBuildInfosHaveABill() throws {
        for number in 0..<Self.count {
            let info = BuildInfo(goVersion: "go1.27.3", text: Self.mutant(of: Self.info, number: number))
            var facts = BillFacts()
            facts.imports = ["github.com/me/m": ["example.com/old", "std"], "example.com/old": ["github.com/me/m"]]
            let binary = BillOfMaterials.Binary(
                path: "app", digest: Digest(of: []), longDigest: LongDigest(of: []), buildInfo: info,
                facts: number.isMultiple(of: 2) ? facts : BillFacts())
            let bill = BillOfMaterials(binaries: [binary, binary.named("b")], created: "2026-01-02T03:04:05Z")
            for format in BillFormat.allCases {
                let text = try format.text(of: bill)
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
            }
        }
    }

    @Test func damagedLicencesAreRead() throws {
        let names = ["Apache-2.0", "GPL-2", "MPL-2.0", "CC0-1.0", "BSD"]
        let texts = try names.map { try String(contentsOfFile: "/usr/share/common-licenses/\($0)", encoding: .utf8) }
        for number in 0..<600 {
            let match = LicenseMatch(Self.mutant(of: texts[number % texts.count], number: number))
            #expect((0...1).contains(match.confidence) && match.identifiers.count < 100)
            #expect(match.copyrights.allSatisfy { !$0.contains("\n") && $0.utf8.count < 500 })
        }
    }

    /// Folders with damaged go.sum files, licence files and sources, and odd entries in their place.
    @Test func damagedFoldersAreRead() async throws {
        let folder = try TemporaryFolder()
        let root = FilePath(folder.url.path)
        try folder.write("module m\n\ngo 1.18\n", to: "go.mod")
        let sum = "example.com/old v1.0.0 h1:x=\nexample.com/old v1.0.0/go.mod h1:y=\n"
        let source = "// Copyright 2020 A\n\npackage main\n"
        let info = BuildInfo(goVersion: "go1.27.3", text: Self.info)
        for number in 0..<600 {
            try folder.write(Self.mutant(of: sum, number: number), to: "go.sum")
            try folder.write(Self.mutant(of: source, number: number), to: "main.go")
            try folder.write(Self.mutant(of: "MIT License\n\nCopyright (c) 2020 B\n", number: number), to: "LICENSE")
            let survey = BillSurvey(BillSettings(), in: try Bench().context.moved(to: root))
            let facts = await survey.facts(of: info, in: root, nil)
            #expect(facts.isOfBuild)
            let module = ProgramSources.Module(folder: root, files: [root.appending("main.go"), "/none"], name: "m")
            let license = try #require(ModuleLicenses.read(module))
            #expect(license.texts.count == 1)
        }
        try FileManager.default.removeItem(atPath: root.appending("LICENSE").string)
        try FileManager.default.createSymbolicLink(
            atPath: root.appending("LICENSE").string, withDestinationPath: "/etc/passwd")
        try FileManager.default.createDirectory(
            atPath: root.appending("COPYING").string, withIntermediateDirectories: false)
        let module = ProgramSources.Module(folder: root, files: [], name: "m")
        #expect(ModuleLicenses.read(module)?.texts.isEmpty == true)
        #expect(ModuleLicenses.read(.init(folder: "/none", files: [], name: "m")) == nil)
    }

    /// What `go list` prints, damaged: it is refused or read.
    @Test func damagedListsAreReadOrRefused() throws {
        let list = """
            {
            \t"ImportPath": "m/a",
            \t"Dir": "/src/m/a",
            \t"GoFiles": ["a.go"],
            \t"Imports": ["fmt", "m/b"],
            \t"Module": {"Path": "m", "Version": "v1.0.0"}
            }
            {
            \t"ImportPath": "fmt",
            \t"Dir": "/go/src/fmt",
            \t"Standard": true
            }

            """
        let program = Program(package: GoPackage(importPath: "m/a", name: "main", directory: "/src/m/a"), name: "a")
        for number in 0..<Self.count {
            let packages: [SourcePackage]? = try? GoOutput.decodeStream(
                Self.mutant(of: list, number: number), of: [], in: "/")
            guard let packages else { continue }
            let sources = ProgramSources(of: program, in: packages)
            #expect(sources.modules.count <= packages.count)
        }
    }
}
