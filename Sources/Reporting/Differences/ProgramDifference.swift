import GoBinary

/// What changed between two versions of a program.
public struct ProgramDifference: Sendable, Codable {
    /// The path that the program has before and now.
    public let path: String
    /// The platform, as the command line spells it; nil if unknown.
    public let platform: String?
    /// What became of it.
    public let status: DifferenceStatus
    /// The size before in bytes; nil if there was no program.
    public let sizeBefore: Int?
    /// The size now in bytes; nil if there is no program.
    public let sizeNow: Int?
    /// The SHA-256 digest before, in hexadecimal; nil if there was no program.
    public let sha256Before: String?
    /// The SHA-256 digest now, in hexadecimal; nil if there is no program.
    public let sha256Now: String?
    /// The version of Go, the main package, its module, and the verdict, where they changed.
    public let values: [ValueChange]
    /// The modules that the program depends on, where their versions changed.
    public let modules: [ValueChange]
    /// The build settings that changed.
    public let settings: [ValueChange]
    /// The packages that functions of the program belong to.
    public let packages: SetChange
    /// What the code of the program can do.
    public let capabilities: SetChange
    /// The parts of the file whose sizes changed, the largest change first.
    public let parts: [PartChange]
    /// What the program looks for in its root.
    public let needs: SetChange
    /// The findings of rules that had none before; of a new program all.
    public let newFindings: [FindingReport]
    /// The findings of rules that have none now.
    public let fixedFindings: [FindingReport]

    /// The growth as a part of the size before, 0.05 for 5 %; negative if the file shrank, nil without a size before and now.
    public var growth: Double? {
        guard let sizeBefore, let sizeNow, sizeBefore > 0 else { return nil }
        return Double(sizeNow - sizeBefore) / Double(sizeBefore)
    }

    /// Compares a program with what it was before. One of them may not exist; nil if neither does.
    public init?(from before: ProgramFacts?, to now: ProgramFacts?) {
        guard let known = now ?? before else { return nil }
        path = known.report.path
        platform = known.report.platform
        let isSame = before?.report.sha256 == now?.report.sha256 && before?.values == now?.values
        status = isSame ? .same : before == nil ? .added : now == nil ? .removed : .changed
        sizeBefore = before?.report.size
        sizeNow = now?.report.size
        sha256Before = before?.report.sha256
        sha256Now = now?.report.sha256
        // Of a program that is new or gone everything would be a change.
        let old = before ?? known
        let new = now ?? known
        values = ValueChange.all(from: old.values, to: new.values)
        modules = ValueChange.all(from: old.modules, to: new.modules)
        settings = ValueChange.all(from: old.settings, to: new.settings)
        packages = SetChange(from: old.packages, to: new.packages)
        capabilities = SetChange(from: old.capabilities, to: new.capabilities)
        parts = ProgramDifference.parts(from: old, to: new)
        needs = SetChange(from: old.needs, to: new.needs)
        let rules = Comparison.Change(
            from: before.map { .binary($0.report) }, to: now.map { .binary($0.report) })
        let findings = now?.report.findings ?? []
        newFindings = before == nil ? findings : findings.filter { rules?.new.contains($0.rule) ?? false }
        fixedFindings = before?.report.findings.filter { rules?.mended.contains($0.rule) ?? false } ?? []
    }

    private static func parts(from before: ProgramFacts, to now: ProgramFacts) -> [PartChange] {
        struct Key: Hashable {
            let module: String?
            let name: String
        }
        func sizes(_ facts: ProgramFacts) -> [Key: Int] {
            // A new version of a module is not another part; another module of the same package is.
            let parts = (facts.report.sizes?.parts ?? []).map { (Key(module: $0.module, name: $0.name), $0.size) }
            return Dictionary(parts, uniquingKeysWith: +)
        }
        let old = sizes(before)
        let new = sizes(now)
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
            .map { PartChange(module: $0.module, name: $0.name, before: old[$0], now: new[$0]) }
            .sorted { (abs($1.growth), $0.name) < (abs($0.growth), $1.name) }
    }
}
