import Foundation
import TestSupport
import Testing

/// Images with zstd layers: skopeo unpacks ours, and ours are read that skopeo packed.
@Suite(.serialized) struct ZstdImageTests {
    private let module: GoModule

    init() throws {
        module = try GoModule()
        let made = try module.run(["image", "-q", "-p", "linux/amd64", "--compression", "zstd"])
        #expect(made.status == 0, "\(made.errors)")
    }

    private func copy(_ arguments: [String]) throws {
        try Execution("skopeo", ["copy", "-q"] + arguments, in: module.folder.url).check()
    }

    private func run(_ script: String) throws -> String {
        let result = try Execution("bash", ["-c", script], in: module.folder.url)
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    private func mediaTypes(_ layout: String) throws -> String {
        try Execution(
            "bash", ["-c", "skopeo inspect --raw oci:\(layout) | jq -r '.layers[].mediaType' | sort -u"],
            in: module.folder.url
        ).output
    }

    /// config.md#layer-diffid: the digests of the unpacked layers stand in the configuration.
    @Test func skopeoUnpacksOurLayersToWhatTheConfigurationSays() throws {
        try copy(["--dest-decompress", "oci:image:latest", "dir:plain"])
        let script = """
            cd plain
            config=$(jq -r .config.digest manifest.json | cut -d: -f2)
            jq -r '.rootfs.diff_ids[]' $config | cut -d: -f2 | tee ../names | while read name; do
                echo "$name  $name" | sha256sum --check --quiet || exit 1
            done
            wc -l < ../names
            """
        #expect(try run(script) == "2\n")
    }

    @Test(arguments: ["zstd", "zstd:chunked"]) func layersThatSkopeoPacksAreRead(_ format: String) throws {
        try copy(["--dest-decompress", "oci:image:latest", "dir:plain"])
        try copy(["--dest-compress", "--dest-compress-format", format, "dir:plain", "oci:other:latest"])
        #expect(try mediaTypes("other:latest") == "application/vnd.oci.image.layer.v1.tar+zstd\n")
        let result = try module.run(["verify", "oci:other"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        // No runtime takes a layer that is cut, because its size and digest are others.
        _ = try run(
            "for blob in other/blobs/sha256/*; do [ $(stat -c %s $blob) -lt 9999 ] || truncate -s -9 $blob; done")
        let damaged = try module.run(["verify", "oci:other"])
        #expect(damaged.status == 2)
        #expect(damaged.output.contains(", and should be"), "\(damaged.output)")
    }
}
