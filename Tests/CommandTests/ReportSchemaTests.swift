import Foundation
import TestSupport
import Testing

/// The published schema, against real reports, by a validator that is not ours (PyPI `jsonschema`).
@Suite struct ReportSchemaTests {
    private static let validator = """
        import json, sys
        from jsonschema import Draft202012Validator
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))
        """

    private func validate(_ report: String) throws -> Execution {
        let folder = try TemporaryFolder()
        let file = try folder.write(report, to: "report.json")
        let schema = Checkout.root.appending(path: "docs/report.schema.json").path
        return try Client.python(ReportSchemaTests.validator, [schema, file.path])
    }

    @Test func reportsAreValid() throws {
        let paths = ["go-linux-arm-v7", "c-dynamic", "script", "absent"].map(Checkout.sample)
        let report = try Execution(Checkout.program, ["verify", "--format", "json"] + paths)
        #expect(report.status == 2)
        let result = try validate(report.output)
        #expect(result.status == 0, "\(result.errors)")
    }

    /// With all that a report can hold: a plan, exceptions, a second build, a proof, causes.
    @Test func theReportOfAShardIsValid() throws {
        let module = try GoModule([
            "main.go": GoModule.hello,
            "scratchcheck.yaml": """
            builds: [{platforms: [linux/amd64, linux/arm/v7]}]
            policy:
              exceptions:
                - {rule: debug-data, reason: r, until: 2999-01-01, packages: [example.com/m], platforms: linux/amd64}
                - {rule: debug-data, reason: r, until: 2020-01-01}
            """,
        ])
        let arguments = [
            "--shard", "1/2", "--reproduce", "--prove=start", "--format", "json", ".", "--", "-buildmode=pie",
        ]
        let report = try module.check(arguments)
        #expect(report.status == 1, "\(report.errors)")
        for key in ["plan", "exceptions", "hasEnded", "exception", "reproduction", "proof", "causes"] {
            #expect(report.output.contains("\"\(key)\""), "\(key) is not in the report")
        }
        let result = try validate(report.output)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func theValidatorRefusesAnotherDocument() throws {
        #expect(try validate("{\"schemaVersion\": \"1\"}").status != 0)
    }
}
