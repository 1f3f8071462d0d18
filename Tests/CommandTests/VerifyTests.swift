import Foundation
import TestSupport
import Testing

@Suite struct VerifyTests {
    private func run(_ arguments: String...) throws -> Execution { try Execution(Checkout.program, arguments) }

    @Test func exitCodesAreThoseOfTheDesign() throws {
        #expect(try run("verify", Checkout.sample("c-static")).status == 0)
        #expect(try run("verify", Checkout.sample("c-dynamic")).status == 1)
        #expect(try run("verify", "/does/not/exist").status == 2)
        #expect(try run("verify").status == 64)
        #expect(try run("verify", "--platform", "linus", Checkout.sample("c-static")).status == 64)
        #expect(try run("--help").status == 0)
        #expect(try run("--version").output == "0.1.0\n")
    }

    @Test func aTreeInWhichNothingIsCheckedIsNoSuccess() throws {
        let folder = try TemporaryFolder()
        try folder.write("text", to: "readme.txt")
        let result = try run("verify", folder.url.path)
        #expect(result.status == 2)
        #expect(result.output.contains("no ELF file"))
    }

    @Test func oneBadFileAmongGoodOnesFailsTheRun() throws {
        let result = try run("verify", Checkout.sample("c-static"), Checkout.sample("c-dynamic"))
        #expect(result.status == 1)
        #expect(result.output.contains("1 ready, 1 not ready"))
        #expect(result.output.contains("no such file or directory"))
    }

    @Test func hostileNamesAreEscaped() throws {
        let folder = try TemporaryFolder()
        let name = folder.url.appending(path: "a\u{1b}[2J\n\u{202e}\u{9b}b").path
        try FileManager.default.copyItem(atPath: Checkout.sample("c-dynamic"), toPath: name)
        let result = try run("verify", "--color", "never", name)
        #expect(result.status == 1)
        let hazards: [Unicode.Scalar] = ["\u{1b}", "\u{202e}", "\u{9b}"]
        for hazard in hazards { #expect(!result.output.unicodeScalars.contains(hazard)) }
        let json = try run("verify", "--format", "json", name).output
        for hazard in hazards { #expect(!json.unicodeScalars.contains(hazard)) }
        let report = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect((report?["binaries"] as? [[String: Any]])?.first?["path"] as? String == name)
    }

    /// A process that has mapped a program changes it between two reads, and its times do not tell. Its note becomes an interpreter
    /// and back, so the program is ready every other moment.
    @Test func aStampIsAboutTheBytesThatWereJudged() throws {
        let folder = try TemporaryFolder()
        let script = """
            import hashlib, json, mmap, os, shutil, signal, subprocess, sys
            program, sample, path = sys.argv[1:]
            shutil.copy(sample, path)
            good = hashlib.sha256(open(path, 'rb').read()).hexdigest()
            with open(path, 'r+b') as file: view = mmap.mmap(file.fileno(), 0)
            table, size, count = (int.from_bytes(view[a:b], 'little') for a, b in ((32, 40), (54, 56), (56, 58)))
            note = next(p for p in range(table, table + size * count, size) if view[p] == 4)
            writer = os.fork()
            if writer == 0:
                while True: view[note] = 7 - view[note]
            stamped, runs = [], 0
            while len(stamped) < 15 and runs < 200:
                runs += 1
                subprocess.run([program, 'verify', '--stamp', '-q', path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                if not os.path.exists(path + '.intoto.json'): continue
                stamped.append(json.load(open(path + '.intoto.json'))['subject'][0]['digest']['sha256'])
            os.kill(writer, signal.SIGKILL)
            print(len(stamped) == 15, set(stamped) == {good})
            """
        let arguments = [Checkout.program, Checkout.sample("bare-static"), folder.url.appending(path: "app").path]
        let result = try Execution("python3", ["-c", script] + arguments)
        #expect(result.output == "True True\n", "\(result.output)\(result.errors)")
    }

    @Test func aFIFOInATreeIsPassedOver() throws {
        let folder = try TemporaryFolder()
        #expect(try Execution("mkfifo", [folder.url.appending(path: "fifo").path]).status == 0)
        try FileManager.default.copyItem(
            atPath: Checkout.sample("c-static"), toPath: folder.url.appending(path: "app").path)
        #expect(try run("verify", folder.url.path).status == 0)
        #expect(try run("verify", folder.url.appending(path: "fifo").path).status == 2)
    }

    @Test func jsonHoldsTheSameFacts() throws {
        let result = try run("verify", "--format", "json", Checkout.sample("c-dynamic"))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let binary = try #require((json["binaries"] as? [[String: Any]])?.first)
        #expect(binary["verdict"] as? String == "not-ready")
        let digest = try #require(binary["sha256"] as? String)
        #expect(try Execution("sha256sum", [Checkout.sample("c-dynamic")]).output.hasPrefix(digest))
    }

    @Test func aChangedRuleIsNamedWithItsReason() throws {
        let off = ["--rule", "interpreter=off:the image brings musl", "--rule", "needed-library=note"]
        let result = try Execution(Checkout.program, ["verify"] + off + [Checkout.sample("musl-dynamic")])
        #expect(result.status == 0)
        #expect(result.output.contains("rule interpreter: off, because: the image brings musl\n"))
        #expect(try run("verify", "--rule", "interpreter=of", Checkout.sample("c-static")).status == 64)
        #expect(
            try run("verify", "--rule", "interpeter=off", Checkout.sample("c-static")).errors.contains("'interpreter'?")
        )
    }

    @Test func aFileWithoutExecutePermissionIsRefused() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "app").path
        try FileManager.default.copyItem(atPath: Checkout.sample("c-static"), toPath: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let result = try run("verify", file)
        #expect(result.status == 1)
        #expect(result.output.contains("permission denied"))
    }

    @Test func inspectShowsTheInterpreter() throws {
        let result = try run("inspect", Checkout.sample("c-dynamic"))
        #expect(result.status == 1)
        #expect(result.output.contains("ld-linux"))
        #expect(result.output.contains("DT_NEEDED libc.so.6"))
    }

    /// The machine's own programs, none of which we made; the large ones take a debug build long.
    @Test func agreesWithReadelfOnTheMachinesPrograms() throws {
        let search = ["-c", "find /usr/bin -type f -perm -1 -size -4M | sort | head -300"]
        let files = try Execution("sh", search).output.split(separator: "\n").map(String.init)
        let result = try Execution(Checkout.program, ["verify", "--format", "json"] + files)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let binaries = try #require(json["binaries"] as? [[String: Any]])
        #expect(binaries.count > 50)
        for binary in binaries {
            let path = try #require(binary["path"] as? String)
            let rules = Set((binary["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String })
            let listing = try Execution("readelf", ["-lWd", path]).output
            #expect(rules.contains("interpreter") == listing.contains("[Requesting program interpreter:"), "\(path)")
            #expect(rules.contains("needed-library") == listing.contains("(NEEDED)"), "\(path)")
        }
    }
}
