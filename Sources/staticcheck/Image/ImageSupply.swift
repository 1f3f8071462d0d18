import ArgumentParser
import Attestation
import ELF
import Files
import FoundationEssentials
import GoBinary
import Reporting
import ScratchImage
import SystemPackage

/// The binaries of one program that a gate has let through.
struct ImageSupply: Sendable {
    let gate: Gate
    /// The program's name, where it was given.
    let program: String?
    /// The platforms, where they were given; else all that are there.
    let platforms: [Platform]?
    /// Whether they were built a moment ago, from the sources in the folder.
    let isBuilt: Bool
    private(set) var binaries: [(binary: StampedBinary, path: FilePath)] = []

    init(gate: Gate, program: String?, platforms: [Platform]?, isBuilt: Bool) {
        self.gate = gate
        self.program = program
        self.platforms = platforms
        self.isBuilt = isBuilt
    }

    /// The name of the program, which all of the files bear.
    var name: String { binaries.first?.path.lastComponent?.string ?? "app" }

    /// With the binaries of a folder as check leaves it: `linux/arm/v7/app`.
    func filled(from folder: FilePath, shown: String) async throws -> ImageSupply {
        var line = LiveLine()
        defer { line.clear() }
        let targets = try await FileTargets([folder], followsLinks: true, line: &line)
        if let problem = targets.problems.first {
            throw ImageInputError.unreadable(path: problem.path ?? shown, reason: problem.message)
        }
        guard folder.isFolder else {
            throw ImageInputError.missingFolder(shown)
        }
        let files = targets.files.filter { file in
            // Programs of other systems are built as well, and never packed.
            let parts = file.relative.components
            return parts.count < 3 || parts.first?.string == "linux"
        }
        return try filled(with: files.map(\.path), in: shown)
    }

    /// With files; those that are no ELF files are passed over.
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
            do {
                let binary = try gate.admit(snapshot.bytes, permissions: snapshot.permissions, at: path)
                guard platforms?.contains(binary.platform) ?? true else { continue }
                supply.binaries.append((binary, path))
            } catch {
                throw Refused(description: "the gate refuses \(path): \(error) [gate-\(error.reason.rawValue)]")
            }
        }
        let known = names.sorted()
        if program == nil, names.count > 1 {
            throw ImageInputError.severalPrograms(known)
        }
        if let program, !names.contains(program) {
            throw ImageInputError.unknownProgram(program, folder: shown, known: known)
        }
        if let missing = platforms?.first(where: { wanted in !supply.binaries.contains { $0.binary.platform == wanted }
        }) {
            throw ImageInputError.noProgram(folder: shown, platform: missing)
        }
        guard !supply.binaries.isEmpty else { throw ImageInputError.noProgram(folder: shown, platform: nil) }
        return supply
    }

    /// Whether a file's header is that of a platform that was asked for; the stamp says the rest.
    private func isAskedFor(_ bytes: [UInt8]) -> Bool {
        guard let platforms, let header = (try? ELFImage(bytes))?.header, let kind = MachineKind.of(header) else {
            return true
        }
        return platforms.contains { $0.goarch == kind.goarch }
    }

    /// What the gate says.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }
}
