import Attestation
import Foundation
import SystemPackage
import TestSupport

@testable import ScratchImage

/// An OCI layout that is written document by document.
struct HandMadeLayout {
    static let manifest = "application/vnd.oci.image.manifest.v1+json"
    static let index = "application/vnd.oci.image.index.v1+json"
    static let configuration = "application/vnd.oci.image.config.v1+json"

    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "blobs/sha256"), withIntermediateDirectories: true)
        try folder.write(#"{"imageLayoutVersion": "1.0.0"}"#, to: "oci-layout")
    }

    /// A descriptor: a JSON object.
    struct Descriptor {
        var digest: String
        var size: Int
        var type: String? = nil
        var platform: String? = nil
        var annotations: [String: String] = [:]

        var text: String {
            var members = ["\"digest\": \"\(digest)\"", "\"size\": \(size)"]
            if let type { members.append("\"mediaType\": \"\(type)\"") }
            if let parts = platform?.split(separator: "/") {
                let variant = parts.count > 2 ? ", \"variant\": \"\(parts[2])\"" : ""
                members.append("\"platform\": {\"os\": \"\(parts[0])\", \"architecture\": \"\(parts[1])\"\(variant)}")
            }
            if !annotations.isEmpty {
                let pairs = annotations.map { "\"\($0.key)\": \"\($0.value)\"" }
                members.append("\"annotations\": {\(pairs.joined(separator: ", "))}")
            }
            return "{\(members.joined(separator: ", "))}"
        }

        func with(type: String? = nil, platform: String? = nil, annotations: [String: String] = [:]) -> Descriptor {
            var other = self
            if let type { other.type = type }
            if let platform { other.platform = platform }
            other.annotations.merge(annotations) { $1 }
            return other
        }
    }

    /// Writes a blob.
    func blob(_ bytes: [UInt8], _ type: String? = nil) throws -> Descriptor {
        let digest = Digest(of: bytes)
        try Data(bytes).write(to: folder.url.appending(path: "blobs/sha256/\(digest)"))
        return Descriptor(digest: "sha256:\(digest)", size: bytes.count, type: type)
    }

    func document(_ text: String, _ type: String) throws -> Descriptor { try blob(Array(text.utf8), type) }

    /// An image with an empty root.
    func image(
        on platform: String = "linux/amd64", type: String = manifest, configurationType: String = configuration,
        own: String? = nil
    ) throws -> Descriptor {
        let parts = platform.split(separator: "/")
        let variant = parts.count > 2 ? ", \"variant\": \"\(parts[2])\"" : ""
        let configuration = try document(
            "{\"os\": \"\(parts[0])\", \"architecture\": \"\(parts[1])\"\(variant), "
                + "\"rootfs\": {\"type\": \"layers\", \"diff_ids\": []}}", configurationType)
        let member = own.map { ", \"mediaType\": \"\($0)\"" } ?? ""
        return try document(
            "{\"schemaVersion\": 2\(member), \"config\": \(configuration.text), \"layers\": []}", type)
    }

    func index(_ manifests: [Descriptor], own: String? = nil) throws -> Descriptor {
        try document(HandMadeLayout.text(manifests, own), HandMadeLayout.index)
    }

    private static func text(_ manifests: [Descriptor], _ own: String?) -> String {
        let member = own.map { ", \"mediaType\": \"\($0)\"" } ?? ""
        return "{\"schemaVersion\": 2\(member), \"manifests\": [\(manifests.map(\.text).joined(separator: ", "))]}"
    }

    /// Writes `index.json` and reads the image.
    func contents(_ manifests: [Descriptor], own: String? = nil) throws -> ImageSource.Contents {
        try folder.write(HandMadeLayout.text(manifests, own), to: "index.json")
        return try ImageSource(.layout, path: FilePath(folder.url.path)).contents()
    }
}
