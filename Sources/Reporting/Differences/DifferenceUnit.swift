import Text
import Verification

/// What people read about one program or image: rows of a table, and findings.
struct DifferenceUnit {
    let title: String
    let status: DifferenceStatus
    var rows: [Row] = []
    var findings: [Finding] = []

    /// A row of the table.
    struct Row: Hashable {
        /// What the value is of: `module`, `setting`, `package`…
        let what: String
        var name = ""
        let before: String?
        let now: String?

        /// `+` for what is new, `-` for what is gone, `~` for what changed.
        var sign: String { before == nil ? "+" : now == nil ? "-" : "~" }
    }

    /// A finding that is new or fixed.
    struct Finding: Hashable {
        let isNew: Bool
        let level: Level
        let rule: String
        let message: String
    }

    /// At most so many rows of one kind are shown.
    static let maximum = 12

    /// The unit without the rows and findings that another shows.
    func without(_ other: DifferenceUnit) -> DifferenceUnit {
        var unit = self
        unit.rows.removeAll(where: Set(other.rows).contains)
        unit.findings.removeAll(where: Set(other.findings).contains)
        return unit
    }

    /// The rows that are shown, and how many of each kind are not.
    ///
    /// - Parameter showsAll: Whether all are shown.
    func shown(showsAll: Bool) -> (rows: [Row], hidden: [(what: String, count: Int)]) {
        guard !showsAll else { return (rows, []) }
        var counts: [String: Int] = [:]
        var kinds: [String] = []
        let shown = rows.filter { row in
            counts[row.what, default: 0] += 1
            if counts[row.what] == 1 { kinds.append(row.what) }
            return counts[row.what, default: 0] <= DifferenceUnit.maximum
        }
        return (shown, kinds.map { ($0, (counts[$0] ?? 0) - DifferenceUnit.maximum) }.filter { $0.1 > 0 })
    }
}

extension DifferenceReport {
    /// The units: what all changed programs have in common first, if there are several.
    var units: [DifferenceUnit] {
        let units = images.isEmpty ? programs.map { DifferenceUnit($0) } : images.flatMap(DifferenceUnit.all(of:))
        let changed = units.filter { $0.status == .changed }
        guard changed.count > 1, let first = changed.first else { return units }
        func isCommon<Part: Hashable>(_ path: KeyPath<DifferenceUnit, [Part]>) -> (Part) -> Bool {
            let sets = changed.map { Set($0[keyPath: path]) }
            return { part in sets.allSatisfy { $0.contains(part) } }
        }
        let common = DifferenceUnit(
            title: "all \(changed.count)", status: .changed, rows: first.rows.filter(isCommon(\.rows)),
            findings: first.findings.filter(isCommon(\.findings)))
        guard !common.rows.isEmpty || !common.findings.isEmpty else { return units }
        return [common] + units.map { $0.status == .changed ? $0.without(common) : $0 }
    }
}

extension DifferenceUnit {
    /// The image of a platform with the program of the same name as the only one, or the image and each of its programs.
    static func all(of image: ImageDifference) -> [DifferenceUnit] {
        var unit = DifferenceUnit(title: image.platform, status: image.status)
        unit.rows = image.settings.map { Row(what: $0.name, before: $0.before, now: $0.now) }
        unit.rows += image.files.map { file in
            Row(
                what: "file", name: file.path, before: file.before?.words(besides: file.now),
                now: file.now?.words(besides: file.before))
        }
        return [unit]
            + image.programs.filter { $0.status != image.status || $0.status == .changed }.map {
                DifferenceUnit($0)
            }
    }

    init(_ program: ProgramDifference) {
        title = program.path + (program.platform.map { " (\($0))" } ?? "")
        status = program.status
        rows = program.values.map { Row(what: $0.name, before: $0.before, now: $0.now) }
        if program.sizeBefore != program.sizeNow { rows.append(DifferenceUnit.size(of: program)) }
        rows += program.modules.map { Row(what: "module", name: $0.name, before: $0.before, now: $0.now) }
        rows += program.settings.map { Row(what: "setting", name: $0.name, before: $0.before, now: $0.now) }
        rows += DifferenceUnit.rows("capability", program.capabilities)
        rows += DifferenceUnit.rows("need", program.needs)
        rows += DifferenceUnit.packages(of: program)
        findings =
            program.newFindings.filter { $0.level != .note || program.status != .added }.map {
                Finding($0, isNew: true)
            }
            + program.fixedFindings.map { Finding($0, isNew: false) }
    }

    private static func size(of program: ProgramDifference) -> Row {
        let share = program.growth.map { growth in
            " (\(growth < 0 ? "" : "+")\(Quantity.oneDecimal(growth * 100)) %)"
        }
        return Row(
            what: "size", before: program.sizeBefore.map(Quantity.size),
            now: program.sizeNow.map { Quantity.size($0) + (share ?? "") })
    }

    /// The packages that are new or gone, those of the standard library last, then the parts whose sizes changed.
    private static func packages(of program: ProgramDifference) -> [Row] {
        let standard = Set(program.parts.filter { $0.module == "std" }.map(\.name))
        let rows = rows("package", program.packages)
        return rows.filter { !standard.contains($0.name) } + rows.filter { standard.contains($0.name) }
            + program.parts.map { part in
                let change = " (\(part.growth < 0 ? "-" : "+")\(Quantity.size(abs(part.growth))))"
                return Row(
                    what: "bytes", name: part.name, before: part.before.map(Quantity.size),
                    now: part.now.map { Quantity.size($0) + (part.before == nil ? "" : change) })
            }
    }

    private static func rows(_ what: String, _ change: SetChange) -> [Row] {
        change.gained.map { Row(what: what, name: $0, before: nil, now: "") }
            + change.lost.map { Row(what: what, name: $0, before: "", now: nil) }
    }
}

extension DifferenceUnit.Finding {
    fileprivate init(_ finding: FindingReport, isNew: Bool) {
        self.isNew = isNew
        level = finding.level
        rule = finding.rule
        message = finding.message
    }

    /// `new error` or `fixed warning`.
    var words: String { "\(isNew ? "new" : "fixed") \(level.rawValue)" }
}
