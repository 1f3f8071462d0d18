import Attestation
import Files
public import Licensing
public import Reporting
public import SystemPackage
import Text
import Verification

/// The formats of a bill of materials.
public enum BillFormat: String, CaseIterable, Sendable, Hashable {
    /// SPDX 2.3.
    case spdx
    /// SPDX 3.0.1.
    case spdx3
    /// CycloneDX 1.6.
    case cyclonedx
}

extension BillFormat {
    private var document: any BillDocument.Type {
        switch self {
        case .spdx: SPDXDocument.self
        case .spdx3: SPDX3Document.self
        case .cyclonedx: CycloneDXDocument.self
        }
    }

    func text(of bill: BillOfMaterials) throws -> String {
        try JSONReporter.render(document.init(bill, version: Identity.version))
    }

    /// The in-toto statement about one binary that holds its bill.
    ///
    /// - Parameter created: The time that the bill states, in seconds since 1970.
    func statement(of binary: BillOfMaterials.Binary, created: Int) throws -> any Encodable & Sendable {
        func statement<Document: BillDocument>(_ type: Document.Type) -> any Encodable & Sendable {
            let bill = BillOfMaterials(binaries: [binary], created: StatedTime.text(of: created))
            return Statement(
                subject: [ResourceDescriptor(name: binary.path, digest: binary.digest)],
                predicateType: type.predicateType, predicate: type.init(bill, version: Identity.version))
        }
        return statement(document)
    }
}

/// Bills of materials, and the files that they are written to.
public struct BillDelivery: Sendable, Hashable {
    /// The files with their formats.
    public let files: [Destination<BillFormat>]
    /// Who supplies the programs and makes the bills; nil for what their module paths tell.
    public let supplier: Supplier?

    /// Makes a delivery.
    public init(files: [Destination<BillFormat>], supplier: Supplier? = nil) {
        self.files = files
        self.supplier = supplier
    }

    /// The formats without duplicates, in a fixed order.
    public var formats: [BillFormat] { BillFormat.allCases.filter { format in files.contains { $0.format == format } } }

    /// Checks that the files can be written, without writing any.
    ///
    /// - Parameter created: A folder that the run creates, in which files may be too.
    /// - Throws: `UnusableOutput`.
    public func checkPlaces(in context: Context, created: FilePath? = nil) throws {
        try files.checkPlaces(from: context.folder, created: created)
    }

    /// Writes the bills of a run's binaries. Binaries without Go build information are left out. How many programs for other systems
    /// are left out is noted: their files are built, and nobody reads them.
    public func write(_ report: Report, in context: Context) throws {
        guard !files.isEmpty else { return }
        if report.summary.notApplicable > 0 {
            let programs = report.summary.notApplicable.counted("program")
            context.listener.note("note: the bill of materials is without \(programs) for other systems than Linux")
        }
        let bill = BillOfMaterials(
            binaries: report.bills, created: StatedTime.text(of: try context.statedTime()), author: supplier)
        for destination in files { try destination.write(destination.format.text(of: bill), from: context.folder) }
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

    /// Checks that the file can be written, without writing it. Its folder must exist: a path that is mistyped must not become a
    /// new folder.
    fileprivate func checkPlace(from folder: FilePath, created: FilePath? = nil) throws(UnusableOutput) {
        let file = folder.pushing(path).lexicallyNormalized()
        let place = file.removingLastComponent()
        guard place.exists || created.map({ place.starts(with: $0) }) == true else {
            throw .noFolder(path.string, folder: place)
        }
        try UnusableOutput.check(file, shown: path.string)
    }

    /// Writes a result to the file.
    ///
    /// - Parameter folder: Where a relative path starts.
    func write(_ text: String, from folder: FilePath) throws { try writeResult(text.utf8, to: path, from: folder) }
}

/// Replaces a file by a result. Its folder is created. A pipe or a device is written to, not replaced.
///
/// - Parameter folder: Where a relative path starts.
/// - Throws: `OutputError` if not all of it could be written; `UnusableOutput` if the run has put a program there.
func writeResult(_ bytes: some Collection<UInt8>, to path: FilePath, from folder: FilePath) throws {
    let file = folder.pushing(path).lexicallyNormalized()
    try UnusableOutput.checkContent(of: file, shown: path.string)
    guard !file.exists || file.isFile else { return try append(bytes, to: file) }
    try Folder.create(file.removingLastComponent())
    try AtomicFile.write(bytes, to: file)
}

extension Array {
    /// Checks that all files can be written, without writing any, and that no two results go to the same file.
    ///
    /// - Parameters:
    ///   - folder: Where relative paths start.
    ///   - created: A folder that the run creates, in which files may be too.
    /// - Throws: `UnusableOutput`.
    public func checkPlaces<Format>(from folder: FilePath, created: FilePath? = nil) throws(UnusableOutput)
    where Element == Destination<Format> {
        for destination in self { try destination.checkPlace(from: folder, created: created) }
        try UnusableOutput.checkDistinct(distinct.map { (folder.pushing($0.path), $0.path.string) })
    }
}
