import GoBinary
import TestSupport
import Testing
import Verification

/// The libraries that a program with cgo contains, as far as their texts tell.
@Suite struct LinkedLibraryTests {
    private static let deflate = " deflate 1.2.13 Copyright 1995-2022 Jean-loup Gailly and Mark Adler "
    private static let inflate = " inflate 1.2.13 Copyright 1995-2022 Mark Adler "

    private func evidence(_ texts: [String], hasC: Bool = true, code: CCode? = nil) -> String {
        var program = GoProgram()
        if hasC { program.functions.append("_cgo_panic") }
        program.files += texts
        let subject = Subject(
            program.bytes, expected: Platform(goos: "linux", goarch: "amd64"), permissions: 0o755
        ).with(code)
        return Policy.standard.judge(subject).findings.first { $0.rule == "cgo" }?.evidence ?? ""
    }

    /// `strings` of Debian's libz, libcrypto, libsqlite3 and liblua.
    @Test(arguments: [
        ([deflate, inflate], "zlib 1.2.13"), ([inflate], "zlib 1.2.13"),
        (["OpenSSL 3.0.19 27 Jan 2026"], "OpenSSL 3.0.19"), (["OpenSSL 1.1.1w  11 Sep 2023"], "OpenSSL 1.1.1w"),
        (["%s at line %d of [%.10s]"], "SQLite"),
        (["$LuaVersion: Lua 5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio $"], "Lua 5.4.4"),
        (["%s at line %d of [%.10s]", deflate], "SQLite, zlib 1.2.13"),
    ])
    func aLibraryIsKnownByItsText(texts: [String], libraries: String) {
        #expect(evidence(texts).hasSuffix("; linked in: \(libraries)"), "\(evidence(texts))")
    }

    @Test(arguments: [
        "deflate 1.", "deflate 1.2.13", "deflate 1.x is old", "inflate 1.2 of 3", "OpenSSL 3.", "OpenSSL 3.x is needed",
        "OpenSSL 1.", "$LuaVersion: Lua ", "SQLite format 3", "at line %d of",
        "deflate 1.22222222222222222222 Copyright 19",
    ])
    func aTextThatMayMeanSomethingElseSaysNothing(text: String) {
        #expect(!evidence([text]).contains("linked in"), "\(evidence([text]))")
    }

    @Test func aProgramWithoutCSaysNothing() {
        #expect(evidence([LinkedLibraryTests.deflate], hasC: false).isEmpty)
    }

    @Test func theBuildNamesTheCompilerAndThePackages() {
        let code = CCode(
            compiler: "zig 0.15.2",
            packages: [.init(path: "x.org/a", libraries: ["m", "z"]), .init(path: "x.org/b", libraries: [])])
        #expect(evidence([], code: code).hasSuffix("; compiled by zig 0.15.2; C in x.org/a (-lm -lz), x.org/b"))
        #expect(
            evidence([], code: CCode(compiler: "musl-gcc", packages: nil)).hasSuffix("; compiled by musl-gcc"))
    }
}
