import ELF
import GoBinary

/// What was read of the tables of a Go program.
struct GoEvidence: Sendable {
    let buildInfo: BuildInfo?
    let lineTable: LineTable?
    /// The functions of ``GoFunction`` that the program contains.
    let functions: Set<GoFunction>
    /// The entry functions of Go programs, for any system, that the program contains: `_rt0_amd64_linux`.
    let entryFunctions: Set<String>

    init(_ tables: GoTables, of header: ELFHeader) {
        buildInfo = tables.buildInfo
        lineTable = tables.lineTable
        // All names are found in one pass through the table.
        let names = tables.lineTable?.functions(among: GoEvidence.wanted) ?? []
        functions = Set(names.compactMap(GoFunction.init(rawValue:)))
        let prefix = MachineKind.of(header).map { GoEvidence.entryPrefix($0.goarch) }
        entryFunctions = names.filter { name in prefix.map(name.hasPrefix) ?? false }
    }

    private static let wanted = WantedNames(Set(GoFunction.allCases.map(\.rawValue)).union(entryFunctionNames))

    /// The names of the entry functions of Go programs, on the systems whose programs are ELF files.
    private static var entryFunctionNames: [String] {
        let systems = ["linux", "android", "dragonfly", "freebsd", "illumos", "netbsd", "openbsd", "solaris"]
        return MachineKind.all.flatMap { kind in systems.map { entryPrefix(kind.goarch) + $0 } }
    }

    private static func entryPrefix(_ goarch: String) -> String { "_rt0_\(goarch)_" }
}

/// The functions in Go's line table; empty without one.
struct GoFunctions: Evidence {
    static let reading = Reading.goTables

    private let functions: Set<GoFunction>
    /// The entry functions of Go programs, for any system.
    let entries: Set<String>

    init?(of subject: borrowing Subject) {
        guard let go = subject.evidence.go else { return nil }
        functions = go.functions
        entries = go.entryFunctions
    }

    func contains(_ function: GoFunction) -> Bool { functions.contains(function) }

    /// The wanted functions that the program contains.
    func present(_ wanted: GoFunction...) -> [GoFunction] { wanted.filter(functions.contains) }

    /// The entry function of a Go program for Linux; nil if the program does not contain it.
    var linuxEntry: String? { entries.first { $0.hasSuffix("_linux") } }

    /// The entry function of a Go program for another system; nil if the program contains none.
    var foreignEntry: String? { entries.filter { !$0.hasSuffix("_linux") }.sorted().first }
}

extension [GoFunction] {
    /// The names of the functions, as the evidence of a finding.
    var evidence: String { "\(count == 1 ? "function" : "functions") \(map(\.rawValue).joined(separator: ", "))" }
}

extension BuildInfo: Evidence {
    static let reading = Reading.goTables

    init?(of subject: borrowing Subject) {
        guard let info = subject.evidence.go?.buildInfo else { return nil }
        self = info
    }
}

extension LineTable: Evidence {
    static let reading = Reading.goTables

    init?(of subject: borrowing Subject) {
        guard let table = subject.evidence.go?.lineTable else { return nil }
        self = table
    }
}
