import Foundation
import TestSupport
import Testing

/// The gate as a user runs it, on what check has built.
@Suite(.serialized) struct GateCommandTests {
    private let module: GoModule

    init() throws {
        module = try GoModule(["a/main.go": GoModule.hello, "b/main.go": GoModule.hello])
        for (name, type) in [("own", "ecdsa-p256"), ("other", "ed25519")] {
            #expect(try module.run(["keygen", name, "--type", type]).status == 0)
        }
        let result = try module.check(["./...", "-p", "linux/amd64,linux/386", "--key", "own.key", "-q"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
    }

    private func gate(_ arguments: [String]) throws -> Execution {
        try module.run(["gate", "--trust", "own.pub"] + arguments)
    }

    @Test func whatCheckHasStampedIsLetThrough() throws {
        let result = try gate(["dist", "--require", "linux/amd64,linux/386"])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("4 admitted, 0 refused"))
        let missing = try gate(["dist", "--require", "linux/arm64"])
        #expect(missing.status == 1)
        #expect(missing.output.contains("missing: no file for linux/arm64"))
    }

    @Test func anotherKeyOrNoneLetsNothingThrough() throws {
        #expect(try module.run(["gate", "--trust", "other.pub", "dist"]).output.contains("unknown-key"))
        #expect(try module.run(["gate", "--allow-unsigned", "dist"]).status == 1)
        #expect(try module.run(["gate", "dist"]).status == 64)
        #expect(try gate(["--allow-unsigned", "dist"]).status == 64)
        #expect(try module.run(["gate", "--trust", "own.key", "dist"]).errors.contains("this is a private key"))
        #expect(try module.run(["gate", "--trust", "absent.pub", "dist"]).status == 2)
    }

    @Test func aProgramWithoutStampIsRefusedAndNotSkipped() throws {
        try FileManager.default.copyItem(
            atPath: Checkout.sample("c-static"), toPath: module.path("dist/linux/amd64/helper"))
        let result = try gate(["dist"])
        #expect(result.status == 1)
        #expect(result.output.contains("helper: no stamp beside it"))
        try FileManager.default.removeItem(atPath: module.path("dist/linux/amd64/a.intoto.jsonl"))
        #expect(try gate(["dist"]).output.contains("3 admitted, 2 refused"))
    }

    /// What has no effect is refused: a pipeline would believe that something was checked.
    @Test(arguments: [["--insecure"], ["--stamps", "dist"], ["--max-db-age", "1d"]])
    func optionsWithoutEffectAreRefused(option: [String]) throws {
        let result = try gate(["dist"] + option)
        #expect(result.status == 64 && result.errors.contains(option[0]), "\(result.errors)")
        if option == ["--insecure"] { #expect(try module.run(["verify", "dist"] + option).status == 64) }
    }

    /// `check` stamps no program for another system, so advice to run it leads nowhere.
    @Test func aProgramForAnotherSystemSaysWhyItHasNoStamp() throws {
        #expect(try module.check(["./a", "-p", "freebsd/amd64", "-q"]).status == 0)
        let result = try gate(["dist"])
        #expect(result.status == 1 && result.output.contains("4 admitted, 1 refused"), "\(result.output)")
        #expect(
            result.output.contains("freebsd/amd64/a: it is for freebsd/amd64, and only programs for Linux get stamps"))
        #expect(try gate(["dist/linux"]).status == 0)
    }

    @Test func exactlyTheVerifiedBytesAreCopied() throws {
        #expect(try gate(["dist", "--copy-to", "image/root"]).status == 0)
        for name in ["linux/amd64/a", "linux/386/b"] {
            #expect(try module.bytes("image/root/\(name)") == module.bytes("dist/\(name)"))
            #expect(FileManager.default.isExecutableFile(atPath: module.path("image/root/\(name)")))
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: module.path("image/root/linux/386")).sorted() == [
                "a", "b",
            ])
    }

