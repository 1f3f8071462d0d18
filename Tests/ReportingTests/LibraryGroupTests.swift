import Configuration
import Foundation
import Testing

@testable import Reporting

/// Needed libraries with one remedy are told as one.
@Suite struct LibraryGroupTests {
    private func finding(_ library: String, remedy: String = "Link it statically.") throws -> String {
        try Sample.finding(
            "needed-library", message: "it needs the library '\(library)', which an empty root does not have",
            evidence: "DT_NEEDED \(library)", remedy: remedy, more: ",\"library\":\(Sample.quoted(library))")
    }

    private func report(_ files: (String, [String])..., kind: String? = nil) throws -> Report {
        try Sample.report(
            files.map { path, libraries in
                try Sample.entry(path, kind: kind, verdict: "not-ready", findings: libraries.map { try finding($0) })
            })
    }

    private func text(_ report: Report) -> String { TextReporter(colour: false).render(report) }

    @Test func oneLibraryIsToldInItsOwnWords() throws {
        #expect(
            text(try report(("a", ["libc.so.6"]))).contains(
                "error: it needs the library 'libc.so.6', which an empty root does not have [needed-library]\n"))
    }

    @Test func severalAreOneFindingWithOneRemedy() throws {
        let text = text(try report(("a", ["libm.so.6", "libz.so.1", "libc.so.6"])))
        #expect(
            text.contains(
                "error: it needs 3 libraries that an empty root does not have: libm.so.6, libz.so.1, libc.so.6 [needed-library]\n"
            ))
        #expect(text.components(separatedBy: "Link it statically.").count == 2, "one remedy")
        #expect(text.contains("  evidence:  DT_NEEDED libm.so.6; DT_NEEDED libz.so.1; and 1 more\n"))
    }

    @Test func manyAreCounted() throws {
        let libraries = (1...20).map { "lib\($0).so" }
        let text = text(try report(("a", libraries)))
        #expect(text.contains("it needs 20 libraries that"))
        #expect(text.contains("lib12.so and 8 more [needed-library]"))
    }

    @Test func whichFileNeedsWhichIsSaidIfTheyDiffer() throws {
        let text = text(
            try report(
                ("a", ["libc.so.6", "libz.so.1"]), ("b", ["libtinfo.so.6", "libc.so.6", "libz.so.1"]),
                ("c", ["libc.so.6"])))
        #expect(
            text.contains(
                "they need 3 libraries that an empty root does not have: libc.so.6 (all 3 files), libz.so.1 (2 files), "
                    + "libtinfo.so.6 (b) [needed-library]\n  in:        all 3 files\n"))
    }

    @Test func theSameOnesInEachFileAreNamedOnce() throws {
        let text = text(try report(("a", ["libc.so.6", "libz.so.1"]), ("b", ["libc.so.6", "libz.so.1"])))
        #expect(
            text.contains(
                "it needs 2 libraries that an empty root does not have: libc.so.6, libz.so.1 [needed-library]"))
        #expect(text.contains("  in:        both files\n"))
    }

    @Test func anImageIsNotAnEmptyRoot() throws {
        #expect(
            text(try report(("oci:x /app", ["libc.so.6", "libz.so.1"]), kind: "image")).contains(
                "it needs 2 libraries that the image does not have"))
    }

    @Test func otherRemediesAreOtherGroups() throws {
        let findings = try [finding("libc.so.6"), finding("libz.so.1", remedy: "Something else.")]
        let text = text(try Sample.report([Sample.entry(verdict: "not-ready", findings: findings)]))
        #expect(text.contains("'libc.so.6'") && text.contains("'libz.so.1'"))
    }

    @Test(arguments: [ReportFormat.markdown, .html]) func otherPagesForPeopleTellThemAsOneToo(format: ReportFormat)
        throws
    {
        let made = try format.render(report(("a", ["libc.so.6", "libz.so.1"])), colour: false)
        #expect(made.contains("it needs 2 libraries"))
    }

    @Test(arguments: [ReportFormat.json, .sarif, .gitlab, .junit]) func programsGetSingleFindings(
        format: ReportFormat
    ) throws {
        let made = try format.render(report(("a", ["libc.so.6", "libz.so.1"])), colour: false)
        #expect(!made.contains("2 libraries"))
        for name in ["libc.so.6", "libz.so.1"] { #expect(made.contains("it needs the library '\(name)'")) }
    }
}
