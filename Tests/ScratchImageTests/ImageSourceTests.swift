import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import ScratchImage

/// An image that others made is read whole, or the error says which part of it is wrong.
@Suite struct ImageSourceTests {
    private static let platform = HandMadeImage.Platform([[.text("app", "binary", mode: 0o755), .text("etc/x", "1")]])

    /// The folder of the image exists as long as the image does.
    private func entries(of image: HandMadeImage, tag: String? = nil) throws -> [ImageSource.Entry] {
        try withExtendedLifetime(image) {
            try ImageSource(.layout, path: FilePath(image.path), tag: tag).entries()
        }
    }

    /// The reason why a layout cannot be read after Python has changed it.
    ///
    /// - Parameter change: Has `index`, `manifest` and `config`, decoded, and `layers`, the paths of the layers' blobs; `save`
    ///   writes the documents again with right digests.
    private func reason(after change: String, of image: HandMadeImage) throws -> String {
        let script = """
            import hashlib, json, os, sys
            root = sys.argv[1]
            def path(descriptor): return os.path.join(root, "blobs/sha256", descriptor["digest"][7:])
            def load(descriptor): return json.load(open(path(descriptor)))
            def put(descriptor, value):
                data = json.dumps(value).encode()
                descriptor.update(digest="sha256:" + hashlib.sha256(data).hexdigest(), size=len(data))
                open(path(descriptor), "wb").write(data)
            top = json.load(open(os.path.join(root, "index.json")))
            index = load(top["manifests"][0])
            manifest = load(index["manifests"][0])
            config = load(manifest["config"])
            layers = [path(layer) for layer in manifest["layers"]]
            def save():
                put(manifest["config"], config)
                put(index["manifests"][0], manifest)
                put(top["manifests"][0], index)
                json.dump(top, open(os.path.join(root, "index.json"), "w"))

            """
        _ = try Python.run(script + change, [image.path])
        do {
            for entry in try entries(of: image) { _ = try ImageInspection(entry) }
        } catch let error as ImageReadingError {
            return error.description
        }
        return "none"
    }

    @Test func aSoundImageIsRead() throws {
        let entries = try entries(of: HandMadeImage([ImageSourceTests.platform]))
        #expect(entries.map(\.platform.text) == ["linux/amd64"])
        #expect(try ImageInspection(#require(entries.first)).path == "/app")
    }

    @Test(arguments: [
        ("os.remove(os.path.join(root, 'index.json'))", "is not an OCI layout: index.json not found"),
        ("open(os.path.join(root, 'index.json'), 'w').write('{')", "index.json is not an image index"),
        ("top['manifests'] = []; json.dump(top, open(os.path.join(root, 'index.json'), 'w'))", "holds no image"),
        ("os.remove(path(top['manifests'][0]))", "missing blob sha256:"),
        ("open(path(index['manifests'][0]), 'a').write(' ')", ", and should be"),
        (
            "p = path(manifest['config']); d = open(p).read(); open(p, 'w').write(d.replace('amd64', 'arm64'))",
            "was changed: its digest is sha256:"
        ),
        (
            "manifest['config']['digest'] = 'md5:0'; put(index['manifests'][0], manifest); put(top['manifests'][0], index); "
                + "json.dump(top, open(os.path.join(root, 'index.json'), 'w'))", "the digest 'md5:0' is not SHA-256"
        ),
        ("del config['rootfs']; save()", "is not an image configuration"),
        ("config['rootfs']['type'] = 'x'; save()", "is not an image configuration"),
        ("index['schemaVersion'] = 1; save()", "is not an image index"),
        ("manifest['schemaVersion'] = 1; save()", "is not an image manifest"),
        (
            "manifest['layers'][0]['mediaType'] += '+encrypted'; save()",
            "has the media type 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted'"
        ),
        (
            "import bz2, gzip; d = bz2.compress(gzip.decompress(open(layers[0], 'rb').read())); "
                + "manifest['layers'][0].update(digest='sha256:' + hashlib.sha256(d).hexdigest(), size=len(d)); "
                + "open(path(manifest['layers'][0]), 'wb').write(d); save()", "layer 1: is compressed with bzip2"
        ),
        ("os.remove(layers[0])", "missing blob sha256:"),
        (
            "d = bytearray(open(layers[0], 'rb').read()); d[4] ^= 1; open(layers[0], 'wb').write(d)",
            "linux/amd64: layer 1: the layer was changed: the manifest says sha256:"
        ),
        (
            "config['rootfs']['diff_ids'] = ['sha256:' + '0' * 64]; save()",
            "linux/amd64: layer 1: no runtime accepts the layer: the configuration says sha256:000"
        ),
        (
            "config['rootfs']['diff_ids'] = []; save()",
            "layer 1: no runtime accepts the layer: the configuration has no digest for it (diff_ids)"
        ),
        ("manifest['layers'] *= 513; save()", "the image has 513 layers; the limit is 512"),
        ("index['manifests'] *= 300; save()", "more than 256 images"),
        (
            "open(layers[0], 'wb').write(b'\\x28\\xb5\\x2f\\xfd' + b'0' * (manifest['layers'][0]['size'] - 4))",
            "layer 1: not a zstd stream, or a damaged one, near byte"
        ),
        (
            "open(layers[0], 'r+b').truncate(0); manifest['layers'][0]['size'] = 0; save()",
            "linux/amd64: layer 1: "
        ),
    ])
    func aDamagedImageSaysWhichPartIsWrong(_ change: String, _ words: String) throws {
        let reason = try reason(after: change, of: HandMadeImage([ImageSourceTests.platform]))
        #expect(reason.contains(words))
    }

