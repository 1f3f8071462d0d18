import FoundationEssentials
import GoBinary
public import SystemPackage
public import Verification

/// The step before packaging: it lets through what was verified and stamped, byte for byte, and nothing else.
public struct Gate: Sendable {
    /// The keys whose stamps count.
    public let trust: [VerificationKey]
    /// Whether, where no key is trusted, unsigned stamps count.
    public let allowsUnsigned: Bool
    /// The policy in force.
    public let policy: Policy
    /// Now, in seconds since 1970.
    public let now: Int
    /// How old a verification may be, in seconds; nil for any age.
    public let maximumAge: Int?
    /// That of the policy: it is the same for every file.
    private let policyDigest: Digest

    /// Sets up a gate. With a trusted key unsigned stamps never count.
    public init(
        trust: [VerificationKey], allowsUnsigned: Bool = false, policy: Policy, now: Int, maximumAge: Int? = nil
    ) {
        self.trust = trust
        self.allowsUnsigned = allowsUnsigned && trust.isEmpty
        self.policy = policy
        policyDigest = Digest(of: policy)
        self.now = now
        self.maximumAge = maximumAge
    }

    /// How far the clocks of two machines may be apart, in seconds.
    static let clockTolerance = 300

    /// Looks at a binary that was read whole, and at the stamp that lies beside it.
    ///
    /// - Parameters:
    ///   - bytes: The whole file: these bytes are hashed, parsed, and let through.
    ///   - permissions: The file's permission bits.
    ///   - path: Where it was read, beside which its stamp is looked for.
    /// - Throws: `GateRefusal`.
    public func admit(
        _ bytes: [UInt8], permissions: UInt32, at path: FilePath
    ) throws(GateRefusal) -> StampedBinary {
        try admit(bytes, permissions: permissions, candidates: candidates(beside: path))
    }

    /// Looks at a binary, and at stamps that may lie anywhere: it is let through if one of them speaks of it.
    ///
    /// - Throws: `GateRefusal`.
    public func admit(
        _ bytes: [UInt8], permissions: UInt32, stamps: [StampDocument]
    ) throws(GateRefusal) -> StampedBinary {
        let candidates = stamps.flatMap { stamp -> [StampCandidate] in
            switch stamp.kind {
            case .unsigned: allowsUnsigned ? [.statement(stamp.bytes)] : []
            case .signed: allowsUnsigned ? [] : stamp.bytes.split(separator: 0x0a).map(StampCandidate.line)
            case .sigstore: []
            }
        }
        return try admit(bytes, permissions: permissions, candidates: candidates)
    }

    private func admit(
        _ bytes: [UInt8], permissions: UInt32, candidates: [StampCandidate]
    ) throws(GateRefusal) -> StampedBinary {
        let digest = Digest(of: bytes)
        let stamp = try stamp(among: candidates, digest: digest)
        let platform = try Gate.platform(of: stamp)
        let subject = Subject(
            bytes, expected: platform, isGoBuild: stamp.goBuildInfo != nil, permissions: permissions)
        let errors = policy.errors(in: subject)
        let isForAnother = errors.first(where: \.isOfPlatform)
        if let finding = isForAnother {
            throw GateRefusal(.wrongPlatform, "the stamp is for \(platform): \(finding.message) (\(finding.evidence))")
        }
        guard errors.isEmpty else { throw GateRefusal(.notReady, errors.inOneLine) }
        guard platform.isLinux else { throw GateRefusal(.wrongPlatform, "\(platform) is no platform of Linux") }
        return StampedBinary(
            bytes: bytes, permissions: permissions, platform: platform, digest: digest,
            timeVerified: stamp.timeVerified, subject: subject)
    }

