public import Files
public import GoBinary
public import SystemPackage
import Text
public import Verification

/// The last check before packaging: admits only files that were verified and stamped, byte for byte.
public struct Gate: Sendable {
    /// The keys whose stamps count.
    public let trust: [VerificationKey]
    /// Whether unsigned stamps count; always false if a key is trusted.
    public let allowsUnsigned: Bool
    /// The policy in force. A stamp under another policy is refused.
    public let policy: Policy
    /// The current time, in seconds since 1970.
    public let now: Int
    /// The greatest age of a verification, in seconds; nil for any age.
    public let maximumAge: Int?
    /// Whether a file may have another name than its stamp says.
    public let allowsRenamed: Bool
    /// How much must have been proved of a program; nil if nothing must.
    public let requiredProof: ProofLevel?
    /// Where relative paths start; only the place of a file depends on it.
    public let folder: FilePath
    /// The digest of the policy, computed once for all files.
    let policyDigest: Digest

    /// Makes a gate. If a key is trusted, unsigned stamps never count, whatever `allowsUnsigned` says.
    public init(
        trust: [VerificationKey], allowsUnsigned: Bool = false, policy: Policy, now: Int, maximumAge: Int? = nil,
        allowsRenamed: Bool = false, requiredProof: ProofLevel? = nil, folder: FilePath = ""
    ) {
        self.trust = trust
        self.allowsUnsigned = allowsUnsigned && trust.isEmpty
        self.policy = policy
        policyDigest = Digest(of: policy)
        self.now = now
        self.maximumAge = maximumAge
        self.allowsRenamed = allowsRenamed
        self.requiredProof = requiredProof
        self.folder = folder
    }

    /// Checks a binary against the stamp beside it.
    ///
    /// - Parameters:
    ///   - bytes: The whole file. These bytes are hashed, judged and admitted, so the file on disk may change meanwhile.
    ///   - permissions: The file's permission bits.
    ///   - path: The path of the file; its stamp lies beside it and must be for a file of this name. If the path ends in
    ///     `<os>/<arch>[/<variant>]/<file>`, the stamp must be for that platform.
    ///   - copy: The path that the file is copied to, for which the same holds; nil if it is not copied.
    /// - Throws: `GateRefusal`.
    public func admit(
        _ bytes: [UInt8], permissions: UInt32, at path: FilePath, copiedTo copy: FilePath? = nil
    ) throws(GateRefusal) -> StampedBinary {
        let place = StampedPlace(of: path, copiedTo: copy, from: folder)
        return try admit(bytes, permissions: permissions, in: place, candidates: candidates(beside: path))
    }

    /// Checks an open file against a stamp, and never holds it in memory as a whole.
    ///
    /// - Parameters:
    ///   - file: The file. It is read twice, for its digest and for the rules, and must not change meanwhile.
    ///   - permissions: The permission bits to judge.
    ///   - path: The path of the binary, beside which its stamp lies.
    ///   - copy: The path that the file is copied to; nil if it is not copied.
    /// - Throws: `GateRefusal`; `FileError` if the file cannot be read, or changes meanwhile.
    public func admit(
        _ file: borrowing OpenFile, permissions: UInt32, at path: FilePath, copiedTo copy: FilePath? = nil
    ) throws -> Admission {
        let place = StampedPlace(of: path, copiedTo: copy, from: folder)
        let candidates = try candidates(beside: path)
        guard !candidates.isEmpty else { throw try missingStamp(of: file, permissions) }
        let digest = try Digest(of: file)
        let claim = try claim(among: candidates, digest: digest, in: place)
        let (subject, judgement) = try policy.judge(
            file, expected: claim.platform, isGoBuild: claim.isGoBuild, permissions: permissions)
        return try admission(
            of: subject, errors: judgement.errors, claim: claim, digest: digest, size: file.size,
            permissions: permissions)
    }

    private func missingStamp(
        of file: borrowing OpenFile, _ permissions: UInt32
    ) throws(FileError) -> GateRefusal {
        let subject = try Policy.standard.judge(file, expected: nil, permissions: permissions).subject
        guard let platform = subject.platform, !platform.isLinux else { return .noStamp }
        return .neverStamped(platform)
    }

