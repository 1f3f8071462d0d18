import Attestation
import Files
public import Reporting
public import SystemPackage

/// The formats of a bill of materials.
public enum BillFormat: String, CaseIterable, Sendable, Hashable {
    /// SPDX 2.3.
    case spdx
    /// CycloneDX 1.6.
    case cyclonedx
}

extension BillFormat {
    func text(of bill: BillOfMaterials) throws -> String {
        switch self {
        case .spdx: try JSONReporter.render(SPDXDocument(bill, version: Product.version))
        case .cyclonedx: try JSONReporter.render(CycloneDXDocument(bill, version: Product.version))
        }
    }

    /// The in-toto statement about one binary that holds its bill.
    ///
    /// - Parameter created: The time that the bill states, in seconds since 1970.
    func statement(of binary: BillOfMaterials.Binary, created: Int) throws -> any Encodable & Sendable {
        let bill = BillOfMaterials(binaries: [binary], created: SourceDate.text(of: created))
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

/// Bills of materials that are written to files.
public struct BillDelivery: Sendable, Hashable {
    /// The files with their formats.
    public let files: [Destination<BillFormat>]

    /// Makes a delivery.
    public init(files: [Destination<BillFormat>]) { self.files = files }

    /// The formats, each once and in a fixed order.
    public var formats: [BillFormat] { BillFormat.allCases.filter { format in files.contains { $0.format == format } } }

    /// Writes the bills of a run's binaries. Binaries without Go build information have none.
    public func write(_ report: Report, in context: Context) throws {
        guard !files.isEmpty else { return }
        let bill = BillOfMaterials(
            binaries: report.bills, created: SourceDate.text(of: try context.statedTime()))
        for destination in files {
            let path = context.folder.pushing(destination.path)
            try Folder.create(path.removingLastComponent())
            try AtomicFile.write(destination.format.text(of: bill).utf8, to: path)
        }
    }
}

/// A file to write in a format: `json=report.json`.
public struct Destination<Format: Sendable & Hashable>: Sendable, Hashable {
    /// The format.
    public let format: Format
    /// The file; a relative path starts from the working folder.
    public let path: FilePath

    /// Makes a destination.
    public init(format: Format, path: FilePath) {
        self.format = format
        self.path = path
    }
}
