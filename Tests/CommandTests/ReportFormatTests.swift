import Foundation
import TestSupport
import Testing

/// Real reports of a real matrix, with targets that are ready, failing, not applicable and broken, read by real clients.
@Suite struct ReportFormatTests {
    private static let formats = ["json", "sarif", "junit", "github", "gitlab", "markdown", "tap", "html"]

    /// One run for all tests: the folder lives as long as the tests do.
    private static let matrix: GoModule? = {
        guard
            let module = try? GoModule([
                "good/main.go": GoModule.hello,
                "web/main.go":
                    "package main\n\nimport \"time\"\n\nfunc main() { time.LoadLocation(\"Europe/Berlin\") }\n",
                "web/broken_linux_386.go": "package main\n\nfunc init() { undefined(\"<&>\") }\n",
            ])
        else { return nil }
        let reports = formats.flatMap { ["--report", "\($0)=r.\($0)"] }
        let result = try? module.check(
            ["./...", "-p", "linux/amd64,linux/386,windows/amd64", "--rule", "debug-data=error:we <b>strip</b> | all"]
                + reports,
            environment: ["GITHUB_STEP_SUMMARY": module.path("summary.md")])
        return result?.status == 2 ? module : nil
    }()

    private let module: GoModule

    init() throws { module = try #require(ReportFormatTests.matrix) }

    private func text(_ name: String) throws -> String { String(decoding: try module.bytes(name), as: UTF8.self) }

    @Test func theMatrixHasEveryVerdict() throws {
        let summary = try #require(try module.json("r.json")["summary"] as? [String: Int])
        #expect(summary == ["ready": 0, "notReady": 3, "notApplicable": 2, "failed": 1, "leftOut": 0])
    }

    @Test func ourSchemaTakesTheJSON() throws {
        let schema = Checkout.root.appending(path: "docs/report.schema.json").path
        let result = try Client.run("check-jsonschema", ["--schemafile", schema, module.path("r.json")])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func sarifsSchemaAndReadersTakeIt() throws {
        let valid = try Client.run("sarif-kit", ["validate", module.path("r.sarif")])
        #expect(valid.status == 0, "\(valid.output)\(valid.errors)")
        let summary = try Client.run("sarif", ["--check", "error", "summary", module.path("r.sarif")])
        #expect(summary.status != 0, "there are errors in it")
        #expect(summary.output.contains("error: 3"), "\(summary.output)")
    }

    /// The table of what GitHub demands, beyond the schema.
    @Test func gitHubTakesTheSARIFWhole() throws {
        let run = try #require((try module.json("r.sarif")["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "scratchcheck")
        for rule in try #require(driver["rules"] as? [[String: Any]]) {
            for key in ["shortDescription", "fullDescription", "help"] {
                let words = try #require((rule[key] as? [String: Any])?["text"] as? String)
                #expect(!words.isEmpty && (key == "help" || words.count <= 1024))
            }
        }
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(!results.isEmpty)
        for result in results {
            let place = ((result["locations"] as? [[String: Any]])?.first)?["physicalLocation"] as? [String: Any]
            let uri = (place?["artifactLocation"] as? [String: Any])?["uri"] as? String ?? ""
            #expect(!uri.isEmpty && !uri.hasPrefix("/") && !uri.hasPrefix("./"))
            #expect((place?["region"] as? [String: Int])?["startLine"] == 1)
            #expect((result["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]?.count == 18)
        }
        #expect(try text("r.sarif").contains("web/main.go"))
    }

    @Test func fingerprintsStayWhenTheBytesChange() throws {
        let module = try GoModule()
        func fingerprints() throws -> [String] {
            let text = try module.check(["-p", "linux/amd64", "--format", "sarif"]).output
            let parts = text.split(separator: "primaryLocationLineHash\" : \"").dropFirst()
            return parts.map { String($0.prefix(18)) }
        }
        let before = try fingerprints()
        try module.folder.write("package main\n\nfunc main() { println(\"bye\") }\n", to: "main.go")
        #expect(try !before.isEmpty && fingerprints() == before)
    }

    @Test func jenkinssSchemaAndReadersTakeTheJUnit() throws {
        let script = """
            import sys
            from lxml import etree
            etree.XMLSchema(etree.parse(sys.argv[1])).assertValid(etree.parse(sys.argv[2]))
            from junitparser import JUnitXml
            xml = JUnitXml.fromfile(sys.argv[2])
            suites = list(xml)
            assert len(suites) == 6, len(suites)
            assert xml.failures == 3 and xml.errors == 1, (xml.failures, xml.errors)
            assert sum(suite.tests for suite in suites) == xml.tests
            """
        let schema = Checkout.root.appending(path: ".build-python/junit-10.xsd").path
        let result = try Client.python(script, [schema, module.path("r.junit")])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Client.run("junitparser", ["verify", module.path("r.junit")]).status == 1)
    }

