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
        return try Execution(
            Checkout.root.appending(path: ".build-python/bin/python").path,
            ["-c", ReportSchemaTests.validator, schema, file.path])
    }

    @Test func reportsAreValid() throws {
        let paths = ["go-linux-arm-v7", "c-dynamic", "script", "absent"].map(Checkout.sample)
        let report = try Execution(Checkout.program, ["verify", "--format", "json"] + paths)
        #expect(report.status == 2)
        let result = try validate(report.output)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func theValidatorRefusesAnotherDocument() throws {
        #expect(try validate("{\"schemaVersion\": \"1\"}").status != 0)
    }
}