    @Test func nothingIsCopiedWhereAnythingIsRefused() throws {
        try FileManager.default.removeItem(atPath: module.path("dist/linux/amd64/a.intoto.jsonl"))
        #expect(try gate(["dist", "--copy-to", "image"]).status == 1)
        #expect(!module.holds("image"))
    }

    /// The file is replaced, again and again, while gates run: what is copied is what its stamp speaks of, or nothing.
    @Test func aFileThatIsReplacedMeanwhileIsNeverCopied() throws {
        let good = try module.bytes("dist/linux/amd64/a")
        try FileManager.default.copyItem(atPath: Checkout.sample("c-dynamic"), toPath: module.path("evil"))
        try FileManager.default.copyItem(atPath: module.path("dist/linux/amd64/a"), toPath: module.path("good"))
        let script = """
            cd "$1"; target=dist/linux/amd64/a
            while [ ! -e stop ]; do cp evil .x && mv .x $target; cp good .x && mv .x $target; done &
            for i in 1 2 3 4 5 6 7 8; do "$0" gate --trust own.pub --copy-to out-$i $target >/dev/null; echo $?; done
            touch stop; wait
            """
        let result = try Execution("bash", ["-c", script, Checkout.program, module.path("")])
        let codes = result.output.split(separator: "\n")
        #expect(codes.count == 8)
        for (index, code) in codes.enumerated() {
            let copy = "out-\(index + 1)/a"
            #expect(module.holds(copy) == (code == "0"))
            if module.holds(copy) { #expect(try module.bytes(copy) == good) }
        }
    }

    @Test func linksAreFollowedAndFoldersBehindThemNamed() throws {
        let files = FileManager.default
        try files.createSymbolicLink(atPath: module.path("dist/latest"), withDestinationPath: "linux/amd64/a")
        #expect(try gate(["dist"]).output.contains("latest: no stamp beside it"))
        try files.removeItem(atPath: module.path("dist/latest"))
        try files.createSymbolicLink(atPath: module.path("dist/usr"), withDestinationPath: "/usr")
        let result = try gate(["dist"])
        #expect(result.status == 2)
        #expect(result.output.contains("link to a folder, which is not searched"))
    }

    /// The link is swapped for one to another program: its stamp is still that of the first.
    @Test func aSwappedLinkIsRefused() throws {
        let files = FileManager.default
        try files.copyItem(
            atPath: module.path("dist/linux/amd64/a.intoto.jsonl"), toPath: module.path("app.intoto.jsonl"))
        try files.createSymbolicLink(atPath: module.path("app"), withDestinationPath: "dist/linux/amd64/a")
        #expect(try gate(["--allow-renamed", "app"]).status == 0)
        try files.removeItem(atPath: module.path("app"))
        try files.createSymbolicLink(atPath: module.path("app"), withDestinationPath: Checkout.sample("c-static"))
        #expect(try gate(["app"]).output.contains("digest-mismatch"))
    }

    @Test func anInterruptedGateLeavesNothingHalfMade() throws {
        for index in 0..<200 {
            for suffix in ["", ".intoto.jsonl"] {
                try FileManager.default.copyItem(
                    atPath: module.path("dist/linux/amd64/a\(suffix)"),
                    toPath: module.path("dist/copy-\(index)\(suffix)"))
            }
        }
        let script =
            "\"$0\" gate --trust own.pub --allow-renamed --copy-to image dist >/dev/null & pid=$!; sleep 0.5; kill -INT $pid; wait $pid"
        let result = try Execution("bash", ["-c", script, Checkout.program], in: module.folder.url)
        // Where the machine was fast enough to finish, everything is there.
        #expect(result.status == 130 ? !module.holds("image") : module.holds("image/copy-199"))
    }

    @Test func theReportIsForProgramsToo() throws {
        try FileManager.default.removeItem(atPath: module.path("dist/linux/386/b.intoto.jsonl"))
        let result = try gate(["dist", "--format", "json"])
        #expect(result.status == 1)
        let file = try module.folder.write(result.output, to: "gate.json")
        let schema = Checkout.root.appending(path: "docs/gate-report.schema.json").path
        #expect(try Client.run("check-jsonschema", ["--schemafile", schema, file.path]).status == 0)
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let binaries = try #require(report?["binaries"] as? [[String: Any]])
        #expect(binaries.map { $0["isAdmitted"] as? Bool } == [true, false, true, true])
        #expect(binaries[1]["reason"] as? String == "missing")
        #expect(
            try Execution("sha256sum", [module.path("dist/linux/386/a")]).output.hasPrefix(
                binaries[0]["sha256"] as? String ?? "-"))
    }

