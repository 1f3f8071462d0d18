import Attestation
import ELF
import Files
import FoundationEssentials
import GoBinary
import Reporting
import ScratchImage
import SystemPackage
import Text

/// The binaries that a gate admitted: of each program of the image, one for each platform.
struct ImageSupply: Sendable {
    let gate: Gate
    /// Which programs the image holds.
    let choice: ProgramChoice
    /// The platforms of the image; nil takes all that there are.
    let platforms: [Platform]?
    /// Whether the binaries were just built from the sources in the working folder.
    let isBuilt: Bool
    /// The bills of materials of binaries that were just built.
    var bills: [BillOfMaterials.Binary] = []
    private(set) var binaries: [SuppliedBinary] = []
    /// The file name of the program that the image starts.
    private(set) var entryPoint = ""

    init(gate: Gate, choice: ProgramChoice, platforms: [Platform]?, isBuilt: Bool) {
        self.gate = gate
        self.choice = choice
        self.platforms = platforms
        self.isBuilt = isBuilt
    }

    /// The supply with a program more, which is not the one that the image starts.
    ///
    /// - Throws: `ImageRunError.healthcheckExists` if there is a program of that name.
    func adding(_ others: [SuppliedBinary]) throws(ImageRunError) -> ImageSupply {
        if let other = others.first, binaries.contains(where: { $0.name == other.name }) {
            throw .healthcheckExists(other.name)
        }
        var supply = self
        supply.binaries += others
        return supply
    }

    /// The platforms, in the order of their binaries.
    var builtPlatforms: [Platform] { binaries.map(\.binary.platform).distinct }

    /// The binaries for a platform, sorted by name, so that their layers have the same order each time.
    func binaries(for platform: Platform) -> [SuppliedBinary] {
        binaries.filter { $0.binary.platform == platform }.sorted {
            Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8))
        }
    }

    /// Adds the binaries of a folder as `check` writes it: `linux/arm/v7/app`.
    func filled(from folder: NamedPath, in context: Context) async throws -> ImageSupply {
        guard folder.path.isFolder else { throw ImageRunError.noFolder(folder.shown) }
        defer { context.listener.files(.ended) }
        let targets = try await FileTargets([folder.path], links: .followed, listener: context.listener)
        if let problem = targets.problems.first {
            throw ImageRunError.unreadable(path: problem.path ?? folder.shown, reason: problem.message)
        }
        let files = targets.files.filter { file in
            // Programs for other systems may have been built too, but are never packed.
            let parts = file.relative.components
            return parts.count < 3 || parts.first?.string == "linux"
        }
        return try filled(with: files.map(\.path), in: folder.shown)
    }

    /// Adds files, except those that are not ELF files.
    func filled(with files: [FilePath], in shown: String = "dist") throws -> ImageSupply {
        let programs = try files.filter { try OpenFile($0).isELF() }
        let resolved = try choice.resolved(among: Set(programs.map(\.fileName)).sorted(), in: shown)
        var supply = self
        supply.entryPoint = resolved.entryPoint
        for path in programs where choice.includes(path.fileName) {
            let snapshot = try FileSnapshot(path)
            guard isAskedFor(snapshot.bytes) else { continue }
            let binary = try admit(snapshot, at: path)
            guard platforms?.contains(binary.platform) ?? true else { continue }
            supply.binaries.append(SuppliedBinary(binary: binary, path: path))
        }
        try supply.check(resolved.names, in: shown)
        return supply
    }

    private func admit(_ snapshot: FileSnapshot, at path: FilePath) throws(ImageRunError) -> StampedBinary {
        do { return try gate.admit(snapshot.bytes, permissions: snapshot.permissions, at: path) } catch {
            throw .refused(path, error)
        }
    }

    /// Checks that every program has a binary for every platform.
    private func check(_ names: [String], in folder: String) throws(ImageRunError) {
        for platform in platforms ?? builtPlatforms {
            let own = binaries(for: platform).map(\.name)
            guard !own.isEmpty else { throw .noPlatform(platform, in: folder) }
            for name in names where !own.contains(name) { throw .missingProgram(name, platform, in: folder) }
        }
        guard !binaries.isEmpty else { throw .noProgram(in: folder) }
    }

    /// Whether the header of a file fits a platform that was asked for. The stamp tells variants apart.
    private func isAskedFor(_ bytes: [UInt8]) -> Bool {
        guard let platforms, let header = (try? ELFImage(bytes))?.header, let kind = MachineKind.of(header) else {
            return true
        }
        return platforms.contains { $0.goarch == kind.goarch }
    }
}

/// A binary that a gate admitted, and where it lies.
struct SuppliedBinary: Sendable {
    let binary: StampedBinary
    let path: FilePath

    /// The file name of the program.
    var name: String { path.fileName }
}

extension FilePath {
    fileprivate var fileName: String { lastComponent?.string ?? "" }
}
