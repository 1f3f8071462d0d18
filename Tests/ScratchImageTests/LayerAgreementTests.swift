import TestSupport
import Testing

@testable import ScratchImage

/// What runtimes do not all unpack alike is refused. The comments say what umoci 0.4.7 and podman 4.3.1 made of it.
@Suite struct LayerAgreementTests {
    typealias Member = Layers.Member

    /// An error that names the member.
    @Test(
        arguments: [
            // No runtime can unpack these.
            ([[.file("a"), .hard("b", "none")]], "b", .hardLinkTargetMissing("none")),
            ([[.folder("d"), .hard("b", "d")]], "b", .hardLinkToFolder("d")),
            ([[.file("a"), .hard("b", "a/c")]], "b", .hardLinkTargetMissing("a/c")),
            ([[.file("b")], [.hard("b", "b")]], "b", .hardLinkTargetMissing("b")),
            ([[.file("d/a")], [.hard("d", "d/a")]], "d", .hardLinkTargetMissing("d/a")),
            ([[.link("l", "l"), .file("l/a")]], "l/a", .linkLoop),
            ([[.link("l", "m"), .link("m", "l"), .file("m/a")]], "m/a", .linkLoop),
            ([[.file("a"), .file("a/b")]], "a/b", .belowFile("a")),
            ([[.file("a")], [.file("a/b")]], "a/b", .belowFile("a")),
            ([[.file("a"), .link("l", "a")], [.file("l/b")]], "l/b", .belowFile("l")),
            ([[.file("a")], [.file("a/.wh.b")]], "a/.wh.b", .belowFile("a")),
            (
                [[.file("a"), .file(String(repeating: "n", count: 256))]], String(repeating: "n", count: 256),
                .nameTooLong(limit: 255)
            ),
            ([[.file("a"), .link(".", "a")]], ".", .rootIsNotFolder),
            // umoci makes the folder that the link leads to, podman does not.
            ([[.link("l", "none"), .file("l/b")]], "l/b", .linkToNothing("l")),
            ([[.link("l", "none"), .file("l/b/c")]], "l/b/c", .linkToNothing("l/b")),
            // The last counts for umoci; podman and docker refuse the layer.
            ([[.file("app", "1"), .file("app", "2")]], "app", .repeatedName),
            ([[.file("app", "1"), .file("./app", "2")]], "./app", .repeatedName),
            ([[.file("app", "1"), .file("x/../app", "2")]], "x/../app", .repeatedName),
            ([[.file("../app", "1"), .file("../x/../app", "2")]], "../x/../app", .repeatedName),
            ([[.folder("d"), .folder("./d")]], "./d/", .repeatedName),
            ([[.folder("d"), .link("d", "e")]], "d", .repeatedName),
            ([[.file("app"), .file("b"), .hard("app", "b")]], "app", .repeatedName),
            ([[.folder("."), .folder("./")]], "./", .repeatedName),
            ([[.file(".wh.a"), .file(".wh.a")]], ".wh.a", .repeatedName),
            // podman removes what came before the whiteout.
            ([[.file("a")], [.file("a"), .file(".wh.a")]], ".wh.a", .whiteoutOfOwnLayer("a")),
            ([[.file("d/b")], [.file("d/a"), .file(".wh.d")]], ".wh.d", .whiteoutOfOwnLayer("d")),
            ([[.file("d/e/b")], [.file("d/e/a"), .file(".wh.d")]], ".wh.d", .whiteoutOfOwnLayer("d")),
            ([[.file("b"), .hard("a", "b"), .file(".wh.a")]], ".wh.a", .whiteoutOfOwnLayer("a")),
            ([[.folder("d")], [.folder("d"), .file(".wh.d")]], ".wh.d", .whiteoutOfOwnLayer("d")),
            (
                [[.folder("d"), .link("l", "d")], [.file("l/a"), .file("d/.wh.a")]], "d/.wh.a", .whiteoutOfOwnLayer("a")
            ),
            // podman keeps what the layer names, and not what is below something that it does not name.
            (
                [[.file("d/e/old")], [.file("d/e/new"), .file("d/.wh..wh..opq")]], "d/.wh..wh..opq",
                .whiteoutOfOwnLayer("e")
            ),
            ([[.file("d/e/new"), .file("d/.wh..wh..opq")]], "d/.wh..wh..opq", .whiteoutOfOwnLayer("e")),
            (
                [[.folder("d"), .link("l", "d")], [.file("l/a"), .file("d/.wh..wh..opq")]], "d/.wh..wh..opq",
                .whiteoutOfOwnLayer("a")
            ),
            // umoci makes the link. podman with overlay, and docker, unpack each layer on its own, and do not find the file.
            ([[.file("a")], [.hard("b", "a")]], "b", .hardLinkTargetBelow("a")),
            ([[.file("d/a")], [.file(".wh.b"), .hard("b", "d/a")]], "b", .hardLinkTargetBelow("d/a")),
            // umoci empties the folder behind the link, podman nothing.
            (
                [[.file("d/a"), .link("l", "d")], [.file("l/.wh..wh..opq")]], "l/.wh..wh..opq", .whiteoutThroughLink
            ),
            // podman sets the times of the folders at the end of the layer, and fails.
            ([[.folder("l/e"), .link("l", "d/app")]], "l/e/", .folderReplaced),
            ([[.folder("d/e"), .file("d")]], "d/e/", .folderReplaced),
            ([[.folder("d/e"), .link("l", "d")], [.folder("l/e"), .link("l", "x")]], "l/e/", .folderReplaced),
            // Both remove something else than a file: the folder itself, all of it, the folder above.
            ([[.file("d/.wh.")]], "d/.wh.", .whiteoutName),
            ([[.file("d/.wh..")]], "d/.wh..", .whiteoutName),
            ([[.file("d/.wh...")]], "d/.wh...", .whiteoutName),
            // umoci makes the folder, podman passes over those of aufs.
            ([[.file(".wh..wh.plnk/a")]], ".wh..wh.plnk/a", .whiteoutName),
            ([[.file(".wh.d/a")]], ".wh.d/a", .whiteoutName),
        ] as [([[Member]], String, TarError.Fault)])
    func whatRuntimesDoNotUnpackAlikeNamesTheMember(_ layers: [[Member]], _ member: String, _ fault: TarError.Fault)
        throws
    {
        let error = try #require(throws: TarError.self) { try Layers.joined(layers) }
        #expect(error.member == member)
        #expect(error.fault == fault)
    }

