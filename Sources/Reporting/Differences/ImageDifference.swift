/// What changed between two versions of an image, on one platform.
public struct ImageDifference: Sendable, Codable {
    /// The platform, as the index spells it.
    public let platform: String
    /// What became of it.
    public let status: DifferenceStatus
    /// The digest of the manifest before; nil if the platform was missing.
    public let digestBefore: String?
    /// The digest of the manifest now; nil if the platform is missing.
    public let digestNow: String?
    /// What a runtime takes from the configuration: user, entry point, environment, ports and labels.
    public let settings: [ValueChange]
    /// The members of the root that changed, sorted by path.
    public let files: [FileChange]
    /// The programs of the root.
    public let programs: [ProgramDifference]

    /// A file, folder or link that differs.
    public struct FileChange: Sendable, Hashable, Codable {
        /// The absolute path.
        public let path: String
        /// What it was before; nil if it was not there.
        public let before: RootFile?
        /// What it is now; nil if it is not there.
        public let now: RootFile?
    }

    /// Compares the images of one platform. One of them may not exist; nil if neither does.
    init?(from before: ImageFacts?, to now: ImageFacts?) {
        guard let known = now ?? before else { return nil }
        platform = known.platform
        status =
            before == nil ? .added : now == nil ? .removed : before?.digest == now?.digest ? .same : .changed
        digestBefore = before?.digest
        digestNow = now?.digest
        // Of an image that is new or gone everything would be a change.
        let old = before ?? known
        let new = now ?? known
        settings = ValueChange.all(from: old.settings, to: new.settings)
        files = Set(old.files.keys).union(new.files.keys).sorted().compactMap { path in
            guard old.files[path] != new.files[path] else { return nil }
            return FileChange(path: path, before: old.files[path], now: new.files[path])
        }
        programs = ProgramDifference.all(from: before?.programs ?? [], to: now?.programs ?? [])
    }

    /// Compares images platform by platform, in the order in which they are now, then those that are gone.
    public static func all(from before: [ImageFacts], to now: [ImageFacts]) -> [ImageDifference] {
        pairs(of: before, and: now, by: \.platform).compactMap { ImageDifference(from: $0, to: $1) }
    }
}

extension ProgramDifference {
    /// Compares programs of the same path, in the order in which they are now, then those that are gone.
    static func all(from before: [ProgramFacts], to now: [ProgramFacts]) -> [ProgramDifference] {
        pairs(of: before, and: now, by: \.report.path).compactMap { ProgramDifference(from: $0, to: $1) }
    }
}

/// What has the same name before and now, in the order in which it is now, then what is gone.
private func pairs<Facts>(
    of before: [Facts], and now: [Facts], by name: (Facts) -> String
) -> [(before: Facts?, now: Facts?)] {
    let old = Dictionary(before.map { (name($0), $0) }) { first, _ in first }
    let names = Set(now.map(name))
    return now.map { (old[name($0)], $0) } + before.filter { !names.contains(name($0)) }.map { ($0, nil) }
}
