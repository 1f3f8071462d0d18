import Foundation
import TestSupport
import Testing

/// A package whose files with cgo gave way to a stub is named, with its files.
@Suite(.serialized) struct LostCgoFilesTests {
    private static let stubbed = [
        "db/db_cgo.go": "package db\n\nimport \"C\"\n\nfunc Open() string { return \"real\" }\n",
        "db/db_stub.go": "//go:build !cgo\n\npackage db\n\nfunc Open() string { panic(\"needs cgo\") }\n",
    ]
    private static let user = "package main\n\nimport \"example.com/m/db\"\n\nfunc main() { println(db.Open()) }\n"

    /// The findings of the rule, by package and platform.
    private func evidence(
        _ files: [String: String], _ arguments: [String] = [], platforms: String = "linux/amd64"
    ) throws -> [String: String] {
        let module = try GoModule(files)
        let result = try module.check(
            arguments + ["-p", platforms, "-q", "--report", "json=dist/report.json"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        var found: [String: String] = [:]
        for entry in try module.json("dist/report.json")["binaries"] as? [[String: Any]] ?? [] {
            for finding in entry["findings"] as? [[String: Any]] ?? []
            where finding["rule"] as? String == "cgo-left-out" {
                #expect(finding["level"] as? String == "warning")
                found["\(entry["package"] ?? "") \(entry["platform"] ?? "")"] = finding["evidence"] as? String
            }
        }
        return found
    }

    @Test func thePackageAndItsFilesAreNamedForTheProgramsThatImportIt() throws {
        var files = LostCgoFilesTests.stubbed
        files["a/main.go"] = LostCgoFilesTests.user
        files["b/main.go"] = GoModule.hello
        files["c/main.go"] = "package main\n\nimport _ \"example.com/m/via\"\n\nfunc main() {}\n"
        files["via/via.go"] = "package via\n\nimport _ \"example.com/m/db\"\n"
        let evidence = try evidence(files, ["./..."], platforms: "linux/amd64,linux/arm64")
        let expected = "built without example.com/m/db (db_cgo.go)"
        #expect(
            evidence == [
                "example.com/m/a linux/amd64": expected, "example.com/m/a linux/arm64": expected,
                "example.com/m/c linux/amd64": expected, "example.com/m/c linux/arm64": expected,
            ])
    }

    /// The file that would import the package is left out too.
    @Test func aPackageThatOnlyABuildWithCgoImportsIsNamed() throws {
        let files = [
            "main.go": GoModule.hello, "driver.go": "//go:build cgo\n\npackage main\n\nimport _ \"example.com/m/db\"\n",
            "db/db.go": "package db\n\nimport \"C\"\n",
        ]
        #expect(try Array(evidence(files).values) == ["built without example.com/m/db (db.go)"])
    }

    @Test func filesAreThoseOfThePlatform() throws {
        let files = [
            "main.go": LostCgoFilesTests.user, "db/db.go": "package db\n\nfunc Open() string { return \"pure\" }\n",
            "db/fast_arm64.go": "package db\n\nimport \"C\"\n", "db/mac_darwin.go": "package db\n\nimport \"C\"\n",
        ]
        #expect(
            try evidence(files, platforms: "linux/amd64,linux/arm64") == [
                "example.com/m linux/arm64": "built without example.com/m/db (fast_arm64.go)"
            ])
    }

    /// net and os/user have files with cgo, and work without them.
    @Test func theStandardLibraryIsNoReason() throws {
        let text = """
            package main

            import (
                "net"
                "os/user"
            )

            func main() { net.LookupHost("x"); user.Current() }
            """
        #expect(try evidence(["main.go": text]).isEmpty)
    }

    /// An existing file shows by its functions that it holds the stub of a known package.
    @Test func verifyKnowsTheStubByItsFunctions() throws {
        let stub = """
            package sqlite3

            import (
                "database/sql"
                "database/sql/driver"
                "errors"
            )

            func init() { sql.Register("sqlite3", &SQLiteDriver{}) }

            type SQLiteDriver struct{}

            func (SQLiteDriver) Open(s string) (driver.Conn, error) { return nil, errors.New("this is a stub") }
            """
        let module = try GoModule([
            "go.mod": """
            module example.com/m

            go 1.18

            require github.com/mattn/go-sqlite3 v1.14.28

            replace github.com/mattn/go-sqlite3 => ./sqlite3
            """,
            "sqlite3/go.mod": "module github.com/mattn/go-sqlite3\n\ngo 1.18\n", "sqlite3/static_mock.go": stub,
            "main.go": """
            package main

            import (
                "database/sql"
                _ "github.com/mattn/go-sqlite3"
            )

            func main() { db, _ := sql.Open("sqlite3", "x"); println(db.Ping().Error()) }
            """,
        ])
        try module.check(["-p", "linux/amd64", "-q", "--ldflags", "-s -w"]).check()
        let result = try module.run(["verify", "dist/linux/amd64/m"])
        #expect(result.status == 0)
        #expect(
            result.output.contains("github.com/mattn/go-sqlite3.(*SQLiteDriver).Open without cgo"), "\(result.output)")
        #expect(result.output.contains("[cgo-left-out]"))
    }
}
