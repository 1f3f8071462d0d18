import Attestation
import ELF
import TestSupport
import Testing

@testable import GoBinary
@testable import Reporting

/// https://systemd.io/PACKAGE_METADATA_FOR_EXECUTABLE_FILES/: "a single JSON object encoded as a NUL-terminated UTF-8 string"; each
/// name is unique, and strings contain no control characters. URLs as https://github.com/package-url/purl-spec writes its types.
@Suite struct PackageNoteTests {
    private func notes(_ all: [ELFBuilder.Note]) throws -> [PackageNote] {
        var program = ELFBuilder()
        program.notes = all
        return PackageNote.all(in: try ELFImage(program.bytes).notes)
    }

    private func note(_ text: String, owner: String = "FDO", type: UInt32 = 0xcafe_1a7e, end: Int = 1)
        -> ELFBuilder.Note
    {
        .init(owner, type: type, Array(text.utf8) + [UInt8](repeating: 0, count: end))
    }

    @Test(
        arguments: [
            (
                #"{"type":"deb","os":"debian","osVersion":"12","name":"zlib1g","version":"1:1.2.13+b1","architecture":"amd64"}"#,
                "pkg:deb/debian/zlib1g@1%3A1.2.13%2Bb1?arch=amd64&distro=debian-12"
            ),
            (
                #"{"type":"rpm","os":"fedora","name":"Coreutils","version":"2:9.1-3.fc38","osCpe":"cpe:/o:f:f:38"}"#,
                "pkg:rpm/fedora/Coreutils@9.1-3.fc38?epoch=2"
            ),
            (#"{"type":"apk","os":"alpine","name":"musl","version":"1.2.4-r2"}"#, "pkg:apk/alpine/musl@1.2.4-r2"),
            (#"{"name":"a b/c","version":"1"}"#, "pkg:generic/a%20b%2Fc@1"), (#"{"name":"x"}"#, "pkg:generic/x"),
            (#"{"type":"deb","name":"x","version":"1"}"#, "pkg:generic/x@1"),
            (#"{"name":"x","purl":"pkg:github/a/b@1.0"}"#, "pkg:github/a/b@1.0"),
            (#"{"name":"x","purl":"pkg:a/b c"}"#, "pkg:generic/x"),
            (#"{"name":"x","purl":"https://example.com/"}"#, "pkg:generic/x"),
        ]) func aNoteNamesAPackage(text: String, url: String) throws
    {
        #expect(try notes([note(text)]).map(\.packageURL) == [url])
        #expect(try notes([note(text, end: 0), note(text, end: 7)]).map(\.packageURL) == [url])
    }

    @Test(arguments: [
        "", "{", "[]", "null", #""x""#, "{}", #"{"name":""}"#, #"{"name":5}"#, #"{"name":"x","version":5}"#,
        #"{"name":"x","name":"y"}"#, #"{"name":"x"} {}"#, #"{"name":"x\n"}"#, #"{"name":"\#u{1b}[31m"}"#,
        #"{"name":"x","version":"\u0007"}"#, #"{"name":"\ud800"}"#,
        #"{"name":"\#(String(repeating: "x", count: 5000))"}"#, String(repeating: #"{"name":"#, count: 1000),
    ]) func whatIsNotAsItMustBeNamesNone(text: String) throws {
        #expect(try notes([note(text)]).isEmpty)
        // The one behind it is read.
        #expect(try notes([note(text), note(#"{"name":"y"}"#)]).map(\.name) == ["y"])
    }

    @Test func anotherOwnerOrTypeIsAnotherNote() throws {
        let text = #"{"name":"x"}"#
        #expect(try notes([note(text, owner: "GNU"), note(text, owner: "fdo"), note(text, type: 1)]).isEmpty)
    }

    @Test func textThatReordersALineIsWrittenOut() throws {
        #expect(try notes([note("{\"name\":\"a\u{202e}b\"}")]).map(\.name) == [#"a\u{202e}b"#])
    }

    /// A Go program that C is linked into has both.
    @Test func packagesStandBesideModules() throws {
        var program = ELFBuilder()
        program.notes = [note(#"{"name":"zlib"}"#), note(#"{"name":"musl"}"#)]
        let info = BuildInfo(goVersion: "go1.22.1", text: "path\tm.example/a\nmod\tm.example/a\tv1.0.0\n")
        let binary = BillOfMaterials.Binary(
            path: "app", digest: Digest(of: []), buildInfo: info, notes: try ELFImage(program.bytes).notes)
        #expect(
            binary.dependencies.map(\.packageURL) == [
                "pkg:generic/musl", "pkg:generic/zlib", "pkg:golang/stdlib@1.22.1",
            ])
        #expect(binary.direct.count == 3)
        let bare = try ELFImage(ELFBuilder.staticProgram()).notes
        #expect(BillOfMaterials.Binary(path: "app", digest: Digest(of: []), notes: bare) == nil)
    }

    @Test func thereIsALimit() throws {
        #expect(try notes((0..<200).map { note("{\"name\":\"p\($0)\"}") }).count == 64)
    }
}
