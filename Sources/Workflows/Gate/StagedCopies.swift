import Attestation
import Files
import FoundationEssentials
import SystemPackage

/// Verified bytes in a temporary folder below their target, until all of them may get their names.
struct StagedCopies: Sendable {
    private let target: FilePath
    private let staging: FilePath
    private let isTargetOurs: Bool

    /// A file that does not have its name yet.
    struct Copy: Sendable {
        let staged: FilePath
        let place: FilePath
    }

    init(for target: FilePath) throws {
        self.target = target
        isTargetOurs = !FileManager.default.fileExists(atPath: target.string)
        staging = try Folder.createStaging(in: target)
    }

    /// Writes the bytes of an admitted binary.
    func stage(_ binary: StampedBinary, as name: FilePath) throws -> Copy {
        let staged = staging.appending(TemporaryName.make())
        try AtomicFile.write(binary.bytes, to: staged, permissions: binary.permissions & 0o777)
        return Copy(staged: staged, place: target.pushing(name))
    }

    /// Gives each file its name.
    func commit(_ copies: [Copy]) throws {
        for copy in copies {
            try Folder.create(copy.place.removingLastComponent())
            try rename(copy.staged, copy.place)
        }
    }

    /// Removes what did not get its name, and the target folder if it was made here and is empty.
    func discard() {
        let files = FileManager.default
        try? files.removeItem(atPath: staging.string)
        if isTargetOurs, (try? files.contentsOfDirectory(atPath: target.string))?.isEmpty == true {
            try? files.removeItem(atPath: target.string)
        }
    }
}
