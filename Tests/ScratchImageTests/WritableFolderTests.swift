import Testing

@testable import ScratchImage

/// Which folders a program may write to.
@Suite struct WritableFolderTests {
    @Test(arguments: [("/data", "data"), ("//var//lib/app/", "var/lib/app"), ("/tmp/cache", "tmp/cache")])
    func aFolderBelowTheRootIsTaken(_ text: String, _ path: String) throws {
        #expect(try WritableFolder(text).path == path)
    }

    @Test(
        arguments: [
            ("data", .relative("data")), ("", .relative("")), ("/", .root), ("//", .root),
            ("/a/../b", .climbing("/a/../b")),
            ("/./a", .climbing("/./a")), ("/proc", .mounted("/proc", "/proc")),
            ("/sys/fs", .mounted("/sys/fs", "/sys")),
            ("/dev/shm", .mounted("/dev/shm", "/dev")), ("/tmp/", .temporary),
        ] as [(String, WritableFolderError)])
    func othersAreRefused(_ text: String, _ error: WritableFolderError) {
        #expect(throws: error) { try WritableFolder(text) }
    }

    private func check(_ folders: [String], added: [TarEntry] = []) throws {
        try RootFiles(
            for: [], user: .standard, certificates: nil, zones: nil, added: added,
            writable: folders.map { try WritableFolder($0) }
        ).check(against: ["app"])
    }

    @Test(
        arguments: [
            (["/data", "/data/x"], "/data/x is in /data, which is writable as a whole; name one of them"),
            (["/app"], "/app is a file, and only a folder can be writable; choose another folder"),
            (["/app/data"], "/app has the path of a program; choose another target"),
            (["/srv/x"], "/srv/x is a file, and only a folder can be writable; choose another folder"),
            (["/srv/x/y"], "/srv/x/y would be below /srv/x, which is a file"),
            (
                ["/etc"],
                "/etc must not be writable, because the program could replace /etc/group; choose another folder"
            ),
            (["/data/.wh.x"], "/data/.wh.x: names that begin with .wh. hide files of an image; rename the file"),
        ])
    func whatTheProgramCouldReplaceIsKeptApart(_ folders: [String], _ reason: String) {
        let error = #expect(throws: ImageMakingError.self) { try check(folders, added: [.file("srv/x", [])]) }
        #expect(error?.description == reason)
    }

    /// A database file that a volume begins with is for the program to change.
    @Test func whatItHoldsBelongsToTheUser() throws {
        let files = RootFiles(
            for: [], user: .standard, certificates: nil, zones: nil,
            added: [.file("data/x/f", []), .file("data/run", [], mode: 0o555), .file("database", [])],
            writable: [try WritableFolder("/data")])
        let rights = files.entries.filter { $0.path.hasPrefix("data") }.map { entry in
            "\(entry.path) \(String(entry.mode, radix: 8)) \(entry.owner?.description ?? "root")"
        }
        let user = "65532:65532"
        #expect(
            rights == [
                "data 755 \(user)", "data/run 755 \(user)", "data/x 755 \(user)", "data/x/f 644 \(user)",
                "database 444 root",
            ])
    }

    @Test func aFolderMayHoldFilesOfTheUserAndBeNamedTwice() throws {
        try check(["/srv", "/srv/", "/data"], added: [.file("srv/x", [])])
    }
}
