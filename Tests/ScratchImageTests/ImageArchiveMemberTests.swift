import Attestation
import Files
import SystemPackage
import TestSupport
import Testing

@testable import ScratchImage

/// Clients look for a file of an archive by its name, and take the first or the last, or unpack the archive. What they would not
/// all find is refused.
@Suite struct ImageArchiveMemberTests {
    typealias Member = Layers.Member

    private static let configuration =
        #"{"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": []}}"#
    private static func list(_ layers: String = "") -> String {
        #"[{"Config": "c.json", "RepoTags": null, "Layers": [\#(layers)]}]"#
    }
    private static let image: [Member] = [.file("c.json", configuration), .file("manifest.json", list())]

    private func read(_ members: [Member], _ form: ImageSource.Form = .docker) throws -> [ImageSource.Entry] {
        let archive = try Archive(RawTar.archive(members))
        return try ImageSource(form, path: archive.path).entries()
    }

    private func reason(_ members: [Member], _ form: ImageSource.Form = .docker) -> String {
        do { return "read: \(try read(members, form).count)" } catch { return "\(error)" }
    }

    @Test func anArchiveOfDockerIsRead() {
        #expect(reason(Self.image) == "read: 1")
        #expect(reason(Self.image.map { $0.prefixed("./") } + [.folder("./"), .folder("x")]) == "read: 1")
    }

    @Test(
        arguments: [
            ([.file("manifest.json", "[]")], "'manifest.json' at byte", "two files of this name"),
            ([.file("./manifest.json", "[]")], "'./manifest.json'", "two files of this name"),
            ([.file("x/../manifest.json", "[]")], "'x/../manifest.json'", "the name must be a path without"),
            ([.file("/manifest.json", "[]")], "'/manifest.json'", "the name must be a path without"),
            ([.file("x//manifest.json", "[]")], "'x//manifest.json'", "the name must be a path without"),
            ([.file("../manifest.json", "[]")], "'../manifest.json'", "the name must be a path without"),
            ([.file("././manifest.json", "[]")], "'././manifest.json'", "the name must be a path without"),
            ([.link("manifest.json", "c.json")], "'manifest.json'", "two files of this name"),
            ([.link("other", "c.json")], "'other'", "a link or device"),
            ([.hard("other", "c.json")], "'other'", "a link or device"),
            ([.link("a/layer.tar", "../b/other.tar")], "'a/layer.tar'", "a link or device"),
            ([.link("a/layer.tar", "../c.json")], "'a/layer.tar'", "a link or device"),
            ([.link("a/layer.tar", "/b.tar"), .file("b.tar")], "'a/layer.tar'", "a link or device"),
            ([.link("a/layer.tar", "../none.tar")], "'a/layer.tar'", "a link or device"),
            ([.link("a/layer.tar", "../../b/layer.tar")], "'a/layer.tar'", "a link or device"),
            ([.link("a/layer.tar", "../b/layer.tar")], "'a/layer.tar'", "a link or device"),
            (
                [.link("a/layer.tar", "../b/layer.tar"), .link("b/layer.tar", "../a/layer.tar")], "'a/layer.tar'",
                "a link or device"
            ),
        ] as [([Member], String, String)])
    func whatClientsWouldNotAllFindIsRefused(_ members: [Member], _ name: String, _ words: String) {
        let reason = reason(Self.image + members)
        #expect(reason.contains("member " + name) && reason.contains(words), "\(reason)")
    }

    @Test func anIndexByALinkIsRefused() throws {
        let marker = Member.file("oci-layout", #"{"imageLayoutVersion": "1.0.0"}"#)
        let index = #"{"schemaVersion": 2, "manifests": []}"#
        #expect(reason([marker, .file("index.json", index)], .archive) == "holds no image")
        #expect(reason([marker, .file("i", index), .link("index.json", "i")], .archive).contains("a link or device"))
        #expect(reason([marker, .file("x/../index.json", index)], .archive).contains("the name must be a path"))
    }

    /// docker before version 25 wrote a layer once, and a link for each further image; podman writes links to all.
    @Test(arguments: ["b/layer.tar", "b.tar"]) func aLinkToALayerOfTheSameArchiveIsFollowed(_ layer: String) throws {
        let list = #"["a/layer.tar", "\#(layer)"]"#
        let manifest = #"[{"Config": "c.json", "RepoTags": null, "Layers": \#(list)}]"#
        let members: [Member] = [
            .file("c.json", Self.configuration), .link("a/layer.tar", "../\(layer)"), .file(layer, "layer"),
            .file("manifest.json", manifest),
        ]
        let entry = try #require(try read(members).first)
        #expect(
            try entry.layers.map { String(decoding: try $0.file.all(limit: 9), as: UTF8.self) } == ["layer", "layer"])
    }

    /// Clients that use containerd read index.json of the same archive.
    @Test func bothListsOfAnArchiveNameTheSameImages() {
        func layout(_ configuration: String) -> [Member] {
            let digest = Digest(of: Array(configuration.utf8))
            let manifest =
                #"{"schemaVersion": 2, "config": {"mediaType": "\#(HandMadeLayout.configuration)", "digest": "sha256:\#(digest)", "#
                + #""size": \#(configuration.utf8.count)}, "layers": []}"#
            let other = Digest(of: Array(manifest.utf8))
            let index =
                #"{"schemaVersion": 2, "manifests": [{"mediaType": "\#(HandMadeLayout.manifest)", "digest": "sha256:\#(other)", "#
                + #""size": \#(manifest.utf8.count)}]}"#
            return [
                .file("blobs/sha256/\(digest)", configuration), .file("blobs/sha256/\(other)", manifest),
                .file("index.json", index),
            ]
        }
        #expect(reason(Self.image + layout(Self.configuration)) == "read: 1")
        let other = Self.configuration.replacing("}}", with: #"}, "config": {"Cmd": ["/evil"]}}"#)
        #expect(reason(Self.image + layout(other)).contains("name different images"))
    }
}

extension Layers.Member {
    fileprivate func prefixed(_ prefix: String) -> Layers.Member {
        switch self {
        case .file(let name, let text, let mode): .file(prefix + name, text, mode: mode)
        default: self
        }
    }
}
