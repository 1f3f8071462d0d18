import Attestation
import ELF
import Files
public import GoBinary
public import Verification

/// One image, joined from its layers: the program that it starts, and what the root offers that program.
public struct ImageInspection: Sendable {
    /// The program that it starts; `(none)` if it names none.
    public let path: String
    /// The program's bytes; empty if there is no program.
    public let bytes: [UInt8]
    /// The program's permission bits.
    public let permissions: UInt32
    /// The platform that the image says it is for; nil if Go does not know it.
    public let platform: Platform?
    /// The program in the image, as rules read it.
    public let subject: Subject

    /// The size of all layers as plain tar archives, in bytes.
    public let unpackedSize: Int

    private let contents: ImageContents

    /// Reads the layers of an image.
    ///
    /// - Throws: `ImageReadingError` if a layer cannot be read, or does not have the digests that the image names.
    public init(_ entry: ImageSource.Entry) throws {
        self = try ImageReadingError.naming {
            let (root, size) = try ImageInspection.joined(entry)
            let inspection = try ImageInspection(entry, root, size)
            try root.checkBudget(of: entry.platform.text)
            return inspection
        }
    }

    private init(_ entry: ImageSource.Entry, _ root: ImageRoot, _ size: Int) throws {
        unpackedSize = size
        // If index and configuration disagree, the one that says Linux counts, and the contradiction is reported. Runtimes
        // choose by the index.
        platform = (entry.platform.os == "linux" ? entry.platform : entry.configuration.platform).platform
        let search = ProgramSearch(root: root, configuration: entry.configuration)
        let found = try search.find()
        path = found.shown
        contents = ImageContents(root: root, search: search, platform: platform, entryPoint: found)
        guard let program = found.program else {
            bytes = []
            permissions = 0
            subject = Subject(
                absentFrom: Surroundings(
                    entryPoint: found.entryPoint, user: search.imageUser, climbingNames: root.climbingNames,
                    contradiction: entry.contradiction),
                expected: platform)
            return
        }
        bytes = program.bytes
        permissions = program.mode
        subject = try contents.subject(
            program.bytes, at: program.path, mode: program.mode, isEntryPoint: true, contradiction: entry.contradiction)
    }

    /// Calls a body with each program that the root holds beside the entry point, in the order of their paths.
    ///
    /// - Throws: `ImageReadingError`, or what the body throws.
    public func forEachOtherProgram(_ body: (ImageProgram) throws -> Void) throws {
        try ImageReadingError.naming { try contents.forEachOtherProgram(body) }
    }

    /// The configuration of the image.
    public var configuration: ImageConfiguration { contents.search.configuration }

    /// What a runtime needs to know to start a container.
    public var container: ContainerFacts { ContainerFacts(contents.search.configuration, root: contents.root) }

    /// Calls a body with each member of the root, folders before what they hold.
    ///
    /// - Throws: What the body throws, `CancellationError`.
    public func forEachMember(_ body: (ImageMember) throws -> Void) throws {
        try contents.root.forEachMember(body)
    }

    static func root(of entry: ImageSource.Entry) throws -> ImageRoot { try joined(entry).root }

    /// The root that the layers make, and their size together.
    private static func joined(_ entry: ImageSource.Entry) throws -> (root: ImageRoot, size: Int) {
        var root = ImageRoot()
        var left = ImageLimits.unpacked
        for (index, layer) in entry.layers.enumerated() {
            do {
                let unpacked = try Unpacking.unpack(layer.file, limit: left)
                left -= unpacked.content.count
                if let digest = layer.digest, digest != unpacked.stored {
                    throw LayerError.storedDigest(expected: digest, found: unpacked.stored)
                }
                guard layer.diffID == unpacked.unpacked.inOCI else {
                    throw LayerError.unpackedDigest(expected: layer.diffID, found: unpacked.unpacked)
                }
                try root.apply(unpacked.content)
            } catch let error as CancellationError {
                throw error
            } catch {
                throw ImageReadingError.layer(platform: entry.platform.text, number: index + 1, error)
            }
        }
        return (root, ImageLimits.unpacked - left)
    }
}