    /// What the system says of a file is an error of the image, as everything else that is wrong with it.
    @Test func aFileThatCannotBeReadIsAnErrorOfTheImage() throws {
        let image = try HandMadeImage([ImageSourceTests.platform])
        let reason = try reason(
            after: "p = path(top['manifests'][0]); os.remove(p); os.mkdir(p)", of: image)
        #expect(reason.contains("is not a regular file"))
        #expect(throws: ImageReadingError.self) {
            try ImageSource(.archive, path: FilePath(image.path)).entries()
        }
        #expect(throws: ImageReadingError.self) {
            try ImageSource(.docker, path: FilePath(image.path + "/none")).entries()
        }
        #expect(throws: ImageReadingError.self) {
            try ImageSource(.layout, path: FilePath(image.path + "/none")).stamps()
        }
    }

    @Test func aDamagedLayerNamesMemberAndOffset() throws {
        let members: [HandMadeImage.Entry] = [.text("first", "1"), .hard("second", "none")]
        let image = try HandMadeImage([.init([members])])
        let reason = try reason(after: "pass", of: image)
        #expect(
            reason == "linux/amd64: layer 1: member 'second' at byte 1024: a hard link to 'none', which does not exist")
    }

    @Test func anUnknownTagNamesTheKnownOnes() throws {
        let image = try HandMadeImage([ImageSourceTests.platform])
        let script = """
            import json, sys
            top = json.load(open(sys.argv[1]))
            top["manifests"][0]["annotations"] = {"org.opencontainers.image.ref.name": "1.0"}
            json.dump(top, open(sys.argv[1], "w"))
            """
        _ = try Python.run(script, [image.path + "/index.json"])
        #expect(try entries(of: image, tag: "1.0").count == 1)
        let error = try #require(throws: ImageReadingError.self) { try entries(of: image, tag: "2.0") }
        #expect(error.description == "image '2.0' not found; found: 1.0")
    }

    /// A layout in a tar archive, compressed or not, is read as the folder is.
    @Test(arguments: ["w", "w:gz"]) func anArchiveOfALayoutIsRead(_ mode: String) throws {
        let image = try HandMadeImage([ImageSourceTests.platform])
        let archive = image.folder.url.appending(path: "image.tar").path
        _ = try Python.run(
            "import sys, tarfile\nwith tarfile.open(sys.argv[2], '\(mode)') as tar: tar.add(sys.argv[1], '.')",
            [image.path, archive])
        let entries = try ImageSource(.archive, path: FilePath(archive)).entries()
        #expect(entries.map(\.digest) == (try self.entries(of: image).map(\.digest)))
    }

    @Test func aCutArchiveNamesTheFileAndThePlace() throws {
        let archive = try Archive(Array(TarWriter.archive([.file("index.json", [1])], time: 0).prefix(1024)))
        // The end is not there, which readers accept.
        let error = try #require(throws: ImageReadingError.self) {
            try ImageSource(.archive, path: archive.path).entries()
        }
        #expect(error.description == "index.json is not an image index, or not strict JSON")
        let cut = try Archive(Array(TarWriter.archive([.file("index.json", [1])], time: 0).prefix(500)))
        let second = try #require(throws: ImageReadingError.self) {
            try ImageSource(.archive, path: cut.path).entries()
        }
        #expect(second.description == "\(cut.path): at byte 0: the archive is truncated: it ends inside a header")
    }
}
