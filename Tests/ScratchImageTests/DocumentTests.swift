import Attestation
import Foundation
import Testing

@testable import ScratchImage

/// Documents of images as the image specification describes them: all properties of its tables are read, or skipped if this
/// program does not need them, and what is written can be read back.
@Suite struct DocumentTests {
    private static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)

    private func value<Value: ImageDocument>(_ type: Value.Type, _ text: String) -> Value? {
        ImageJSON.value(type, of: Array(text.utf8))
    }

    /// https://github.com/opencontainers/image-spec/blob/main/manifest.md#image-manifest-property-descriptions
    private static let manifest = """
        {
          "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
          "artifactType": "application/vnd.example",
          "config": {
            "mediaType": "application/vnd.oci.image.config.v1+json", "size": 7023, "digest": "\(digest)",
            "urls": ["https://example.com/config"], "data": "e30="
          },
          "layers": [
            {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "size": 32654, "digest": "\(digest)"},
            {"mediaType": "application/vnd.oci.image.layer.v1.tar", "size": 16724, "digest": "\(digest)",
             "annotations": {"org.example.key": "value"}}
          ],
          "subject": {"mediaType": "application/vnd.oci.image.manifest.v1+json", "size": 7682, "digest": "\(digest)"},
          "annotations": {"com.example.key1": "value1", "com.example.key2": "value2"}
        }
        """

    @Test func aManifestWithEveryPropertyIsRead() throws {
        let manifest = try #require(value(ImageManifest.self, DocumentTests.manifest))
        #expect(manifest.schemaVersion == 2)
        #expect(manifest.mediaType == .manifest)
        #expect(manifest.config.mediaType == .configuration)
        #expect(manifest.config.size == 7023)
        #expect(manifest.config.sha256?.inOCI == DocumentTests.digest)
        #expect(
            manifest.layers.map(\.mediaType) == [LayerCompression.gzip.mediaType, LayerCompression.none.mediaType])
        #expect(manifest.layers.map(\.size) == [32654, 16724])
        #expect(manifest.layers[1].annotations == ["org.example.key": "value"])
        #expect(manifest.subject?.mediaType == .manifest)
        #expect(manifest.annotations == ["com.example.key1": "value1", "com.example.key2": "value2"])
        #expect(manifest.artifactType == "application/vnd.example")
    }

    /// https://github.com/opencontainers/image-spec/blob/main/image-index.md#image-index-property-descriptions
    @Test func anIndexWithEveryPropertyIsRead() throws {
        let index = try #require(
            value(
                ImageIndex.self,
                """
                {
                  "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
                  "manifests": [
                    {"mediaType": "application/vnd.oci.image.manifest.v1+json", "size": 7143,
                     "digest": "\(DocumentTests.digest)", "platform": {"architecture": "ppc64le", "os": "linux"}},
                    {"mediaType": "application/vnd.oci.image.manifest.v1+json", "size": 7682,
                     "digest": "\(DocumentTests.digest)", "platform": {"architecture": "arm", "os": "linux",
                     "variant": "v7", "os.version": "10.0.14393.1066", "os.features": ["win32k"]}}
                  ],
                  "annotations": {"com.example.key1": "value1"}
                }
                """))
        #expect(index.mediaType?.isIndex == true)
        #expect(index.manifests.map { $0.platform?.text } == ["linux/ppc64le", "linux/arm/v7"])
        #expect(index.manifests.allSatisfy { $0.mediaType.isManifest })
        #expect(index.annotations == ["com.example.key1": "value1"])
    }

    /// https://github.com/opencontainers/image-spec/blob/main/config.md#properties
    @Test func aConfigurationWithEveryPropertyIsRead() throws {
        let configuration = try #require(
            value(
                ImageConfiguration.self,
                """
                {
                  "created": "2015-10-31T22:22:56.015925234Z", "author": "Somebody <somebody@example.com>",
                  "architecture": "arm64", "os": "linux", "os.version": "1", "os.features": [], "variant": "v8",
                  "config": {
                    "User": "alice:staff", "ExposedPorts": {"8080/tcp": {}, "53/udp": {}},
                    "Env": ["PATH=/bin", "FOO=a=b"], "Entrypoint": ["/bin/app", "-v"], "Cmd": ["--foreground"],
                    "Volumes": {"/var/log": {}}, "WorkingDir": "/home/alice", "Labels": {"com.example": "1"},
                    "StopSignal": "SIGKILL", "ArgsEscaped": true, "Memory": 2048, "MemorySwap": 4096, "CpuShares": 8,
                    "Healthcheck": {"Test": ["CMD", "true"]}
                  },
                  "rootfs": {"type": "layers", "diff_ids": ["\(DocumentTests.digest)"]},
                  "history": [
                    {"created": "2015-10-31T22:22:54.690851953Z", "author": "a", "created_by": "ADD", "comment": "c"},
                    {"created_by": "CMD", "empty_layer": true}
                  ]
                }
                """))
        #expect(configuration.platform == ImagePlatform(os: "linux", architecture: "arm64", variant: "v8"))
        let execution = try #require(configuration.config)
        #expect(execution.words == ["/bin/app", "-v", "--foreground"])
        #expect(execution.user == "alice:staff")
        #expect(execution.exposedPorts?.keys.sorted() == ["53/udp", "8080/tcp"])
        #expect(execution.env == ["PATH=/bin", "FOO=a=b"])
        #expect(execution.workingDir == "/home/alice")
        #expect(execution.labels == ["com.example": "1"])
        #expect(execution.stopSignal == "SIGKILL")
        #expect(configuration.rootfs.diffIDs == [DocumentTests.digest])
        #expect(configuration.history?.map(\.createdBy) == ["ADD", "CMD"])
        #expect(configuration.history?.map(\.emptyLayer) == [nil, true])
    }

    /// Only the architecture, the system and the layers are required.
    @Test func theSmallestConfigurationIsRead() {
        let text = #"{"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []}}"#
        #expect(value(ImageConfiguration.self, text)?.config == nil)
        #expect(value(ImageConfiguration.self, text) != nil)
    }

    @Test(arguments: [
        "", "{}", "[]", "null", manifest.replacing("\"schemaVersion\": 2", with: "\"schemaVersion\": 1"),
        #"{"schemaVersion": 2}"#, #"{"schemaVersion": 2, "layers": []}"#,
        #"{"schemaVersion": "2", "config": {}, "layers": []}"#, manifest + "x", String(manifest.dropLast()),
        manifest.replacing(#""size": 7023"#, with: #""size": -1.5"#),
        manifest.replacing(#""size": 7023"#, with: #""size": "7023""#),
        // Two keys that clients in Go take for one.
        manifest.replacing(#""size": 7023"#, with: #""size": 7023, "size": 1"#),
        manifest.replacing(#""size": 7023"#, with: #""size": 7023, "Size": 1"#),
        manifest.replacing(#""size": 7023"#, with: #""size": 7023, "URLs": []"#),
        // An index to some clients.
        manifest.replacing(#""config": {"#, with: #""manifests": [], "config": {"#),
        manifest.replacing(#""config": {"#, with: #""Manifests": [], "config": {"#),
        manifest.replacing(#""config": {"#, with: #""fsLayers": [], "config": {"#),
    ])
    func whatIsNotAManifestIsNotRead(_ text: String) { #expect(value(ImageManifest.self, text) == nil) }

    /// A manifest to some clients (https://github.com/opencontainers/image-spec/security/advisories/GHSA-77vh-xpmg-72qh).
    @Test(arguments: [(#""other": []"#, true), (#""layers": []"#, false), (#""config": {}"#, false)])
    func anIndexThatIsAManifestTooIsNotRead(_ more: String, _ isRead: Bool) {
        #expect((value(ImageIndex.self, "{\"schemaVersion\": 2, \"manifests\": [], \(more)}") != nil) == isRead)
    }

    /// Keys in another case are the known ones to clients in Go; keys of labels, ports and volumes are the user's.
    @Test(arguments: [
        (#""Cmd": ["/app"], "entrypoint": ["/evil"]"#, false), (#""USER": "0""#, false),
        (#""Healthcheck": {"test": ["NONE"]}"#, false), (#""Unknown": {"a": 1, "A": 2}"#, true),
        (#""Labels": {"Name": "x", "name": "x", "Architecture": "", "architecture": ""}"#, true),
        (#""ExposedPorts": {"8080/tcp": {}, "8080/TCP": {}}, "Volumes": {"/a": {}, "/A": {}}"#, true),
    ])
    func theKeysOfAConfigurationAreSpeltAsInItsSpecification(_ execution: String, _ isRead: Bool) {
        let text =
            #"{"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []}, "config": {"#
            + execution + "}}"
        #expect((value(ImageConfiguration.self, text) != nil) == isRead)
    }

    @Test(arguments: [("Config", true), ("config", false), ("con\u{fb01}g", false)])
    func theKeysOfDockersListAreSpeltAsDockerSpellsThem(_ key: String, _ isRead: Bool) {
        let text =
            "[{\"\(key)\": \"a.json\", \"Layers\": [], \"RepoTags\": null, \"LayerSources\": {\"a\": {\"size\": 1}}}]"
        #expect((value([DockerManifest].self, text) != nil) == isRead)
    }

    @Test(arguments: [
        ("sha256:" + String(repeating: "a", count: 64), true), ("sha256:" + String(repeating: "a", count: 63), false),
        ("sha256:" + String(repeating: "g", count: 64), false), (String(repeating: "a", count: 64), false),
        ("sha512:" + String(repeating: "a", count: 128), false), ("sha256:", false), ("", false),
    ])
    func onlySHA256DigestsCanBeVerified(_ digest: String, _ isKnown: Bool) {
        #expect((Descriptor(mediaType: .manifest, digest: digest, size: 0).sha256 != nil) == isKnown)
    }

    /// Docker's media types have the same fields (https://distribution.github.io/distribution/spec/manifest-v2-2/).
    @Test(arguments: [
        ("application/vnd.oci.image.index.v1+json", true, false),
        ("application/vnd.docker.distribution.manifest.list.v2+json", true, false),
        ("application/vnd.oci.image.manifest.v1+json", false, true),
        ("application/vnd.docker.distribution.manifest.v2+json", false, true),
        ("application/vnd.oci.image.config.v1+json", false, false), ("text/plain", false, false),
    ])
    func mediaTypesAreTold(_ text: String, _ isIndex: Bool, _ isManifest: Bool) {
        let type = MediaType(rawValue: text)
        #expect(type.isIndex == isIndex)
        #expect(type.isManifest == isManifest)
    }

    /// media-types.md: the suffix names the compression.
    @Test func layersHaveTheMediaTypesOfTheSpecification() {
        #expect(LayerCompression.none.mediaType.rawValue == "application/vnd.oci.image.layer.v1.tar")
        #expect(LayerCompression.gzip.mediaType.rawValue == "application/vnd.oci.image.layer.v1.tar+gzip")
    }

    @Test func whatIsWrittenIsCompactSortedAndWithoutNulls() throws {
        let manifest = ImageManifest(
            config: Descriptor(mediaType: .configuration, digest: DocumentTests.digest, size: 2), layers: [])
        #expect(
            String(decoding: try ImageJSON.bytes(of: manifest), as: UTF8.self)
                == #"{"config":{"digest":"\#(DocumentTests.digest)","mediaType":"application/vnd.oci.image.config.v1+json","#
                + #""size":2},"layers":[],"mediaType":"application/vnd.oci.image.manifest.v1+json","schemaVersion":2}"#)
        #expect(try ImageJSON.value(ImageManifest.self, of: ImageJSON.bytes(of: manifest)) == manifest)
    }

    /// image-layout.md: "The imageLayoutVersion value will align with the OCI Image Specification version": 1.0.0 for all.
    @Test func theMarkerOfALayoutIsThatOfTheSpecification() throws {
        #expect(
            String(decoding: try ImageJSON.bytes(of: LayoutMarker()), as: UTF8.self)
                == #"{"imageLayoutVersion":"1.0.0"}"#)
    }
}