    /// Both unpack these alike.
    @Test(
        arguments: [
            ([[.file("app", "1"), .file("/app", "2")]], "/app", "2"),
            ([[.folder("d"), .link("l", "d"), .file("d/a", "1"), .file("l/a", "2")]], "/d/a", "2"),
            ([[.file("d/a", "1"), .file("d", "2")]], "/d", "2"),
            ([[.folder("d/e"), .file("e/a", "2")], [.folder("l/e"), .link("l", ".")]], "/l/e/a", "2"),
            ([[.file("d/e/old")], [.folder("d/e"), .file("d/e/new", "1"), .file("d/.wh..wh..opq")]], "/d/e/new", "1"),
            ([[.file("d/a")], [.file(".wh.d"), .file("d/b", "1")]], "/d/b", "1"),
            ([[.folder("d"), .link("l", "d")], [.file("l/e/f/a", "1")]], "/d/e/f/a", "1"),
            ([[.folder("d"), .link("l", "/d")], [.file("l/.wh.x"), .file("l/a", "1")]], "/d/a", "1"),
            ([[.link("a", "t"), .hard("b", "a"), .file("t", "1")]], "/b", "1"),
        ] as [([[Member]], String, String)])
    func whatRuntimesUnpackAlikeIsReadSo(_ layers: [[Member]], _ path: String, _ text: String) throws {
        #expect(try Layers.joined(layers).text(path) == text)
    }

    /// docker and podman count the name in a global header among those of the members, and remove what is there.
    @Test(
        arguments: [
            ("pax_global_header", nil), ("PaxHeaders/0", nil), ("/tmp/GlobalHead.1.1", nil),
            ("app", .globalHeaderName("app")), ("d/../app", .globalHeaderName("d/../app")),
            ("d/", .globalHeaderName("d/")), (".wh.app", .globalHeaderName(".wh.app")), ("new", .repeatedName),
            (".", .globalHeaderName(".")),
        ] as [(String, TarError.Fault?)])
    func theNameInAGlobalHeaderIsNoFiles(_ name: String, _ fault: TarError.Fault?) throws {
        let record = "13 comment=c\n"
        let header = RawTar.member(name, record, type: "g")
        var root = try Layers.joined([[.file("app", "1"), .file("d/b")]])
        let archive = try Archive(header + RawTar.member("new", "2") + RawTar.end)
        do {
            try root.apply(archive.stored)
            #expect(fault == nil)
            #expect(try root.text("/app") == "1")
        } catch let error as TarError {
            #expect(error.fault == fault)
        }
    }

    @Test func twoGlobalHeadersOfOneNameAreRefused() throws {
        let header = RawTar.pax(RawTar.record("comment", "c"), type: "g")
        var root = ImageRoot()
        let archive = try Archive(header + RawTar.member("a") + header + RawTar.member("b") + RawTar.end)
        let error = try #require(throws: TarError.self) { try root.apply(archive.stored) }
        #expect(error.fault == .repeatedName)
    }

    /// 40 links with 2,000 names each, again and again: what the specification allows, and no image needs.
    @Test func pathsOfMillionsOfStepsAreAnErrorAtOnce() throws {
        let target = String(repeating: "a/../", count: 800)
        var members: [Member] = [.folder("a")]
        members += (1...40).map { .link("l\($0)", $0 == 40 ? "a" : target + "l\($0 + 1)") }
        members += (1...1000).map { .file("l1/f\($0)") }
        let error = try #require(throws: TarError.self) { try Layers.joined([members]) }
        #expect(error.fault == .tooManySteps(limit: PathBudget.steps))
    }

    @Test func pathsLeadNowhereWithoutABudget() throws {
        var root = ImageRoot(budget: PathBudget(3))
        try root.apply(Archive(TarWriter.archive([.file("a", [1])], time: 0)).stored)
        #expect(root.place(at: "/a") != nil)
        #expect(root.place(at: "/././a/../a") == nil)
        #expect(root.place(at: "/a") == nil)
        #expect(root.budget.isExhausted)
    }
}
