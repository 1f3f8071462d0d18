import Foundation
import SystemPackage
import TestSupport
import Testing
import Verification

@testable import Vulnerabilities

/// Databases in folders and archives; the archives are made by Python's zipfile.
struct DatabaseTests {
    private static let documents = SampleDatabase.documents([("GO-2026-0001", [SampleDatabase.Affected()], "")])

    private static func archive(_ compression: String, in folder: TemporaryFolder) throws -> FilePath {
        let tree = folder.url.appending(path: "db").path
        try SampleDatabase.write(documents, to: FilePath(tree))
        let file = folder.url.appending(path: "db.zip").path
        _ = try Python.run(
            """
            import os, sys, zipfile
            with zipfile.ZipFile(sys.argv[2], 'w', getattr(zipfile, sys.argv[3])) as archive:
                archive.comment = b'a comment'
                for place, _, names in os.walk(sys.argv[1]):
                    for name in names:
                        path = os.path.join(place, name)
                        archive.write(path, os.path.relpath(path, sys.argv[1]))
            """, [tree, file, compression])
        return FilePath(file)
    }

    @Test("An archive is read, stored or compressed", arguments: ["ZIP_STORED", "ZIP_DEFLATED"])
    func archives(compression: String) throws {
        let folder = try TemporaryFolder()
        let database = try VulnerabilityDatabase(Self.archive(compression, in: folder))
        #expect(database.modified == "2026-01-02T03:04:05Z")
        #expect(try database.entries(about: "example.com/lib", at: nil).map(\.id) == ["GO-2026-0001"])
    }

