import Attestation
import TestSupport
import Testing

@testable import ScratchImage

/// What an index names is read as runtimes choose from it: podman and containerd by the platform, and nothing that they could
/// choose is passed over.
@Suite struct ImageIndexTests {
    private static let absent = HandMadeLayout.Descriptor(
        digest: "sha256:" + String(repeating: "ab", count: 32), size: 500, type: HandMadeLayout.manifest)

    private func platforms(_ contents: ImageSource.Contents) -> [String] { contents.entries.map(\.platform.text) }

    private func reason(_ body: () throws -> ImageSource.Contents) -> String {
        do { return "read: \(platforms(try body()))" } catch { return "\(error)" }
    }

    /// podman takes the entry by its platform, whatever its media type.
    @Test(arguments: ["", "text/plain", "application/vnd.docker.distribution.manifest.v1+prettyjws"])
    func anEntryForAPlatformMustBeAManifestOrAnIndex(_ type: String) throws {
        let layout = try HandMadeLayout()
        let good = try layout.image().with(platform: "linux/amd64")
        let odd = try layout.image(type: type, own: HandMadeLayout.manifest)
        for entry in [odd.with(platform: "linux/amd64"), odd] {
            let index = try layout.index([entry, good])
            #expect(reason { try layout.contents([index]) }.contains("some clients would read it as something else"))
            #expect(reason { try layout.contents([entry, good]) }.contains("some clients would read it as something"))
        }
    }

    @Test func whatNoRuntimeTakesForAnImageIsPassedOver() throws {
        let layout = try HandMadeLayout()
        let good = try layout.image().with(platform: "linux/amd64")
        let artifact = try layout.document(#"{"blobs": []}"#, "application/vnd.oci.artifact.manifest.v1+json")
        // A chart of helm, and a module for another machine.
        let chart = try layout.image(configurationType: "application/vnd.cncf.helm.config.v1+json")
        let empty = try layout.document("{}", "application/vnd.oci.empty.v1+json")
        let signature = try layout.document(
            "{\"schemaVersion\": 2, \"config\": \(empty.text), \"layers\": []}", HandMadeLayout.manifest)
        let wasm = try layout.image(on: "wasip1/wasm", configurationType: "application/vnd.wasm.config.v0+json")
            .with(platform: "wasip1/wasm")
        #expect(try platforms(layout.contents([layout.index([artifact, signature, wasm, good])])) == ["linux/amd64"])
        // Its configuration is that of an image, but for the media type: containerd takes it.
        #expect(reason { try layout.contents([layout.index([chart, good])]) }.contains("helm.config"))
    }

    /// BuildKit's attestations are for the platform unknown/unknown.
    @Test func attestationsArePassedOver() throws {
        let layout = try HandMadeLayout()
        let good = try layout.image().with(platform: "linux/amd64")
        let unknown = try layout.image(on: "unknown/unknown")
        let mark = ["vnd.docker.reference.type": "attestation-manifest"]
        for attestation in [
            unknown.with(platform: "unknown/unknown"), unknown, unknown.with(annotations: mark),
            unknown.with(platform: "unknown/unknown", annotations: mark),
            ImageIndexTests.absent.with(platform: "unknown/unknown", annotations: mark),
        ] {
            let contents = try layout.contents([layout.index([good, attestation])])
            #expect(platforms(contents) == ["linux/amd64"] && contents.absent.isEmpty)
        }
        // An image is an image, whatever it calls itself.
        let hidden = try layout.image(on: "linux/arm64")
        for image in [
            hidden.with(annotations: mark), hidden.with(platform: "linux/arm64", annotations: mark),
            hidden.with(platform: "unknown/unknown"),
        ] {
            #expect(try platforms(layout.contents([layout.index([good, image])])) == ["linux/amd64", "linux/arm64"])
        }
        // What index.json names is taken whatever its platform.
        #expect(
            try platforms(layout.contents([hidden.with(platform: "unknown/unknown", annotations: mark)])) == [
                "linux/arm64"
            ])
    }

