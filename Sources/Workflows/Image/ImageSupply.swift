import Attestation
import ELF
import Files
import FoundationEssentials
import GoBinary
import Reporting
import ScratchImage
import SystemPackage

/// The binaries of one program that a gate admitted.
struct ImageSupply: Sendable {
    let gate: Gate
    /// The program that was chosen with `--program`; nil if none was.
    let program: String?
    /// The platforms of the image; nil takes all that there are.
    let platforms: [Platform]?
    /// Whether the binaries were just built from the sources in the working folder.
    let isBuilt: Bool
    /// The bills of materials of binaries that were just built.
    var bills: [BillOfMaterials.Binary] = []
    private(set) var binaries: [(binary: StampedBinary, path: FilePath)] = []

    init(gate: Gate, program: String?, platforms: [Platform]?, isBuilt: Bool) {
        self.gate = gate
        self.program = program
        self.platforms = platforms
        self.isBuilt = isBuilt
    }

    /// The file name of the program.
    var name: String { binaries.first?.path.lastComponent?.string ?? "app" }

    /// Adds the binaries of a folder as `check` writes it: `linux/arm/v7/app`.
    func filled(from folder: NamedPath, in context: Context) async throws -> ImageSupply {
        guard folder.path.isFolder else { throw ImageRunError.noFolder(folder.shown) }
        defer { context.listener.files(.ended) }
        let targets = try await FileTargets([folder.path], followsLinks: true, listener: context.listener)
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
        var supply = self
        var names: Set<String> = []
        for path in files {
            let file = try OpenFile(path)
            guard try file.isELF() else { continue }
            let snapshot = try FileSnapshot(file)
            let name = path.lastComponent?.string ?? ""
            names.insert(name)
            guard program == nil || program == name, isAskedFor(snapshot.bytes) else { continue }
            let binary = try admit(snapshot, at: path)
            guard platforms?.contains(binary.platform) ?? true else { continue }
            supply.binaries.append((binary, path))
        }
        try supply.check(names: names.sorted(), in: shown)
        return supply
    }

    private func admit(_ snapshot: FileSnapshot, at path: FilePath) throws(ImageRunError) -> StampedBinary {
        do { return try gate.admit(snapshot.bytes, permissions: snapshot.permissions, at: path) } catch {
            throw .refused(path, error)
        }
    }

    /// Checks that there is exactly one program, and a binary for every requested platform.
    private func check(names: [String], in folder: String) throws(ImageRunError) {
        if program == nil, names.count > 1 { throw .severalPrograms(names) }
        if let program, !names.contains(program) { throw .unknownProgram(program, in: folder, known: names) }
        for wanted in platforms ?? [] where !binaries.contains(where: { $0.binary.platform == wanted }) {
            throw .noPlatform(wanted, in: folder)
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