    @Test("Archives with another compression are refused")
    func otherCompression() throws {
        let folder = try TemporaryFolder()
        #expect(throws: VulnerabilityError.self) {
            try VulnerabilityDatabase(Self.archive("ZIP_BZIP2", in: folder))
        }
    }

    @Test("Compressed documents are read from a folder")
    func compressedDocuments() throws {
        let folder = try TemporaryFolder()
        try SampleDatabase.write(Self.documents, to: FilePath(folder.url.path))
        _ = try Python.run(
            """
            import gzip, os, sys
            for place, _, names in os.walk(sys.argv[1]):
                for name in names:
                    path = os.path.join(place, name)
                    with open(path, 'rb') as plain, gzip.open(path + '.gz', 'wb') as packed: packed.write(plain.read())
                    os.remove(path)
            """, [folder.url.path])
        let database = try VulnerabilityDatabase(FilePath(folder.url.path))
        #expect(try database.entries(about: "example.com/lib", at: nil).count == 1)
    }

    @Test(
        "A database that lacks a document or has another form is refused",
        arguments: [
            ("index/db.json", nil), ("index/modules.json", nil), ("index/db.json", "{}"),
            ("index/db.json", #"{"modified":"today"}"#), ("index/modules.json", "[{}]"), ("index/modules.json", "]"),
        ])
    func refused(document: String, text: String?) throws {
        let folder = try TemporaryFolder()
        var documents = Self.documents
        documents[document] = text
        try SampleDatabase.write(documents, to: FilePath(folder.url.path))
        #expect(throws: VulnerabilityError.self) { try VulnerabilityDatabase(FilePath(folder.url.path)) }
    }

    @Test(
        "An entry that cannot be read makes a program not ready, whatever the level of the rule",
        arguments: [
            #"{"id":"GO-2026-0001""#, #"{"id":"GO-2026-0002","affected":[]}"#, "",
            // Versions that cannot be compared, and an event of OSV that this database does not have.
            DatabaseTests.entry(events: #"{"introduced":"one"}"#),
            DatabaseTests.entry(events: #"{"introduced":"0"},{"last_affected":"1.0.0"}"#),
            DatabaseTests.entry(events: #"{"introduced":"0","fixed":"1.0.0"}"#),
            // A malformed time does not withdraw an entry.
            DatabaseTests.entry(events: #"{"introduced":"0"}"#, more: #""withdrawn":"","#),
            DatabaseTests.entry(events: #"{"introduced":"0"}"#, more: #""withdrawn":"soon","#),
        ])
    func damagedEntry(text: String) throws {
        let folder = try TemporaryFolder()
        var documents = Self.documents
        documents["ID/GO-2026-0001.json"] = text
        try SampleDatabase.write(documents, to: FilePath(folder.url.path))
        var program = GoProgram()
        program.info += ["dep\texample.com/lib\tv1.1.0\th1:x="]
        let policy = try Policy(changes: [.init(rule: "vulnerable", level: nil)])
            .lookingUp(in: try VulnerabilityDatabase(FilePath(folder.url.path)))
        let judgement = policy.judge(Subject(program.bytes, expected: nil))
        #expect(judgement.verdict == .notReady)
        #expect(judgement.errors.map(\.rule) == ["vulnerable"])
    }

    private static func entry(events: String, more: String = "") -> String {
        """
        {"id":"GO-2026-0001",\(more)"affected":[
            {"package":{"name":"example.com/lib"},"ranges":[{"type":"SEMVER","events":[\(events)]}]}]}
        """
    }

    @Test("An identifier in the index that leads out of the database is refused")
    func climbingIdentifier() throws {
        let folder = try TemporaryFolder()
        var documents = Self.documents
        documents["index/modules.json"] = #"[{"path":"example.com/lib","vulns":[{"id":"../index/db"}]}]"#
        try SampleDatabase.write(documents, to: FilePath(folder.url.path))
        let database = try VulnerabilityDatabase(FilePath(folder.url.path))
        #expect(throws: VulnerabilityError.malformed("index/modules.json", in: folder.url.path)) {
            try database.entries(about: "example.com/lib", at: nil)
        }
    }

    @Test("A database is as old as its last change", arguments: [(86_400, 86_400, true), (86_400, 86_401, false)])
    func age(allowed: Int, age: Int, isAccepted: Bool) throws {
        let folder = try TemporaryFolder()
        try SampleDatabase.write(Self.documents, to: FilePath(folder.url.path))
        let database = try VulnerabilityDatabase(FilePath(folder.url.path))
        // 2026-01-02T03:04:05Z, by date -d.
        let modified = 1_767_323_045
        let isRefused = (try? database.checkAge(seconds: allowed, now: modified + age)) == nil
        #expect(isRefused != isAccepted)
    }
}

/// Databases that were changed at random: they are read or refused, and nothing crashes or takes long.
struct MutatedDatabaseTests {
    @Test("A mutated archive is read or refused", arguments: 0..<4)
    func archives(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let tree = FilePath(folder.url.path)
        let whole = try Self.storedZip(SampleDatabase.documents([("GO-2026-0001", [SampleDatabase.Affected()], "")]))
        var generator = SplitMix64(seed: seed)
        var program = GoProgram()
        program.info += ["dep\texample.com/lib\tv1.1.0\th1:x="]
        let subject = Subject(program.bytes, expected: nil)
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = generator.pick(0, [0xff, 0x7f, 0x22, UInt8.random(in: 0...255, using: &generator)])
            }
            if generator.once(in: 8) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator)) }
            let path = tree.appending("m.zip")
            try Data(bytes).write(to: URL(filePath: path.string))
            _ = (try? VulnerabilityDatabase(path))?.scan(subject)
        }
    }

    @Test("Mutated documents are read or refused", arguments: 0..<4)
    func documents(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let tree = FilePath(folder.url.path)
        let whole = SampleDatabase.documents([("GO-2026-0001", [SampleDatabase.Affected()], "")])
        try SampleDatabase.write(whole, to: tree)
        var generator = SplitMix64(seed: seed)
        var program = GoProgram()
        program.functions += ["example.com/lib/codec.Decode"]
        program.info += ["dep\texample.com/lib\tv1.1.0\th1:x="]
        let subject = Subject(program.bytes, expected: nil)
        let names = whole.keys.sorted()
        let pieces = ["\"", "{", "}", "[", "]", "null", "1e999", "-", "\\u0000", ",", ":", "999999999999999999999.0.0"]
        for _ in 0..<500 {
            let name = generator.pick(names[0], Array(names.dropFirst()))
            var text = Array(whole[name] ?? "")
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<text.count, using: &generator)
                let piece = generator.pick(pieces[0], Array(pieces.dropFirst()))
                text.replaceSubrange(
                    place..<min(text.count, place + Int.random(in: 0...9, using: &generator)), with: piece)
            }
            try SampleDatabase.write([name: String(text)], to: tree)
            _ = (try? VulnerabilityDatabase(tree))?.scan(subject)
            try SampleDatabase.write([name: whole[name] ?? ""], to: tree)
        }
    }

    private static func storedZip(_ documents: [String: String]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try SampleDatabase.write(documents, to: FilePath(folder.url.path))
        let file = folder.url.appending(path: "../\(folder.url.lastPathComponent).zip").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try Python.run(
            """
            import os, sys, zipfile
            with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as archive:
                for place, _, names in os.walk(sys.argv[1]):
                    for name in names:
                        path = os.path.join(place, name)
                        archive.write(path, os.path.relpath(path, sys.argv[1]))
            """, [folder.url.path, file])
        return Array(try Data(contentsOf: URL(filePath: file)))
    }
}
