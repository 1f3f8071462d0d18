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

    /// Reads the layers of an image.
    ///
    /// - Throws: `ImageReadingError` if a layer cannot be read, or does not have the digests that the image names.
    public init(_ entry: ImageSource.Entry) throws {
        self = try ImageReadingError.naming {
            let root = try ImageInspection.root(of: entry)
            let inspection = try ImageInspection(entry, root)
            // Paths lead nowhere without a budget, so that what was found is not to be trusted.
            guard !root.budget.isExhausted else {
                throw ImageReadingError.tooManySteps(platform: entry.platform.text, limit: PathBudget.steps)
            }
            return inspection
        }
    }

    private init(_ entry: ImageSource.Entry, _ root: ImageRoot) throws {
        let search = ProgramSearch(root: root, configuration: entry.configuration)
        // If index and configuration disagree, the one that says Linux counts, and the contradiction is reported. Runtimes
        // choose by the index.
        platform = (entry.platform.os == "linux" ? entry.platform : entry.configuration.platform).platform
        let found = try search.find()
        path = found.shown
        let facts = RootFacts(root: root, identity: search.identity)
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
        let bare = Subject(bytes, expected: platform, permissions: permissions)
        let libraries = LibrarySearch(
            root: root, identity: search.identity, libraryPath: search.variable("LD_LIBRARY_PATH") ?? "")
        subject = bare.with(
            Surroundings(
                entryPoint: found.entryPoint, user: search.imageUser,
                provided: facts.provided(
                    zoneVariable: search.variable("ZONEINFO"),
                    certificates: search.variable("SSL_CERT_FILE"), temporary: search.variable("TMPDIR")),
                hasInterpreter: facts.holdsInterpreter(of: bare.image),
                missingLibraries: try bare.image.map { try libraries.missing(for: $0, at: program.path) } ?? [],
                climbingNames: root.climbingNames, contradiction: entry.contradiction))
    }

    private static func root(of entry: ImageSource.Entry) throws -> ImageRoot {
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
        return root
    }
}
