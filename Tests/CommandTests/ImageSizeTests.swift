import Foundation
import TestSupport
import Testing

/// `--max-size`, compared with what gzip and wc count in the layers.
@Suite(.serialized) struct ImageSizeTests {
    private let module: GoModule
    private static let platform = ["-q", "-p", "linux/amd64"]

    init() throws { module = try GoModule() }

    private func image(_ arguments: [String]) throws -> Execution {
        try module.run(["image"] + Self.platform + arguments)
    }

    /// The bytes of all layers of the layout's only image, unpacked.
    private func unpackedSize() throws -> Int {
        let script = """
            cd "$0/blobs/sha256"; index=$(jq -r '.manifests[0].digest' ../../index.json | cut -d: -f2)
            manifest=$(jq -r '.manifests[0].digest' $index | cut -d: -f2)
            for layer in $(jq -r '.layers[].digest' $manifest | cut -d: -f2); do gzip -dc $layer; done | wc -c
            """
        let result = try Execution("bash", ["-c", script, module.path("image")])
        return try #require(Int(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test func anImageOfExactlyTheLimitPasses() throws {
        try image([]).check()
        let size = try unpackedSize()
        #expect(try image(["--max-size", "\(size)", "-o", "oci:exact"]).status == 0)
        let refused = try image(["--max-size", "\(size - 1)", "-o", "oci:large"])
        #expect(refused.status == 1 && !module.holds("large"))
        #expect(refused.errors.contains("[image-size]") && refused.errors.contains("\(size) bytes, limit \(size - 1)"))
        #expect(refused.errors.contains("largest: /m "))
        // An image that exists counts alike, however its layers are stored.
        try image(["-o", "docker-archive:app.tar"]).check()
        for name in ["oci:image", "docker-archive:app.tar"] {
            #expect(try module.run(["verify", name, "--max-size", "\(size)"]).status == 0)
            let run = try module.run(["verify", name, "--max-size", "\(size - 1)"])
            #expect(run.status == 1 && run.output.contains("\(size) bytes, limit \(size - 1)"), "\(run.output)")
        }
    }

    @Test func onlyTheImageThatIsTooLargeIsNamed() throws {
        let arguments = ["image", "-q", "-p", "linux/amd64,linux/386"]
        let made = try module.run(arguments + ["--format", "json"])
        let report = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
        let platforms = try #require(report?["platforms"] as? [[String: Any]])
        let sizes = platforms.compactMap { $0["unpacked"] as? Int }.sorted()
        try #require(sizes.count == 2 && sizes[0] < sizes[1])
        let run = try module.run(arguments + ["--max-size", "\(sizes[0])"])
        #expect(run.status == 1 && run.errors.contains("1 ready, 1 not ready"), "\(run.errors)")
    }

    @Test func thePolicyDecidesWhatALimitMeans() throws {
        try module.folder.write(
            "image: {max-size: 100kB}\npolicy: {rules: {image-size: {level: warning, reason: it will shrink}}}\n",
            to: "scratchcheck.yaml")
        let run = try module.run(["image", "-p", "linux/amd64"])
        #expect(run.status == 0 && run.errors.contains("its limit is 100.0 kB"), "\(run.errors)")
        #expect(try image(["--max-size", "1GB"]).status == 0)
        try module.folder.write("image: {max-size: 100kB}\n", to: "scratchcheck.yaml")
        #expect(try image([]).status == 1)
        try module.folder.write("image: {max-size: large}\n", to: "scratchcheck.yaml")
        let unreadable = try image([])
        #expect(unreadable.status == 64 && unreadable.errors.contains("image.max-size"))
    }

    @Test func filesHaveNoLimit() throws {
        let run = try module.run(["verify", Checkout.program, "--max-size", "1MB"])
        #expect(run.status == 64 && run.errors.contains("--max-size is for images"))
    }
}
