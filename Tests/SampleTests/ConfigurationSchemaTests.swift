import Configuration
import Foundation
import TestSupport
import Testing

/// The published schema and the reader agree, by a validator that is not ours (PyPI `jsonschema` and `PyYAML`).
@Suite struct ConfigurationSchemaTests {
    private static let validator = """
        import json, sys, yaml
        from jsonschema import Draft202012Validator

        class Loader(yaml.SafeLoader):
            pass

        # Days are texts, as in JSON.
        Loader.yaml_implicit_resolvers = {
            key: [(tag, rule) for tag, rule in rules if tag != 'tag:yaml.org,2002:timestamp']
            for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(yaml.load(open(sys.argv[2]), Loader) or {})
        """

    private func isValid(_ text: String) throws -> Bool {
        let folder = try TemporaryFolder()
        let file = try folder.write(text, to: "scratchcheck.yaml")
        let schema = Checkout.root.appending(path: "docs/scratchcheck.schema.json").path
        let result = try Client.python(ConfigurationSchemaTests.validator, [schema, file.path])
        let isVerdict = result.status == 0 || result.errors.contains("ValidationError")
        try #require(isVerdict, "\(result.errors)")
        return result.status == 0
    }

    private func isReadable(_ text: String) -> Bool {
        (try? Configuration(text, file: "f")) != nil
    }

    @Test(arguments: ["minimal", "service", "monorepo"]) func examplesAreValid(name: String) throws {
        let file = Checkout.root.appending(path: "docs/examples/\(name).yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(try isValid(text))
        #expect(isReadable(text))
    }

    @Test func whatInitWritesIsValid() throws {
        #expect(try isValid(ConfigurationTemplate.text([.init(pattern: "./a", hasVersion: true)])))
    }

    @Test(arguments: [
        "unknown: 1\n", "builds: {}\n", "builds: [{plattforms: all}]\n", "stamps: maybe\n", "version: 2\n",
        "policy: {rules: {packed: loud}}\n", "policy: {exceptions: [{rule: packed}]}\n",
        "policy: {exceptions: [{rule: packed, reason: r, until: soon}]}\n",
        "policy: {exceptions: [{rule: packed, reason: r, packages: []}]}\n",
        "policy: {exceptions: [{rule: packed, reason: r, platforms: []}]}\n",
        "policy: {exceptions: [{rule: packed, reason: r, paths: []}]}\n",
        "policy: {exceptions: [{rule: packed, reason: r, advisories: []}]}\n",
        "policy: {exceptions: [{rule: packed, reason: '  '}]}\n", "reports: [{format: pdf, file: x}]\n",
        "image: {tags: x}\n", "image: {with: [shell]}\n", "image: {compression: xz}\n", "image: {env: [A=b]}\n",
        "builds: [{go-version: newest}]\n", "builds: [{name: a/b}]\n", "builds: [{platforms: amd64}]\n",
    ])
    func bothRefuseTheSame(text: String) throws {
        #expect(try !isValid(text))
        #expect(!isReadable(text))
    }
}
