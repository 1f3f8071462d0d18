import Attestation
import Foundation
import TestSupport

/// Writes an image as an OCI layout.
struct Layout {
    let path: String

    init(_ layers: [[UInt8]], in folder: URL) throws {
        path = folder.appending(path: "image").path
        let blobs = folder.appending(path: "image/blobs/sha256")
        try FileManager.default.createDirectory(at: blobs, withIntermediateDirectories: true)
        func descriptor(_ bytes: [UInt8], _ type: String, _ more: String = "") throws -> String {
            let digest = Digest(of: bytes).hexadecimal
            try Data(bytes).write(to: blobs.appending(path: digest))
            return
                #"{"mediaType":"application/vnd.oci.image.\#(type)","digest":"sha256:\#(digest)","size":\#(bytes.count)\#(more)}"#
        }
        let digests = layers.map { "\"sha256:\(Digest(of: $0).hexadecimal)\"" }.joined(separator: ",")
        let configuration = try descriptor(
            Array(
                (#"{"os":"linux","architecture":"amd64","config":{"Entrypoint":["/app"],"User":"65532"},"#
                    + #""rootfs":{"type":"layers","diff_ids":[\#(digests)]}}"#).utf8), "config.v1+json")
        let stored = try layers.map { try descriptor($0, "layer.v1.tar") }.joined(separator: ",")
        let manifest = try descriptor(
            Array(#"{"schemaVersion":2,"config":\#(configuration),"layers":[\#(stored)]}"#.utf8), "manifest.v1+json",
            #","annotations":{"org.opencontainers.image.ref.name":"latest"}"#)
        try Data(#"{"schemaVersion":2,"manifests":[\#(manifest)]}"#.utf8)
            .write(to: folder.appending(path: "image/index.json"))
        try Data(#"{"imageLayoutVersion":"1.0.0"}"#.utf8).write(to: folder.appending(path: "image/oci-layout"))
    }
}