    @Test func otherStampsThanUnderThisPolicyAreStale() throws {
        #expect(try gate(["dist", "--rule", "packed=off"]).output.contains("stale-policy"))
        let old = try module.check(
            ["./a", "-p", "linux/amd64", "--key", "own.key"], environment: ["SOURCE_DATE_EPOCH": "1000000000"])
        #expect(old.status == 0)
        #expect(try gate(["dist/linux/amd64/a"]).status == 0)
        #expect(try gate(["dist/linux/amd64/a", "--max-age", "30d"]).output.contains("expired"))
        #expect(try gate(["dist", "--max-age", "soon"]).status == 64)
    }

    @Test func filesFromElsewhereCanBeStampedToo() throws {
        try FileManager.default.copyItem(atPath: Checkout.sample("c-static"), toPath: module.path("tool"))
        #expect(try module.run(["verify", "--stamp", "--key", "own.key", "tool"]).status == 0)
        #expect(try gate(["tool"]).status == 0)
        try FileManager.default.removeItem(atPath: module.path("tool"))
        try FileManager.default.copyItem(atPath: Checkout.sample("c-dynamic"), toPath: module.path("tool"))
        #expect(try module.run(["verify", "--stamp", "--key", "own.key", "tool"]).status == 1)
        #expect(!module.holds("tool.intoto.jsonl"), "a file that fails loses its stamp")
    }

    @Test func keysAreGuarded() throws {
        let arguments = ["./a", "-p", "linux/amd64", "-q", "--key"]
        let attributes = try FileManager.default.attributesOfItem(atPath: module.path("own.key"))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try module.run(["keygen", "own"]).status == 2, "a key that is there is left alone")
        let text = String(decoding: try module.bytes("own.key"), as: UTF8.self)
        #expect(try module.check(arguments + ["env:STAMP_KEY"], environment: ["STAMP_KEY": text]).status == 0)
        #expect(try gate(["dist/linux/amd64/a"]).status == 0)
        #expect(
            try module.check(arguments + ["env:NO_SUCH_KEY"]).errors.contains(
                "environment variable NO_SUCH_KEY is not set"))
        #expect(try module.check(arguments.dropLast() + ["--key=\(text)"]).errors.contains("never the key itself"))
        #expect(try Execution("chmod", ["640", module.path("own.key")]).status == 0)
        let readable = try module.check(arguments + ["own.key"])
        #expect(readable.status == 2)
        #expect(readable.errors.contains("other users can read it (mode 640)"))
    }

    @Test func anUnsignedStampIsReplacedByASignedOne() throws {
        let arguments = ["./a", "-p", "linux/amd64", "-q"]
        #expect(try module.check(arguments).status == 0)
        #expect(module.holds("dist/linux/amd64/a.intoto.json") && !module.holds("dist/linux/amd64/a.intoto.jsonl"))
        #expect(try module.run(["gate", "--allow-unsigned", "dist/linux/amd64/a"]).status == 0)
        #expect(try gate(["dist/linux/amd64/a"]).status == 1)
        #expect(try module.check(arguments + ["--key", "own.key", "--stamp-format", "sigstore"]).status == 0)
        #expect(!module.holds("dist/linux/amd64/a.intoto.json") && module.holds("dist/linux/amd64/a.sigstore.json"))
        #expect(try module.check(arguments + ["--stamp-format", "sigstore"]).status == 64)
    }
}
