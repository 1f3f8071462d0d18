import FoundationEssentials
public import GoBinary
public import SystemPackage
public import Verification

/// The attestation beside a binary that says it is scratch-ready.
public struct Stamp: Sendable {
    /// The statement.
    public let statement: Statement<VerificationSummary>

    /// What a stamp says of its maker.
    public struct Maker: Sendable {
        /// Versions by part, `staticcheck` and `libelf` among them.
        public let version: [String: String]
        /// When the verification took place, in seconds since 1970.
        public let time: Int

        /// Makes a maker.
        public init(version: [String: String], time: Int) {
            self.version = version
            self.time = time
        }
    }

    /// Stamps a file that passed.
    public init(
        name: String, digest: Digest, platform: Platform, buildInfo: BuildInfo?, proof: Proof? = nil,
        reproduction: Reproduction? = nil, policy: Policy, maker: Maker
    ) {
        let date = Date(timeIntervalSince1970: Double(maker.time))
        let summary = VerificationSummary(
            verifier: .init(id: "https://scratchready.dev/verifier/v1", version: maker.version),
            timeVerified: date.formatted(Date.ISO8601FormatStyle()),
            resourceUri: Stamp.resource(name: name, digest: digest, platform: platform, buildInfo: buildInfo),
            policy: ResourceDescriptor(
                uri: "https://scratchready.dev/policy/scratch-ready/v1",
                digest: Digest(of: Array(policy.canonicalText.utf8))),
            verificationResult: "PASSED",
            verifiedLevels: [VerificationSummary.level],
            slsaVersion: "1.2",
            platform: platform.description,
            goBuildInfo: buildInfo.map(VerificationSummary.GoBuildInfo.init), proof: proof,
            reproduction: reproduction)
        statement = Statement(
            subject: [ResourceDescriptor(name: name, digest: digest)],
            predicateType: VerificationSummary.predicateType, predicate: summary)
    }

    /// Where the stamp of a binary lies.
    public static func path(of binary: FilePath) -> FilePath {
        binary.removingLastComponent().appending((binary.lastComponent?.string ?? "") + ".intoto.json")
    }

    /// The digest of the file that the stamp beside a binary speaks of; nil without a stamp that can be read.
    ///
    /// It is the stamp's own word: whoever relies on it must hash the binary.
    public static func subjectDigest(beside binary: FilePath) -> Digest? {
        guard
            let descriptor = try? FileDescriptor.open(path(of: binary), .readOnly, options: [.noFollow, .nonBlocking])
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count =
            (try? descriptor.closeAfter { try bytes.withUnsafeMutableBytes { try descriptor.read(into: $0) } }) ?? 0
        let stamp = try? JSONDecoder().decode(SubjectOfStamp.self, from: Data(bytes.prefix(count)))
        guard let stamp, stamp.subject.count == 1 else { return nil }
        return stamp.subject[0].digest["sha256"].flatMap(Digest.init(hexadecimal:))
    }

    private struct SubjectOfStamp: Decodable {
        let subject: [ResourceDescriptor]
    }

    /// Writes the stamp beside its binary.
    public func write(beside binary: FilePath) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try AtomicFile.write(encoder.encode(statement) + [0x0a], to: Stamp.path(of: binary))
    }

    /// Removes the stamp of a binary, where it has one.
    public static func remove(beside binary: FilePath) throws(OutputError) {
        let path = path(of: binary)
        do {
            try Attestation.remove(path)
        } catch  where error == .noSuchFileOrDirectory {
            return
        } catch {
            throw OutputError(path: path, action: "remove the stale stamp", reason: "\(error)")
        }
    }

    /// A package URL where the file names its module (lower-case, as the purl specification asks of Go), else its digest.
    private static func resource(name: String, digest: Digest, platform: Platform, buildInfo: BuildInfo?) -> String {
        guard let buildInfo, let main = buildInfo.main else { return "urn:sha256:\(digest)" }
        let version = main.version == "(devel)" ? "" : "@" + main.version.replacing("+", with: "%2B")
        let root = buildInfo.path.hasPrefix(main.path + "/") ? buildInfo.path.dropFirst(main.path.count + 1) : ""
        let variant = platform.variant.map { "&\($0.variable.lowercased())=\($0.value)" } ?? ""
        return
            "pkg:golang/\(main.path.lowercased())\(version)?goarch=\(platform.goarch)&goos=\(platform.goos)\(variant)"
            + (root.isEmpty ? "" : "#\(root)")
    }
}