    /// Clients differ on which of the two counts.
    @Test func aDocumentHasTheMediaTypeOfItsDescriptor() throws {
        let layout = try HandMadeLayout()
        let docker = "application/vnd.docker.distribution.manifest.v2+json"
        for own in [docker, HandMadeLayout.index, ""] {
            let words = reason { try layout.contents([layout.image(own: own)]) }
            #expect(words.contains("some clients would read it as something else"), "\(own)")
        }
        #expect(try platforms(layout.contents([layout.image(type: docker, own: docker)])) == ["linux/amd64"])
        #expect(try platforms(layout.contents([layout.image()], own: HandMadeLayout.index)) == ["linux/amd64"])
        #expect(reason { try layout.contents([layout.image()], own: docker) }.contains("index.json has the media type"))
        let index = try layout.index([layout.image()], own: HandMadeLayout.manifest)
        #expect(reason { try layout.contents([index]) }.contains("has the media type"))
    }

    /// docker save writes the blobs of the platforms that were pulled, and the index of all.
    @Test func platformsThatWereNotPulledAreNamed() throws {
        let layout = try HandMadeLayout()
        let good = try layout.image().with(platform: "linux/amd64")
        let gone = ImageIndexTests.absent.with(platform: "linux/arm/v7")
        let contents = try layout.contents([layout.index([gone, good, ImageIndexTests.absent])])
        #expect(platforms(contents) == ["linux/amd64"])
        #expect(contents.absent == ["linux/arm/v7", ImageIndexTests.absent.digest])
        #expect(reason { try layout.contents([layout.index([gone])]) } == "missing blob \(gone.digest)")
    }

    /// Runtimes choose by the index. docker before 2022, ko, kaniko and buildah leave the variant out of the configuration.
    @Test(arguments: [
        ("linux/arm/v6", "linux/arm", "linux/arm/v6", true), ("linux/arm", "linux/arm/v6", "linux/arm/v6", true),
        ("linux/arm64/v8", "linux/arm64", "linux/arm64/v8", true),
        ("linux/amd64/v3", "linux/amd64", "linux/amd64/v3", true),
        ("linux/arm/v6", "linux/arm/v7", "linux/arm/v6", false), ("linux/arm/v6", "linux/arm64", "linux/arm/v6", false),
        ("windows/arm", "linux/arm", "windows/arm", false),
    ])
    func aMissingVariantIsNoContradiction(_ index: String, _ own: String, _ platform: String, _ agrees: Bool) throws {
        let layout = try HandMadeLayout()
        let contents = try layout.contents([layout.index([layout.image(on: own).with(platform: index)])])
        #expect(platforms(contents) == [platform])
        #expect((contents.entries.first?.contradiction == nil) == agrees)
    }

    @Test func aLayoutOfAnotherVersionIsRefused() throws {
        let layout = try HandMadeLayout()
        for (text, isRead) in [
            (#"{"imageLayoutVersion": "1.0.0"}"#, true), (#"{"imageLayoutVersion": "2.0.0"}"#, false),
            (#"{"ImageLayoutVersion": "1.0.0"}"#, false), ("", false),
        ] {
            try layout.folder.write(text, to: "oci-layout")
            #expect(reason { try layout.contents([layout.image()]) }.hasPrefix("read") == isRead, "\(text)")
        }
    }

    /// 150 indexes in 150 indexes, without an image.
    @Test func indexesThatNameEachOtherEndAtOnce() throws {
        let layout = try HandMadeLayout()
        var inner = try layout.index([])
        for _ in 0..<2 { inner = try layout.index(Array(repeating: inner, count: 150)) }
        #expect(
            reason { try layout.contents(Array(repeating: inner, count: 150)) }.contains("more than 1024 documents"))
    }

    @Test func documentsMayHold32MiB() throws {
        let budget = DocumentBudget()
        for _ in 0..<8 { try budget.pay(4 << 20) }
        #expect(throws: ImageReadingError.self) { try budget.pay(1) }
    }
}
