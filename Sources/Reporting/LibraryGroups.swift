import Text
import Verification

/// Needed libraries as one group, because they have one remedy.
extension [FindingGroup] {
    /// How many libraries are named.
    private static var shown: Int { 12 }
    /// How many libraries are shown with what the program takes from them.
    private static var explained: Int { 2 }

    /// The groups, with those that are about needed libraries and have the same remedy joined at the place of the first.
    var joiningLibraries: [FindingGroup] {
        let sets = Dictionary(grouping: filter { $0.finding.library != nil }, by: LibraryKey.init)
        var isTold: Set<LibraryKey> = []
        return compactMap { group in
            guard group.finding.library != nil else { return group }
            let key = LibraryKey(group)
            guard isTold.insert(key).inserted else { return nil }
            return sets[key]?.joined ?? group
        }
    }

    /// One group that says what all of these say about libraries.
    private var joined: FindingGroup? {
        guard let first, count > 1 else { return first }
        var group = first
        group.paths = flatMap(\.paths).distinct
        let isAlike = allSatisfy { $0.paths == first.paths }
        // The libraries that most files need come first; sorting keeps the order of the others.
        let ordered = isAlike ? self : sorted { $0.paths.count > $1.paths.count }
        let names = ordered.map { one in
            (one.finding.library ?? "") + (isAlike ? "" : " (\(one.shortPlaces))")
        }
        let number = count.counted("library", plural: "libraries")
        let root = first.isInImage ? "the image" : "an empty root"
        group.finding = first.finding.saying(
            "\(isAlike ? "it needs" : "they need") \(number) that \(root) does not have: "
                + names.listed(Self.shown),
            evidence: ordered.map(\.finding.evidence).prefix(Self.explained).joined(separator: "; ")
                + (count > Self.explained ? "; and \(count - Self.explained) more" : ""))
        return group
    }
}

extension FindingGroup {
    /// The name of a single file, or how many there are.
    fileprivate var shortPlaces: String {
        paths.count == 1 || paths.count == total ? places : paths.count.counted("file")
    }
}

extension [String] {
    /// The first words, and how many there are besides.
    func listed(_ maximum: Int) -> String {
        prefix(maximum).joined(separator: ", ") + (count > maximum ? " and \(count - maximum) more" : "")
    }
}

/// What findings about libraries must have in common to be told as one.
private struct LibraryKey: Hashable {
    let rule: String
    let level: String
    let remedy: String
    let exception: String?
    let causes: [String]?
    let isInImage: Bool

    init(_ group: FindingGroup) {
        rule = group.finding.rule
        level = group.finding.level.rawValue
        remedy = group.finding.remedy
        exception = group.finding.exception
        causes = group.finding.causes
        isInImage = group.isInImage
    }
}
