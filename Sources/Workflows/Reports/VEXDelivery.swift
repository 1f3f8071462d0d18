import Attestation
public import Reporting
import Verification

/// The formats of a document about vulnerabilities.
public enum VEXFormat: String, CaseIterable, Sendable, Hashable {
    /// OpenVEX 0.2.0.
    case openvex
    /// CycloneDX 1.6: the bill of materials with its vulnerabilities.
    case cyclonedx
}

/// Documents about vulnerabilities, and the files that they are written to.
public struct VEXDelivery: Sendable, Hashable {
    /// The files with their formats.
    public let files: [Destination<VEXFormat>]
    /// Further names of what the binaries are part of.
    public let products: [String]

    /// Makes a delivery.
    public init(files: [Destination<VEXFormat>], products: [String]) {
        self.files = files
        self.products = products
    }

    /// Writes the documents about a run's binaries. Binaries without Go build information are left out.
    ///
    /// - Throws: `VEXError` if the database could not be read: a document without statements would say that nothing matches.
    public func write(_ report: Report, in context: Context) throws {
        guard !files.isEmpty else { return }
        if let entry = report.entries.first(where: { $0.vulnerabilities?.failure != nil }) {
            throw VEXError.notLookedUp(entry.path)
        }
        let bill = BillOfMaterials(binaries: report.bills, created: StatedTime.text(of: try context.statedTime()))
        for file in files { try file.write(try text(of: bill, as: file.format), from: context.folder) }
    }

    private func text(of bill: BillOfMaterials, as format: VEXFormat) throws -> String {
        switch format {
        case .openvex:
            try JSONReporter.render(OpenVEXDocument(bill, version: Identity.version, products: products))
        case .cyclonedx: try BillFormat.cyclonedx.text(of: bill)
        }
    }
}

/// Why no document about vulnerabilities is written.
public enum VEXError: Error, Sendable, CustomStringConvertible {
    /// The database could not be read when the modules of a program were looked up.
    case notLookedUp(String)

    /// What is missing.
    public var description: String {
        switch self {
        case .notLookedUp(let path):
            "no VEX document is written: the database of vulnerabilities could not be read for \(path)"
        }
    }
}
