import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing
import Verification

@testable import Vulnerabilities

/// Each kind of answer, from databases and programs of our own. Benchmarks/vulnerabilities compares with govulncheck.
struct ProgramScanTests {
    typealias Affected = SampleDatabase.Affected

    /// A program with one dependency, example.com/lib v1.1.0, and what a database says of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var affected = [Affected()]
        var more = ""
        /// Names of functions besides those of every program.
        var functions: [String] = []
        var info = ["path\texample.com/m", "mod\texample.com/m\t(devel)\t", "dep\texample.com/lib\tv1.1.0\th1:x="]
        var goVersion = "go1.22.1"
        /// nil if the advisory does not match.
        let state: Advisory.State?
        var testDescription: String { name }
    }

    static let decode = "example.com/lib/codec.Decode"
    static let other = "example.com/lib/codec.Other"

    static let cases = [
        Case(name: "the function is there", functions: [decode], state: .linked),
        Case(name: "the package is there, the function is not", functions: [other], state: .packageOnly),
        Case(
            name: "another package of the module is there", functions: ["example.com/lib/text.Decode"],
            state: .notLinked),
        Case(
            name: "the function is a method",
            affected: [Affected(packages: #"{"path":"example.com/lib/codec","symbols":["Reader.Read"]}"#)],
            functions: ["example.com/lib/codec.(*Reader).Read"], state: .linked),
        Case(name: "the function is generic", functions: [decode + "[...]"], state: .linked),
        Case(name: "only a closure of the function is there", functions: [decode + ".func1.2"], state: .linked),
        Case(name: "a name begins with that of the function", functions: [decode + "All"], state: .packageOnly),
        Case(
            name: "the path of the package has dots",
            affected: [Affected(packages: #"{"path":"example.com/lib/yaml.v2","symbols":["Decode"]}"#)],
            functions: ["example.com/lib/yaml%2ev2.Decode"], state: .linked),
        Case(
            name: "the whole package is affected",
            affected: [Affected(packages: #"{"path":"example.com/lib/codec"}"#)], functions: [other], state: .linked),
        Case(name: "no package is named", affected: [Affected(packages: nil)], functions: [other], state: .unknown),
        Case(
            name: "no package is named, and none of the module is there", affected: [Affected(packages: nil)],
            functions: ["example.com/library.F"],
            info: ["path\texample.com/m", "dep\texample.com/lib\tv1.1.0\t", "dep\texample.com/library\tv1.0.0\t"],
            state: .notLinked),
        Case(
            name: "another system is affected",
            affected: [
                Affected(packages: #"{"path":"example.com/lib/codec","goos":["windows"],"symbols":["Decode"]}"#)
            ],
            functions: [decode], state: nil),
        Case(
            name: "this system and machine are affected",
            affected: [
                Affected(
                    packages:
                        #"{"path":"example.com/lib/codec","goos":["linux"],"goarch":["amd64"],"symbols":["Decode"]}"#)
            ], functions: [decode], state: .linked),
        Case(
            name: "the entry is withdrawn", more: #","withdrawn":"2026-01-01T00:00:00Z""#, functions: [decode],
            state: nil),
        Case(
            name: "the version is fixed", affected: [Affected(events: #"{"introduced":"0"},{"fixed":"1.1.0"}"#)],
            functions: [decode], state: nil),
        Case(
            name: "only pre-releases are affected",
            affected: [Affected(events: #"{"introduced":"1.1.0-rc.1"},{"fixed":"1.1.0"}"#)], functions: [decode],
            state: nil),
        Case(
            name: "the events are in another order",
            affected: [
                Affected(
                    events: #"{"fixed":"1.2.0"},{"introduced":"1.1.0"},{"fixed":"0.9.0"},{"introduced":"0"}"#)
            ], functions: [decode], state: .linked),
        Case(
            name: "the version lies between two ranges",
            affected: [
                Affected(
                    events: #"{"introduced":"1.2.0"},{"introduced":"0"},{"fixed":"1.0.0"},{"fixed":"1.3.0"}"#)
            ], functions: [decode], state: nil),
        Case(
            name: "two parts of the entry are about the module",
            affected: [
                Affected(events: #"{"introduced":"2.0.0"}"#), Affected(events: #"{"introduced":"1.0.0"}"#),
            ], functions: [decode], state: .linked),
        Case(
            name: "the version is a pseudo-version before the fix", functions: [decode],
            info: ["path\texample.com/m", "dep\texample.com/lib\tv1.1.1-0.20230101120000-0123456789ab\th1:x="],
            state: .linked),
        Case(
            name: "the version is incompatible", affected: [Affected(events: #"{"introduced":"2.0.0"}"#)],
            functions: [decode], info: ["path\texample.com/m", "dep\texample.com/lib\tv2.0.0+incompatible\th1:x="],
            state: .linked),
        Case(
            name: "a fork replaces the module", functions: [decode],
            info: ["path\texample.com/m", "dep\texample.com/lib\tv1.1.0", "=>\texample.com/fork\tv1.1.0\th1:x="],
            state: nil),
        Case(
            name: "the module replaces another, under whose path it is linked",
            functions: ["example.com/old/codec.Decode"],
            info: ["path\texample.com/m", "dep\texample.com/old\tv0.1.0", "=>\texample.com/lib\tv1.1.0\th1:x="],
            state: .linked),
        Case(
            name: "a folder replaces the module", functions: [decode],
            info: ["path\texample.com/m", "dep\texample.com/lib\tv1.1.0", "=>\t./lib\t\t"], state: .unknown),
        Case(
            name: "the module of the program has no version",
            affected: [
                Affected(module: "example.com/m", packages: #"{"path":"example.com/m","symbols":["serve"]}"#)
            ], functions: ["main.serve", decode], state: .unknown),
        Case(
            name: "the main package is affected",
            affected: [
                Affected(module: "example.com/m", packages: #"{"path":"example.com/m","symbols":["serve"]}"#)
            ], functions: ["main.serve"], info: ["path\texample.com/m", "mod\texample.com/m\tv1.0.0\t"],
            state: .linked),
        Case(
            name: "the standard library", affected: [library(#"{"introduced":"1.22.0-0"},{"fixed":"1.22.2"}"#)],
            functions: ["net/http.(*Server).Serve", decode], state: .linked),
        Case(
            name: "the standard library of a release candidate",
            affected: [library(#"{"introduced":"1.22.0-0"},{"fixed":"1.22.2"}"#)],
            functions: ["net/http.(*Server).Serve", decode], goVersion: "go1.22rc1", state: .linked),
        Case(
            name: "the standard library of an older Go",
            affected: [library(#"{"introduced":"1.22.0-0"},{"fixed":"1.22.2"}"#)],
            functions: ["net/http.(*Server).Serve", decode], goVersion: "go1.21.9", state: nil),
        Case(
            name: "Go with a suffix", affected: [library(#"{"introduced":"0"},{"fixed":"1.22.2"}"#)],
            functions: ["net/http.(*Server).Serve", decode], goVersion: "go1.22.1 X:boringcrypto", state: .linked),
        Case(
            name: "the go command is affected, and this is a program that it built",
            affected: [Affected(module: "toolchain", packages: #"{"path":"cmd/go","symbols":["main"]}"#)],
            functions: [decode], state: nil),
        Case(
            name: "the go command itself",
            affected: [
                Affected(
                    module: "toolchain", events: #"{"introduced":"0"}"#,
                    packages: #"{"path":"cmd/go","symbols":["main"]}"#)
            ], info: ["path\tcmd/go"], state: .linked),
        Case(name: "the names of dependencies are garbled", functions: ["a1b2c3.Xyz"], state: .unknown),
    ]

    static func library(_ events: String) -> Affected {
        Affected(
            module: "stdlib", events: events, packages: #"{"path":"net/http","symbols":["Server.Serve"]}"#)
    }

    @Test("A program is linked with what an advisory names, or it is not", arguments: cases)
    func state(_ one: Case) throws {
        let scan = try #require(try Self.scan(one))
        #expect(scan.advisories.map(\.state) == (one.state.map { [$0] } ?? []))
        #expect(scan.failure == nil && scan.gaps.isEmpty)
    }

    @Test("A program without build info cannot be looked up, and the result says so")
    func withoutBuildInfo() throws {
        let scan = try #require(try Self.scan(Case(name: "", info: [], state: nil)))
        #expect(scan.advisories.isEmpty)
        #expect(scan.gaps.count == 1)
    }

    @Test("A file that does not look like Go is not clean, because a program can hide that it is")
    func anotherLanguage() throws {
        let folder = try TemporaryFolder()
        try SampleDatabase.write(SampleDatabase.documents([]), to: FilePath(folder.url.path))
        let database = try VulnerabilityDatabase(FilePath(folder.url.path))
        #expect(database.scan(Subject(ELFBuilder.staticProgram(), expected: nil))?.gaps.count == 1)
        #expect(database.scan(Subject(Array("text".utf8), expected: nil)) == nil)
    }

    @Test("Without a version of Go the standard library is not looked up, and the result says so")
    func unknownGo() throws {
        let scan = try #require(try Self.scan(Case(name: "", goVersion: "devel +0123456789", state: nil)))
        #expect(scan.gaps.count == 1)
    }

    @Test("The first later version that is not affected again is the fix")
    func fix() throws {
        let events = #"{"introduced":"0"},{"fixed":"1.2.0"}"#
        let again = #"{"introduced":"1.2.0"},{"fixed":"1.4.0"}"#
        for (affected, fix) in [([events], "v1.2.0"), ([events, again], "v1.4.0"), ([#"{"introduced":"0"}"#], nil)] {
            let one = Case(
                name: "", affected: affected.map { Affected(events: $0) }, functions: [Self.decode], state: nil)
            #expect(try Self.scan(one)?.advisories.first?.fixedVersion == fix)
        }
    }

    static func scan(_ one: Case) throws -> AdvisoryScan? {
        let folder = try TemporaryFolder()
        try SampleDatabase.write(
            SampleDatabase.documents([("GO-2026-0001", one.affected, one.more)]), to: FilePath(folder.url.path))
        var program = GoProgram()
        program.functions += one.functions
        program.version = one.goVersion
        program.info = one.info.isEmpty ? [] : one.info + ["build\tGOOS=linux", "build\tGOARCH=amd64"]
        return try VulnerabilityDatabase(FilePath(folder.url.path)).scan(Subject(program.bytes, expected: nil))
    }
}
