import Foundation
import TestSupport
import Testing

/// go's own failures for want of cgo say what to do, and its messages are printed as go wrote them.
@Suite(.serialized) struct CgoExplanationTests {
    private static let needsCgo = "package main\n\nimport \"C\"\n\nfunc main() {}\n"
    private static let explanation =
        "every file of example.com/m/x needs cgo (import \"C\"), and programs for an empty root are built with "
        + "CGO_ENABLED=0: "

    private func said(_ module: GoModule, _ package: String, exitCode: Int32 = 2) throws -> String {
        let result = try module.check([package, "-p", "linux/amd64", "-q"])
        #expect(result.status == exitCode, "\(result.output)\(result.errors)")
        return result.output + result.errors
    }

    @Test(arguments: [false, true]) func aProgramThatNeedsCgoIsToldSo(hasTest: Bool) throws {
        var files = ["x/main.go": CgoExplanationTests.needsCgo]
        if hasTest { files["x/main_test.go"] = "package main\n" }
        let said = try said(try GoModule(files), "./x")
        #expect(said.contains("build constraints exclude all Go files"))
        #expect(said.contains(CgoExplanationTests.explanation))
        #expect(said.contains("staticcheck check --cgo zig \(hasTest ? "example.com/m/x" : "./x")\n"))
    }

    @Test func aProgramThatImportsSuchAPackageIsToldWhichOne() throws {
        let module = try GoModule([
            "main.go": "package main\n\nimport _ \"example.com/m/x\"\n\nfunc main() {}\n",
            "x/x.go": "package x\n\nimport \"C\"\n",
        ])
        let said = try said(module, ".")
        #expect(said.contains("\timports example.com/m/x: build constraints exclude"), "\(said)")
        #expect(said.contains(CgoExplanationTests.explanation))
    }

    @Test func filesOfAnotherSystemAreNoMatterOfCgo() throws {
        let said = try said(
            try GoModule(["x/main.go": "//go:build windows\n\npackage main\n\nfunc main() {}\n"]), "./x")
        #expect(said.contains("build constraints exclude all Go files"))
        #expect(!said.contains("needs cgo (import"))
    }

    /// The compiler puts what it has and what it wants on lines of their own, with tabs.
    @Test func tabsStayTabs() throws {
        let text = "package main\n\nfunc f(a int) {}\n\nfunc main() { f(1, 2) }\n"
        let said = try said(try GoModule(["x/main.go": text]), "./x")
        #expect(said.contains("\thave (number, number)\n"), "\(said)")
        #expect(!said.contains("u{9}"))
    }
}
