/// The changes since a baseline report: files, findings and sizes.
public struct Comparison: Sendable, Codable, Hashable {
    /// The entries that differ, in the order of the new report, then those that are gone.
    public let changes: [Change]

    /// An entry that differs.
    public struct Change: Sendable, Codable, Hashable {
        /// The path of the entry.
        public let path: String
        /// The platform; nil if unknown.
        public let platform: String?
        /// The size in the baseline, in bytes; nil for a new entry.
        public let sizeBefore: Int?
        /// The size now, in bytes; nil for an entry that is gone.
        public let sizeNow: Int?
        /// The rules that have findings now, and had none.
        public let new: [String]
        /// The rules that had findings, and have none now.
        public let mended: [String]

        /// The capabilities, modules and packages that are new, of a new program all; nil if nothing is, or if one of the reports does not
        /// have them.
        public let gained: ProgramContents.Gain?
        /// True if the program has no names of functions any more, so that what it gained cannot be told; else nil.
        public let isGainUnknown: Bool?

        /// The growth as a part of the size before, 0.05 for 5 %; negative if the file shrank, nil if a size is unknown.
        public var growth: Double? {
            guard let sizeBefore, let sizeNow, sizeBefore > 0 else { return nil }
            return Double(sizeNow - sizeBefore) / Double(sizeBefore)
        }
    }

    /// Compares two reports.
    init(_ report: Report, with baseline: Report) {
        let before = Dictionary(baseline.entries.map { ($0.key, $0) }) { first, _ in first }
        let now = Set(report.entries.map(\.key))
        let isListed = baseline.hasContents && report.hasContents
        let present = report.entries.map { entry in
            Change(from: before[entry.key], to: entry, comparingContents: isListed)
        }
        let gone = baseline.entries.filter { !now.contains($0.key) }.map { Change(from: $0, to: nil) }
        changes = (present + gone).compactMap { $0 }
    }
}

extension ReportEntry {
    /// What an entry is called in every report.
    fileprivate var key: String { "\(platform ?? "")\n\(path)" }
}

extension Report {
    /// Whether another report has one of the entries.
    public func sharesEntries(with other: Report) -> Bool {
        !Set(entries.map(\.key)).isDisjoint(with: other.entries.map(\.key))
    }
}

extension Comparison.Change: CustomStringConvertible {
    /// Compares two entries; nil if nothing changed.
    ///
    /// - Parameter comparingContents: Whether the reports say what programs are made of.
    init?(from old: ReportEntry?, to new: ReportEntry?, comparingContents: Bool = false) {
        guard let entry = new ?? old else { return nil }
        let rules = Set(new?.findings.map(\.rule) ?? [])
        let oldRules = Set(old?.findings.map(\.rule) ?? [])
        self.init(
            path: entry.path, platform: entry.platform, sizeBefore: old?.size, sizeNow: new?.size,
            new: old == nil && new?.size != nil ? [] : rules.subtracting(oldRules).sorted(),
            mended: new == nil && old?.size != nil ? [] : oldRules.subtracting(rules).sorted(),
            gained: comparingContents ? Comparison.Change.gain(from: old, to: new) : nil,
            isGainUnknown: comparingContents && old?.contents != nil && new != nil && new?.contents == nil ? true : nil)
        if old != nil, new != nil, sizeBefore == sizeNow, self.new.isEmpty, mended.isEmpty, gained == nil,
            isGainUnknown == nil
        {
            return nil
        }
    }

    /// What an entry gained; nil for nothing. Of one without contents before, and of a new one, all is new.
    private static func gain(from old: ReportEntry?, to new: ReportEntry?) -> ProgramContents.Gain? {
        guard let gain = new?.contents?.gain(since: old?.contents ?? .none), !gain.isEmpty else { return nil }
        return gain
    }

    /// The change in words.
    public var description: String {
        var words: [String] = []
        switch (sizeBefore, sizeNow) {
        case (nil, let now?): words.append("new, \(Quantity.size(now))")
        case (_?, nil): words.append("gone")
        case (let before?, let now?) where now != before:
            let percent = (now > before ? "+" : "") + Quantity.share(now - before, of: before)
            words.append("\(now > before ? "grown by" : "shrunk by") \(Quantity.size(abs(now - before))) (\(percent))")
        default: break
        }
        if !new.isEmpty { words.append("new: \(new.joined(separator: ", "))") }
        if !mended.isEmpty { words.append("fixed: \(mended.joined(separator: ", "))") }
        if isGainUnknown == true { words.append("gained: not known, it has no names of functions") }
        if let gained { words.append("gained: \(gained.words.joined(separator: ", "))") }
        return "\(path.printable): \(words.joined(separator: "; "))"
    }
}
