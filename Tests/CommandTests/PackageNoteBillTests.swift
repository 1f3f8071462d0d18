import Foundation
import TestSupport
import Testing

/// Packages that notes of programs name, in bills of materials. The linker writes them, and `readelf` says what they are.
@Suite struct PackageNoteBillTests {
    private static let note =
        #"{"type":"deb","os":"debian","osVersion":"12","name":"zlib1g","version":"1.2.13","architecture":"amd64"}"#
    private static let url = "pkg:deb/debian/zlib1g@1.2.13?arch=amd64&distro=debian-12"

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder.url.appending(path: name).path }

    private func program() throws {
        try folder.write("int main(void) { return 0; }\n", to: "main.c")
        let options = ["-static", "-Xlinker", "--package-metadata=" + Self.note]
        try Execution("gcc", options + ["-o", path("app"), path("main.c")]).check()
        let read = try Execution("readelf", ["-n", path("app")])
        #expect(read.output.contains("Packaging Metadata: " + Self.note), "\(read.output)")
    }

    @Test func aStaticProgramOfCHasABill() throws {
        try program()
        let bills = ["spdx", "spdx3", "cyclonedx"].flatMap { ["--sbom", "\($0)=\(path($0 + ".json"))"] }
        let result = try Execution(Checkout.program, ["verify", "-q"] + bills + [path("app")])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try Client.run("pyspdxtools", ["-i", path("spdx.json")]).status == 0)
        let queries = [
            "spdx": #".packages[1] | [.name, .versionInfo, .externalRefs[0].referenceLocator]"#,
            "spdx3":
                #".["@graph"][] | select(.name == "zlib1g") | [.name, .software_packageVersion, .software_packageUrl]"#,
            "cyclonedx": #".components[0] | [.name, .version, .purl]"#,
        ]
        for (form, query) in queries {
            let found = try Execution("jq", ["-c", query, path(form + ".json")])
            #expect(
                found.output == "[\"zlib1g\",\"1.2.13\",\"\(Self.url)\"]\n", "\(form): \(found.output)\(found.errors)")
        }
        let validation = """
            import sys
            from cyclonedx.schema import SchemaVersion
            from cyclonedx.validation.json import JsonStrictValidator
            error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())
            sys.exit(str(error) if error else 0)
            """
        let cyclone = try Client.python(validation, [path("cyclonedx.json")])
        #expect(cyclone.status == 0, "\(cyclone.errors)")
    }
}
