import ELF
import Files
import GoBinary
public import Verification

/// A program in an image.
public struct ImageProgram: Sendable {
    /// Its path in the image.
    public let path: String
    /// The whole file.
    public let bytes: [UInt8]
    /// The program in the image, as rules read it.
    public let subject: Subject
}

/// The programs of an image's root, and what the root offers them.
struct ImageContents: Sendable {
    let root: ImageRoot
    let search: ProgramSearch
    let platform: Platform?
    let entryPoint: ProgramSearch.Found

    /// A program of the root, as rules read it.
    func subject(
        _ bytes: [UInt8], at path: String, mode: UInt32, isEntryPoint: Bool, contradiction: String? = nil,
        offer: Offer? = nil
    ) throws -> Subject {
        let offer = offer ?? self.offer
        let bare = Subject(bytes, expected: platform, permissions: mode)
        return bare.with(
            Surroundings(
                path: path, isEntryPoint: isEntryPoint, entryPoint: entryPoint.entryPoint, user: search.imageUser,
                provided: offer.provided, hasInterpreter: offer.facts.holdsInterpreter(of: bare.image),
                missingLibraries: try bare.image.map { try offer.libraries.missing(for: $0, at: path) } ?? [],
                climbingNames: root.climbingNames, contradiction: contradiction))
    }

    /// What the root offers to each of its programs.
    struct Offer {
        let facts: RootFacts
        let provided: Set<RuntimeNeed>
        let libraries: LibrarySearch
    }

    private var offer: Offer {
        let facts = RootFacts(root: root, identity: search.identity)
        let provided = facts.provided { name in search.variable(name).flatMap { $0.isEmpty ? nil : $0 } }
        let libraries = LibrarySearch(
            root: root, identity: search.identity, libraryPath: search.variable("LD_LIBRARY_PATH") ?? "")
        return Offer(facts: facts, provided: provided, libraries: libraries)
    }

    /// Calls a body with each program beside the entry point: every ELF file that anyone may execute, except libraries, object
    /// files and core dumps. A file of several names is one program, named by the first.
    func forEachOtherProgram(_ body: (ImageProgram) throws -> Void) throws {
        let offer = offer
        var count = 0
        for (path, file, mode) in try root.executables() where path != entryPoint.program?.path {
            try Task.checkCancellation()
            let bytes = try file.all(limit: FileSnapshot.maximumSize)
            guard (try? ELFImage(bytes).header.isProgramOrSharedObject) ?? true else { continue }
            let subject = try subject(bytes, at: path, mode: mode, isEntryPoint: false, offer: offer)
            try root.checkBudget(of: platform?.description ?? "the image")
            guard subject.isProgram else { continue }
            count += 1
            guard count <= ImageLimits.programs else {
                throw ImageReadingError.tooManyPrograms(limit: ImageLimits.programs)
            }
            try body(ImageProgram(path: path, bytes: bytes, subject: subject))
        }
    }
}

extension ImageRoot {
    /// The ELF files that anyone may execute, sorted by their paths.
    fileprivate func executables() throws -> [(path: String, file: StoredBytes, mode: UInt32)] {
        var found: [Int: (path: String, file: StoredBytes, mode: UInt32)] = [:]
        var waiting: [(path: String, node: Int)] = [("", 0)]
        while let (path, folder) = waiting.popLast() {
            guard case .folder(let children) = nodes[folder].kind else { continue }
            for (name, child) in children {
                let own = path + "/" + String(decoding: name, as: UTF8.self)
                switch nodes[child].kind {
                case .folder: waiting.append((own, child))
                case .file(let file) where nodes[child].mode & 0o111 != 0:
                    if let other = found[child], other.path < own { continue }
                    guard try file.bytes(at: 0, count: 4) == ELFHeader.magic else { continue }
                    found[child] = (own, file, nodes[child].mode)
                case .file, .link, .special: continue
                }
            }
        }
        return found.values.sorted { $0.path < $1.path }
    }

    /// - Throws: `ImageReadingError` if paths took too many steps: what was not found may be there.
    func checkBudget(of platform: String) throws(ImageReadingError) {
        guard !budget.isExhausted else { throw .tooManySteps(platform: platform, limit: PathBudget.steps) }
    }
}
