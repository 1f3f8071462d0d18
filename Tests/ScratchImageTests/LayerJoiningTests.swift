import Testing

@testable import ScratchImage

/// Layers are joined as https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets says.
@Suite struct LayerJoiningTests {
    @Test func aFileOfAnUpperLayerReplacesThatOfALower() throws {
        let root = try Layers.root([[.file("f", "old")], [.file("f", "new")]])
        #expect(try root.text("/f") == "new")
    }

    @Test func filesOfAllLayersAreInTheRoot() throws {
        let root = try Layers.root([[.file("d/a", "1")], [.file("d/b", "2")]])
        #expect(root.names(in: "/d") == ["a", "b"])
    }

    /// "Deletions": the file and the whiteout are both absent from the root.
    @Test func aWhiteoutHidesAFileOfTheLayersBelow() throws {
        let root = try Layers.root([[.file("d/a"), .file("d/b")], [.file("d/.wh.a")]])
        #expect(root.names(in: "/d") == ["b"])
    }

    @Test func aWhiteoutHidesAFolderWithAllThatIsInIt() throws {
        let root = try Layers.root([[.file("d/e/a"), .file("d/b")], [.file("d/.wh.e")]])
        #expect(root.names(in: "/d") == ["b"])
    }

    /// "Whiteout files MUST only apply to resources in lower/parent layers."
    @Test func aWhiteoutDoesNotHideAFileThatItsLayerBringsAfterIt() throws {
        let root = try Layers.root([[.file("d/a", "old")], [.file("d/.wh.a"), .file("d/a", "new")]])
        #expect(try root.text("/d/a") == "new")
    }

    @Test func aFileCanComeBackAboveAWhiteout() throws {
        let root = try Layers.root([[.file("a", "1")], [.file(".wh.a")], [.file("a", "3")]])
        #expect(try root.text("/a") == "3")
    }

    @Test func aWhiteoutOfNothingChangesNothing() throws {
        #expect(try Layers.root([[.file("a")], [.file(".wh.b")]]).names(in: "/") == ["a"])
    }

    /// "Opaque Whiteout": hides all children of the lower layers, and none of its own layer, in any order.
    @Test(arguments: [[0, 1], [1, 0]]) func anOpaqueWhiteoutHidesAllThatIsBelow(_ order: [Int]) throws {
        let members: [Layers.Member] = [.file("d/.wh..wh..opq"), .file("d/new")]
        let root = try Layers.root([[.file("d/a"), .file("d/e/b"), .file("f")], order.map { members[$0] }])
        #expect(root.names(in: "/d") == ["new"])
        #expect(root.names(in: "/") == ["d", "f"])
    }

    @Test func anOpaqueWhiteoutReachesIntoSubfoldersOfItsLayer() throws {
        let root = try Layers.root([
            [.file("d/e/old")], [.folder("d/e"), .file("d/e/new"), .file("d/.wh..wh..opq")],
        ])
        #expect(root.names(in: "/d/e") == ["new"])
    }

    @Test func reservedWhiteoutNamesHideNothing() throws {
        #expect(try Layers.root([[.file("a")], [.file(".wh..wh.aufs")]]).names(in: "/") == ["a"])
    }

    @Test func aFolderOverAFolderKeepsTheContentAndTakesTheMode() throws {
        let root = try Layers.root([[.folder("d", mode: 0o700), .file("d/a")], [.folder("d", mode: 0o755)]])
        #expect(root.names(in: "/d") == ["a"])
        #expect(root.place(at: "/d")?.node.mode == 0o755)
    }

    @Test func aFileOverAFolderReplacesItWithAllThatIsInIt() throws {
        let root = try Layers.root([[.file("d/a")], [.file("d", "file")]])
        #expect(try root.text("/d") == "file")
        #expect(root.place(at: "/d/a") == nil)
    }

    @Test func aFolderOverAFileReplacesIt() throws {
        let root = try Layers.root([[.file("d", "file")], [.folder("d"), .file("d/a", "1")]])
        #expect(try root.text("/d/a") == "1")
    }

    @Test func missingFoldersAreMadeAsRuntimesMakeThem() throws {
        let node = try #require(try Layers.root([[.file("a/b/c")]]).place(at: "/a/b")?.node)
        #expect([node.mode, node.user, node.group] == [0o755, 0, 0])
    }

    @Test func aSymbolicLinkOverAFolderReplacesIt() throws {
        let root = try Layers.root([[.file("d/a", "1"), .file("e/b", "2")], [.link("d", "e")]])
        #expect(try root.text("/d/b") == "2")
        #expect(root.place(at: "/d/a") == nil)
    }

    /// /bin -> usr/bin in a lower layer: files of upper layers go where the link leads.
    @Test func aMemberBelowALinkToAFolderGoesIntoThatFolder() throws {
        let root = try Layers.root([[.folder("usr/bin"), .link("bin", "usr/bin")], [.file("bin/app", "1")]])
        #expect(root.names(in: "/usr/bin") == ["app"])
        #expect(root.place(at: "/bin/app")?.path == "/usr/bin/app")
    }

    @Test func aHardLinkIsTheSameFile() throws {
        let root = try Layers.root([[.file("a", "1"), .hard("b", "a")], [.file("a", "2")]])
        #expect(try root.text("/b") == "1")
        #expect(try root.text("/a") == "2")
    }

