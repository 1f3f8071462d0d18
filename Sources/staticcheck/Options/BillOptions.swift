import ArgumentParser
import Attestation
import Files
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage

/// `--sbom`.
struct BillOptions: ParsableArguments {
    enum Format: String, CaseIterable, Sendable {
        case spdx, cyclonedx
    }

    @Option(
        name: .customLong("sbom"),
        help: ArgumentHelp(
            "Write a bill of materials, read from the binaries themselves: spdx=FILE (SPDX 2.3) or cyclonedx=FILE (1.6).",
            discussion: "May be given several times. Signed stamps hold each binary's own bill then, too.",
            valueName: "format=file"))
    var files: [String] = []

    func validate() throws { _ = try parsedFiles() }

    /// The formats asked for, each once.
    var formats: [Format] {
        let asked = Set((try? parsedFiles().map(\.0)) ?? [])
        return Format.allCases.filter(asked.contains)
    }

    /// Writes the bills of a run's binaries; those that are no Go programs have none.
    func write(_ binaries: [BillOfMaterials.Binary], from folder: FilePath) throws {
        let files = try parsedFiles()
        guard !files.isEmpty else { return }
        let bill = BillOfMaterials(binaries: binaries, created: try SourceDate.text())
        for (format, name) in files {
            let path = folder.pushing(FilePath(name))
            try Folder.create(path.removingLastComponent())
            try AtomicFile.write(format.text(of: bill).utf8, to: path)
        }
    }

    private func parsedFiles() throws -> [(Format, String)] {
        try FormatFile.parse(files, option: "--sbom")
    }
}

extension BillOptions.Format {
    func text(of bill: BillOfMaterials) throws -> String {
        switch self {
        case .spdx: try JSONReporter.render(SPDXDocument(bill, version: Product.version))
        case .cyclonedx: try JSONReporter.render(CycloneDXDocument(bill, version: Product.version))
        }
    }

    /// The statement about one binary that holds its bill.
    func statement(of binary: BillOfMaterials.Binary) throws -> any Encodable & Sendable {
        let bill = BillOfMaterials(binaries: [binary], created: try SourceDate.text())
        let subject = [ResourceDescriptor(name: binary.path, digest: binary.digest)]
        switch self {
        case .spdx:
            return Statement(
                subject: subject, predicateType: SPDXDocument.predicateType,
                predicate: SPDXDocument(bill, version: Product.version))
        case .cyclonedx:
            return Statement(
                subject: subject, predicateType: CycloneDXDocument.predicateType,
                predicate: CycloneDXDocument(bill, version: Product.version))
        }
    }
}