    /// Checks a program in an image against stamps from elsewhere. One that is for this program is enough.
    ///
    /// - Parameters:
    ///   - bytes: The whole program.
    ///   - permissions: Its permission bits.
    ///   - stamps: The stamps.
    ///   - platform: The platform that the image names, which must be that of the stamp.
    /// - Throws: `GateRefusal`.
    public func admit(
        _ bytes: [UInt8], permissions: UInt32, stamps: [StampDocument], inImageFor platform: NamedPlatform
    ) throws(GateRefusal) -> StampedBinary {
        let candidates = stamps.flatMap { stamp -> [StampCandidate] in
            switch stamp.kind {
            case .unsigned: allowsUnsigned ? [.statement(stamp.bytes)] : []
            case .signed: allowsUnsigned ? [] : StampCandidate.lines(of: stamp.bytes)
            case .sigstore: []
            }
        }
        let place = StampedPlace(inImageFor: platform)
        return try admit(bytes, permissions: permissions, in: place, candidates: candidates)
    }

    private func admit(
        _ bytes: [UInt8], permissions: UInt32, in place: StampedPlace, candidates: [StampCandidate]
    ) throws(GateRefusal) -> StampedBinary {
        let digest = Digest(of: bytes)
        let claim = try claim(among: candidates, digest: digest, in: place)
        let subject = Subject(
            bytes, expected: claim.platform, isGoBuild: claim.isGoBuild, permissions: permissions)
        let admission = try admission(
            of: subject, errors: policy.errors(in: subject), claim: claim, digest: digest, size: bytes.count,
            permissions: permissions)
        return StampedBinary(bytes: bytes, admission: admission)
    }

    /// Applies the rules again: a signature does not make a dynamic file static.
    private func admission(
        of subject: Subject, errors: [Finding], claim: Claim, digest: Digest, size: Int, permissions: UInt32
    ) throws(GateRefusal) -> Admission {
        if let finding = errors.first(where: \.isOfPlatform) { throw .otherPlatform(claim.platform, finding) }
        guard errors.isEmpty else { throw .notReady(errors) }
        guard claim.platform.isLinux else { throw .notLinux(claim.platform) }
        return Admission(
            size: size, permissions: permissions, platform: claim.platform, digest: digest,
            timeVerified: claim.summary.timeVerified, stampedName: claim.otherName, subject: subject)
    }

    private func claim(
        among candidates: [StampCandidate], digest: Digest, in place: StampedPlace
    ) throws(GateRefusal) -> Claim {
        try claim(among: candidates, otherwise: .noStamp) {
            (document) throws(GateRefusal) -> Claim in try check(document, digest: digest, in: place)
        }
    }

    /// The first claim that passes every check. If none does, throws the refusal of the one that passed the most.
    func claim<Passed>(
        among candidates: [StampCandidate], otherwise missing: GateRefusal,
        _ check: ([UInt8]) throws(GateRefusal) -> Passed
    ) throws(GateRefusal) -> Passed {
        var best = missing
        for candidate in candidates {
            do {
                return try check(candidate.document(trust))
            } catch {
                if error.reason.progress > best.reason.progress { best = error }
            }
        }
        throw best
    }
}

extension Gate {
    private func candidates(beside path: FilePath) throws(GateRefusal) -> [StampCandidate] {
        if allowsUnsigned {
            if let document = try read(.unsigned, beside: path) { return [.statement(document)] }
            guard try read(.signed, beside: path) == nil else { throw .noTrustedKey }
            return []
        }
        if let document = try read(.signed, beside: path) { return StampCandidate.lines(of: document) }
        guard try read(.unsigned, beside: path) == nil else { throw .onlyUnsigned }
        return []
    }

    /// A stamp's content; nil if there is no such file.
    private func read(_ file: StampFile, beside path: FilePath) throws(GateRefusal) -> [UInt8]? {
        do {
            return try file.read(beside: path)
        } catch {
            guard error.isMissing else { throw .unreadableStamp(error) }
            return nil
        }
    }
}