    /// The first summary that passes every check; else the reason of the one that came furthest.
    private func stamp(among candidates: [StampCandidate], digest: Digest) throws(GateRefusal) -> VerificationSummary {
        var best = GateRefusal(.missing, "there is no stamp beside it")
        for candidate in candidates {
            do {
                return try check(candidate.document(trust), digest: digest)
            } catch {
                if error.reason.progress > best.reason.progress { best = error }
            }
        }
        throw best
    }

    /// What the stamp files hold.
    private func candidates(beside path: FilePath) throws(GateRefusal) -> [StampCandidate] {
        if allowsUnsigned {
            if let document = try read(.unsigned, beside: path) { return [.statement(document)] }
            guard try read(.signed, beside: path) == nil else {
                throw GateRefusal(.unknownKey, "the stamp is signed, and no key is trusted")
            }
            return []
        }
        guard let lines = try read(.signed, beside: path) else {
            if try read(.unsigned, beside: path) != nil {
                throw GateRefusal(.missing, "there is an unsigned stamp alone, which does not count")
            }
            return []
        }
        return lines.split(separator: 0x0a).map(StampCandidate.line)
    }

    private func read(_ file: StampFile, beside path: FilePath) throws(GateRefusal) -> [UInt8]? {
        do {
            return try file.read(beside: path)
        } catch {
            switch error {
            case .missing: return nil
            case .unusable(let words): throw GateRefusal(.malformed, words)
            }
        }
    }
}

extension Gate {
    /// Holds a statement against the file and the policy (https://slsa.dev/spec/v1.2/verification_summary, "How to verify").
    private func check(_ document: [UInt8], digest: Digest) throws(GateRefusal) -> VerificationSummary {
        guard StrictJSON.accepts(document),
            let head = try? JSONDecoder().decode(StatementHead.self, from: Data(document)),
            head.type == StatementHead.version
        else { throw GateRefusal(.malformed, "the stamp's statement is damaged") }
        guard head.predicateType == VerificationSummary.predicateType else {
            throw GateRefusal(.missing, "the stamp holds no verification summary")
        }
        guard let statement = try? JSONDecoder().decode(Statement<VerificationSummary>.self, from: Data(document)),
            statement.subject.count == 1
        else { throw GateRefusal(.malformed, "the stamp's statement does not speak of one file") }
        let summary = statement.predicate
        guard statement.subject[0].digest["sha256"] == digest.hexadecimal else {
            throw GateRefusal(.digestMismatch, "the stamp speaks of other bytes than these (\(digest))")
        }
        guard summary.verifier.id == VerificationSummary.verifier else {
            throw GateRefusal(.malformed, "the stamp is by another verifier: \(summary.verifier.id)")
        }
        guard summary.verificationResult == VerificationSummary.passed,
            summary.verifiedLevels.contains(VerificationSummary.level)
        else { throw GateRefusal(.notReady, "the stamp does not say that the file passed") }
        guard summary.policy.digest["sha256"] == policyDigest.hexadecimal else {
            throw GateRefusal(.stalePolicy, "the file was verified against another policy than the one in force")
        }
        try checkAge(of: summary)
        return summary
    }

    private func checkAge(of summary: VerificationSummary) throws(GateRefusal) {
        guard let date = try? Date(summary.timeVerified, strategy: Date.ISO8601FormatStyle()) else {
            throw GateRefusal(.malformed, "the stamp's time cannot be read: \(summary.timeVerified)")
        }
        let age = now - Int(date.timeIntervalSince1970.rounded())
        guard age >= -Gate.clockTolerance else {
            throw GateRefusal(.fromTheFuture, "the stamp is of \(summary.timeVerified), which is yet to come")
        }
        if let maximumAge, age > maximumAge {
            throw GateRefusal(.expired, "the file was verified on \(summary.timeVerified), too long ago")
        }
    }

    private static func platform(of summary: VerificationSummary) throws(GateRefusal) -> Platform {
        do { return try Platform(parsing: summary.platform) } catch {
            throw GateRefusal(.malformed, "the stamp's platform cannot be read: \(error)")
        }
    }
}
