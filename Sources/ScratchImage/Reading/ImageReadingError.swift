public import Files
public import GoBinary
public import SystemPackage

/// Why an image that others made cannot be read.
public enum ImageReadingError: Error, Sendable, CustomStringConvertible {
    /// A file of the image cannot be read.
    case file(FileError)
    /// The folder has no `index.json`.
    case notALayout(FilePath)
    /// The archive cannot be unpacked: a `TarError`, `CompressionError`, `LayerError` or `FileError`.
    case archive(FilePath, any Error)
    /// A file that the image names does not exist in the layout or archive.
    case missingFile(String)
    /// A blob does not exist in the layout or archive.
    case missingBlob(digest: String)
    /// A blob does not have the size that its descriptor says.
    case blobSize(digest: String, expected: Int, found: Int)
    /// A digest is not SHA-256.
    case unsupportedDigest(String)
    /// A document does not have the digest that its descriptor says.
    case changedDocument(digest: String, found: String)
    /// A document is not the JSON of what it should be.
    case malformedDocument(name: String, expected: String)
    /// A document has a media type that it should not have, or clients would read it as something else.
    case mediaType(MediaType, of: String)
    /// `manifest.json` and `index.json` of one archive name different images.
    case differentLists
    /// The documents are more, or larger, than any image needs.
    case tooManyDocuments(count: Int, bytes: Int)
    /// The paths of an image take more steps than are followed.
    case tooManySteps(platform: String, limit: Int)
    /// There is no image, or none of the tag that was asked for.
    case noImage(tag: String?, known: [String])
    /// There is no image for the platform that was asked for.
    case noPlatform(Platform, known: [String])
    /// An index holds more images, or indexes in indexes, than are read.
    case tooManyImages(limit: Int, depth: Int)
    /// An image has more layers than are read.
    case tooManyLayers(count: Int, limit: Int)
    /// A layer cannot be unpacked or joined with those below: a `TarError`, `CompressionError`, `LayerError` or `FileError`.
    case layer(platform: String, number: Int, any Error)
    /// An image holds more programs than are judged.
    case tooManyPrograms(limit: Int)
    /// The program needs more libraries than are read.
    case tooManyLibraries(limit: Int)

    /// What is wrong, in what, and what to do.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .notALayout(let folder): "\(folder) is not an OCI layout: index.json not found"
        case .archive(let path, let error): "\(path): \(error)"
        case .layer(let platform, let number, let error): "\(platform): layer \(number): \(error)"
        case .missingFile, .missingBlob, .blobSize, .unsupportedDigest, .changedDocument, .malformedDocument: damage
        case .mediaType, .differentLists: ambiguity
        case .tooManyDocuments(let count, let bytes):
            "the image has more than \(count) documents, or \(bytes >> 20) MiB of them"
        case .tooManySteps(let platform, let limit):
            "\(platform): the paths and links of the image take more than \(limit) steps to follow"
        case .noImage, .noPlatform: selection
        case .tooManyImages(let limit, let depth):
            "the index holds more than \(limit) images, or indexes nested deeper than \(depth)"
        case .tooManyLayers(let count, let limit): "the image has \(count) layers; the limit is \(limit)"
        case .tooManyPrograms(let limit): "the image holds more than \(limit) programs"
        case .tooManyLibraries(let limit): "the program needs more than \(limit) libraries"
        }
    }

    private var damage: String {
        switch self {
        case .missingFile(let name): "missing file \(name)"
        case .missingBlob(let digest): "missing blob \(digest)"
        case .blobSize(let digest, let expected, let found):
            "the size of the blob \(digest) is \(found), and should be \(expected)"
        case .unsupportedDigest(let digest): "the digest '\(digest)' is not SHA-256"
        case .changedDocument(let digest, let found):
            "the document \(digest) was changed: its digest is \(found)"
        case .malformedDocument(let name, let expected): "\(name) is not \(expected), or not strict JSON"
        default: ""
        }
    }

    private var ambiguity: String {
        guard case .mediaType(let type, let name) = self else {
            return
                "manifest.json and index.json of the archive name different images, and clients read one or the other"
        }
        let words = type.rawValue.isEmpty ? "no media type" : "the media type '\(type.rawValue)'"
        return "\(name) has \(words), and some clients would read it as something else"
    }

    private var selection: String {
        switch self {
        case .noImage(let tag?, let known):
            "image '\(tag)' not found; \(known.isEmpty ? "the images have no names" : "found: " + known.joined(separator: ", "))"
        case .noPlatform(let platform, let known):
            "no image for \(platform); found: \(known.joined(separator: ", "))"
        default: "holds no image"
        }
    }

    /// Runs a body whose errors about files are errors of the image that is read.
    static func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as FileError { throw ImageReadingError.file(error) }
    }
}

/// What is too much for an image that somebody means to run.
enum ImageLimits {
    /// Bytes of all layers of one image, uncompressed.
    static let unpacked = 8 << 30
    /// Layers of one image; overlay file systems take fewer.
    static let layers = 512
    /// Images in one index.
    static let images = 256
    /// Indexes within indexes.
    static let depth = 4
    /// Documents that are read, and their bytes.
    static let documents = 1024
    static let documentBytes = 32 << 20
    /// Files in the root of one image.
    static let files = 2_000_000
    /// Programs that are judged.
    static let programs = 20_000
    /// Libraries that a program needs, directly or not.
    static let libraries = 4096
}