    @Test func namesWithTheSameTextInOtherBytesAreTwoFiles() throws {
        // ä as one character, and as a with a mark: equal strings to Swift.
        let root = try Layers.root([[.file("\u{e4}", "1"), .file("a\u{308}", "2")]])
        #expect(try root.text("/\u{e4}") == "1")
        #expect(try root.text("/a\u{308}") == "2")
    }

    @Test(arguments: ["./a", "/a", "a", ".//a", "./x/../a"]) func theSpellingOfANameDoesNotMatter(_ name: String) throws
    {
        let root = try Layers.root([[.file(name, "1")]])
        #expect(try root.text("/a") == "1")
        #expect(root.climbingNames.isEmpty)
    }

    @Test(arguments: ["../a", "x/../../a", "/../a"]) func aNameAboveTheRootIsRecordedAndStaysInTheRoot(_ name: String)
        throws
    {
        let root = try Layers.root([[.file(name, "1")]])
        #expect(root.climbingNames == [name])
        #expect(try root.text("/a") == "1")
    }
}

/// Paths in the root lead where path_resolution(7) says.
@Suite struct PathResolutionTests {
    private static let root = Result { try Layers.root([members]) }
    private static let members: [Layers.Member] = [
        .file("usr/bin/app", "app"), .link("bin", "usr/bin"), .link("abs", "/usr/bin/app"), .link("up", "../../usr"),
        .link("usr/bin/self", "app"), .link("usr/bin/above", "../../../usr/bin/app"), .link("loop", "loop"),
        .link("dangling", "nowhere"), .folder("empty"),
    ]

    @Test(arguments: [
        ("/usr/bin/app", "/usr/bin/app"), ("usr/bin/app", "/usr/bin/app"), ("//usr//bin/./app", "/usr/bin/app"),
        ("/bin/app", "/usr/bin/app"), ("/abs", "/usr/bin/app"), ("/bin/self", "/usr/bin/app"),
        ("/bin/above", "/usr/bin/app"), ("/up/bin/app", "/usr/bin/app"), ("/../../usr/bin/app", "/usr/bin/app"),
        // .. after a link is the parent of its target.
        ("/bin/../bin/app", "/usr/bin/app"), ("/empty/", "/empty"), ("/empty/.", "/empty"), ("/", "/"),
    ])
    func aPathLeadsToItsFile(_ path: String, _ target: String) throws {
        #expect(try PathResolutionTests.root.get().place(at: path)?.path == target)
    }

    @Test(arguments: [
        "/none", "/usr/bin/app/", "/usr/bin/app/.", "/usr/bin/app/x", "/loop", "/dangling", "/usr/bin/app/..",
    ])
    func aPathThatLeadsNowhereIsNil(_ path: String) throws {
        #expect(try PathResolutionTests.root.get().place(at: path) == nil)
    }

    /// Linux follows 40 links, and no more.
    @Test(arguments: [(39, true), (40, true), (41, false)]) func fortyLinksAreFollowed(_ count: Int, _ isFound: Bool)
        throws
    {
        let links = (1...count).map { Layers.Member.link("l\($0)", $0 == count ? "f" : "l\($0 + 1)") }
        #expect(try (Layers.root([[.file("f")] + links]).place(at: "/l1") != nil) == isFound)
    }

    @Test func aRelativePathStartsInTheWorkingFolder() throws {
        let root = try PathResolutionTests.root.get()
        #expect(root.place(at: "./app", from: "/usr/bin")?.path == "/usr/bin/app")
        #expect(root.place(at: "../bin/app", from: "/usr/bin")?.path == "/usr/bin/app")
    }

    /// inode(7): the owner's bits count for the owner, the group's for the group, else those of others.
    @Test(
        arguments: [
            (0o700, 0, true), (0o700, 1000, false), (0o701, 1000, true), (0o710, 1000, false),
        ] as [(UInt32, UInt32, Bool)])
    func aFolderThatTheUserMayNotEnterBarsTheWay(_ mode: UInt32, _ user: UInt32, _ isOpen: Bool) throws {
        let root = try Layers.root([[.folder("d", mode: mode), .file("d/f")]])
        #expect((root.place(at: "/d/f", for: .init(user: user, group: user)) != nil) == isOpen)
    }

    @Test(
        arguments: [
            (0o640, 4, 7, 9, true), (0o640, 2, 7, 9, true), (0o640, 4, 8, 9, true), (0o640, 2, 8, 9, false),
            (0o640, 4, 8, 8, false), (0o644, 4, 8, 8, true),
            // The owner's bits alone count for the owner, even if others may do more.
            (0o044, 4, 7, 9, false),
            // Root reads everything, and executes what anyone may execute.
            (0o000, 4, 0, 0, true), (0o000, 1, 0, 0, false), (0o001, 1, 0, 0, true),
        ] as [(UInt32, UInt32, UInt32, UInt32, Bool)])
    func permissionBitsCountForTheirClass(
        _ mode: UInt32, _ bits: UInt32, _ user: UInt32, _ group: UInt32, _ isPermitted: Bool
    ) {
        let node = ImageRoot.Node(kind: .special, mode: mode, user: 7, group: 9, layer: 0)
        #expect(node.permits(bits, to: .init(user: user, group: group)) == isPermitted)
    }
}