    @Test func proveTakesTheTAP() throws {
        let result = try Execution("prove", ["-e", "cat", module.path("r.tap")])
        #expect(result.status == 1)
        #expect(result.output.contains("Failed 4/6 subtests"), "\(result.output)")
        #expect(!result.output.contains("Parse errors"))
        // A list of findings with others after it.
        let many = try module.run(["verify", "/bin/bash", "--rule", "kernel-version=error", "--report", "tap=many.tap"])
        #expect(many.status == 1 && many.output.contains("needed-library"))
        let read = try Execution("prove", ["-e", "cat", module.path("many.tap")])
        #expect(read.status == 1 && !read.output.contains("Parse errors"), "\(read.output)")
    }

    @Test func gitLabTakesTheCodeQuality() throws {
        let schema = """
            {"type": "array", "minItems": 4, "items": {"type": "object", "additionalProperties": false,
            "required": ["description", "check_name", "fingerprint", "severity", "location"], "properties": {
            "description": {"type": "string", "minLength": 1}, "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {"type": "object", "required": ["path", "lines"], "properties": {
            "path": {"type": "string", "pattern": "^[^./]"},
            "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}}}}}}
            """
        let file = try module.folder.write(schema, to: "gitlab.schema.json")
        let result = try Client.run("check-jsonschema", ["--schemafile", file.path, module.path("r.gitlab")])
        #expect(result.status == 0, "\(result.output)")
        let issues = try JSONSerialization.jsonObject(with: Data(module.bytes("r.gitlab"))) as? [[String: Any]]
        let prints = try #require(issues).compactMap { $0["fingerprint"] as? String }
        #expect(Set(prints).count == prints.count, "GitLab drops what it takes for the same")
    }

    /// The runner's own rules for reading a command, and their inverse (actions/runner, ActionCommand.cs).
    @Test func annotationsCanBeReadBack() throws {
        let lines = try text("r.github").split(separator: "\n")
        let pattern = /::(error|warning|notice) (?:file=([^,:]+),line=[0-9]+,(?:col=[0-9]+,)?)?title=([^,:]*)::(.*)/
        for line in lines { #expect(line.wholeMatch(of: pattern) != nil, "\(line)") }
        let kinds = lines.map { $0.split(separator: " ")[0] }
        #expect(
            kinds
                == kinds.sorted {
                    "::error::warning::notice".ranges(of: $0)[0].lowerBound
                        < "::error::warning::notice".ranges(of: $1)[0].lowerBound
                })
        for kind in Set(kinds) { #expect(kinds.count { $0 == kind } <= 10) }
        #expect(try text("r.github").contains("undefined: undefined%0A") || text("r.github").contains("undefined"))
    }

    @Test func theJobsSummaryIsTheMarkdown() throws {
        #expect(try text("summary.md") == text("r.markdown"))
        let markdown = try text("r.markdown")
        #expect(markdown.contains("| example.com/m/good | linux/amd64 | ❌ not ready |"))
        #expect(markdown.split(separator: "\n").filter { $0.hasPrefix("| example") }.count == 6)
    }

    @Test func theHTMLStandsAlone() throws {
        let script = """
            import sys
            from lxml import etree
            tree = etree.parse(sys.argv[1], etree.HTMLParser(recover=False))
            assert not tree.xpath('//script|//link|//img|//iframe'), 'it loads something'
            assert not [a for a in tree.xpath('//@href|//@src') if not a.startswith('#')], 'it leads elsewhere'
            assert tree.xpath('//html/@lang') == ['en'] and len(tree.xpath('//h1')) == 1
            for table in tree.xpath('//table'):
                assert table.xpath('./caption') and table.xpath('.//th/@scope')
            for image in tree.xpath('//svg'):
                title = image.get('aria-labelledby')
                assert image.get('role') == 'img' and image.xpath('./title')[0].get('id') == title
            ids = tree.xpath('//@id')
            assert len(ids) == len(set(ids))
            assert len(tree.xpath('//table[@class="matrix"]/tbody/tr')) == 2
            assert len(tree.xpath('//table[@class="matrix"]/tbody/tr/td')) == 6
            """
        // The parser of HTML 4 does not know the elements of SVG and HTML 5 by name; everything else must be right.
        let plain = try text("r.html")
        #expect(plain.hasPrefix("<!DOCTYPE html>"))
        let lenient = script.replacing("recover=False", with: "recover=True")
        let result = try Client.python(lenient, [module.path("r.html")])
        #expect(result.status == 0, "\(result.errors)")
        #expect(!plain.contains("<b>strip</b>") && plain.contains("&lt;b&gt;strip&lt;/b&gt;"))
    }

    /// What `go tool nm` says of the functions of a package; generic ones bear other packages' names too.
    private func functionSizes(of path: String, in package: String) throws -> [Int] {
        let lines = try Execution("go", ["tool", "nm", "-size", path]).output.split(separator: "\n")
        return lines.compactMap { line -> Int? in
            let fields = line.split(separator: " ", maxSplits: 3)
            guard fields.count == 4, fields[2] == "T" || fields[2] == "t" else { return nil }
            let name = fields[3]
            return name.hasPrefix(package + ".") && !name.contains("[") ? Int(fields[1]) : nil
        }
    }

    /// The parts add up to the file, and a package's code is as large as the linker's own table says (`go tool nm`).
    @Test func theSizesAddUpToTheFile() throws {
        let module = try GoModule([
            "main.go": "package main\n\nimport \"encoding/json\"\n\nfunc main() { json.Marshal(1) }\n"
        ])
        for flags in ["", "-s -w"] {
            let result = try module.check(
                ["-p", "linux/amd64,linux/s390x", "--sizes", "--report", "json=r.json", "--ldflags", flags])
            #expect(result.status == 0, "\(result.errors)")
            for binary in try #require(module.json("r.json")["binaries"] as? [[String: Any]]) {
                let parts = try #require((binary["sizes"] as? [String: Any])?["parts"] as? [[String: Any]])
                #expect(parts.compactMap { $0["size"] as? Int }.reduce(0, +) == binary["size"] as? Int)
                let json = parts.first { $0["name"] as? String == "encoding/json" }
                #expect(json?["module"] as? String == "std")
                guard flags.isEmpty else { continue }
                let path = try #require(binary["path"] as? String)
                let sizes = try functionSizes(of: module.path(path), in: "encoding/json")
                // A function's room in the table includes the padding behind it, at most 32 bytes.
                let size = try #require(json?["size"] as? Int)
                let known = sizes.reduce(0, +)
                #expect(size >= known && size <= known + 32 * (sizes.count + 8), "\(path): \(size), nm says \(known)")
            }
        }
    }

    @Test(arguments: [("error", 1), ("never", 0), ("warning", 1), ("note", 1)])
    func theLevelThatFailsCanBeChosen(level: String, status: Int32) throws {
        let result = try Execution(
            Checkout.program, ["verify", "--fail-on", level, Checkout.sample("c-dynamic")])
        #expect(result.status == status)
        let noted = try Execution(
            Checkout.program, ["verify", "--fail-on", level, Checkout.sample("go-linux-amd64")])
        #expect(noted.status == (level == "note" ? 1 : 0))
        #expect(try Execution(Checkout.program, ["verify", "--fail-on", level, "/nonexistent"]).status == 2)
    }

    @Test func growthIsComparedAndCanFail() throws {
        let module = try GoModule()
        let arguments = ["-p", "linux/amd64", "--ldflags", "-s -w"]
        #expect(try module.check(arguments + ["--report", "json=old.json"]).status == 0)
        let same = try module.check(arguments + ["--baseline", "old.json", "--fail-on-growth", "0%"])
        #expect(same.status == 0 && !same.output.contains("since the other report"))
        try module.folder.write(
            "package main\n\nimport \"time\"\n\nfunc main() { time.LoadLocation(\"Europe/Berlin\") }\n", to: "main.go")
        let grown = try module.check(
            arguments + ["--baseline", "old.json", "--fail-on-growth", "5%", "--report", "json=new.json"])
        #expect(grown.status == 1)
        #expect(grown.output.contains("grown by") && grown.output.contains("new: time-zones"))
        let change = try #require(
            ((try module.json("new.json")["comparison"] as? [String: Any])?["changes"] as? [[String: Any]])?.first)
        let before = try #require((try module.json("old.json")["binaries"] as? [[String: Any]])?[0]["size"] as? Int)
        #expect(change["sizeBefore"] as? Int == before)
        #expect(try module.check(arguments + ["--fail-on-growth", "5%"]).status == 64)
    }

    @Test func theGateReportsInEveryFormatToo() throws {
        let module = try GoModule()
        #expect(try module.check(["-p", "linux/amd64"]).status == 0)
        try FileManager.default.copyItem(atPath: Checkout.sample("c-static"), toPath: module.path("dist/helper"))
        let reports = ReportFormatTests.formats.flatMap { ["--report", "\($0)=g.\($0)"] }
        let result = try module.run(["gate", "--allow-unsigned", "dist"] + reports)
        #expect(result.status == 1)
        #expect(try Client.run("sarif-kit", ["validate", module.path("g.sarif")]).status == 0)
        #expect(String(decoding: try module.bytes("g.github"), as: UTF8.self).contains("::error file=dist/helper"))
        #expect(String(decoding: try module.bytes("g.tap"), as: UTF8.self).contains("not ok 1 - dist/helper"))
    }
}
