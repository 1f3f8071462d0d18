public import Files
public import GoBinary
import SystemPackage
public import Verification

/// Why the gate refuses a file. The caller knows the file's path.
public enum GateRefusal: Error, Sendable, CustomStringConvertible {
    /// No stamp lies beside the file.
    case noStamp
    /// No stamp was given for a program in an image.
    case noStampOfImage
    /// No summary of an image was found.
    case noSummary
    /// The summary is about another image.
    case otherImage(manifest: Digest?)
    /// Less was proved of the program, or of the image, than is required.
    case notProved(ProofLevel, required: ProofLevel)
    /// The only stamp is unsigned, and unsigned stamps do not count.
    case onlyUnsigned
    /// The stamp is signed, but no key is trusted.
    case noTrustedKey
    /// The stamp's file cannot be read, or is not a regular file.
    case unreadableStamp(FileError)
    /// A line of the stamp is not an envelope with an in-toto statement.
    case notAnEnvelope
    /// The envelope proves nothing.
    case envelope(EnvelopeError)
    /// The statement is not valid JSON, not in-toto version 1, or lacks a required field.
    case malformedStatement
    /// The statement is about no file, or about several.
    case notOneSubject
    /// The statement holds another predicate than a verification summary.
    case otherPredicate(type: String)
    /// The statement is about a file with other bytes.
    case otherBytes(actual: Digest)
    /// The statement is by another verifier.
    case otherVerifier(id: String)
    /// The statement does not say that the file passed.
    case notPassed
    /// The file was verified against another policy.
    case otherPolicy
    /// The time of the verification is not RFC 3339.
    case malformedTime(String)
    /// The verification is in the future, by more than clocks may differ.
    case fromTheFuture(time: String)
    /// The verification is older than the gate allows.
    case expired(time: String)
    /// The stamp is for a file of another name.
    case otherName(stamped: String)
    /// The file is in a place for another platform than the one that the stamp names.
    case otherPlace(Platform, Place, of: NamedPlatform)
    /// The platform of the statement cannot be parsed.
    case malformedPlatform(PlatformError)
    /// The file is not for the platform that the stamp names.
    case otherPlatform(Platform, Finding)
    /// The stamp is for a platform other than Linux.
    case notLinux(Platform)
    /// There is no stamp because the program is not for Linux: only Linux programs are stamped.
    case neverStamped(Platform)
    /// The rules find errors in the file.
    case notReady([Finding])

    /// What says that a file is for a platform.
    public enum Place: Sendable, Hashable, CaseIterable {
        /// The folder of the file.
        case file
        /// The folder that the file is copied to.
        case copy
        /// The image that holds the file.
        case image
    }

    /// The kind of a refusal, for programs. Raw values are part of the report's format.
    ///
    /// The order is that of the checks: of several stamps, the one that passed the most checks is reported.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// There is no stamp that counts.
        case missing
        /// The stamp is damaged, or in another format.
        case malformed
        /// The stamp is not signed by a trusted key.
        case unknownKey = "unknown-key"
        /// The stamp names a trusted key but is not signed by it.
        case badSignature = "bad-signature"
        /// The stamp is about other bytes.
        case digestMismatch = "digest-mismatch"
        /// The file was verified against another policy.
        case stalePolicy = "stale-policy"
        /// The verification is too old.
        case expired
        /// The verification is in the future.
        case fromTheFuture = "from-the-future"
        /// The stamp is for a file of another name.
        case wrongName = "wrong-name"
        /// The file is in a place for another platform than its stamp.
        case wrongPlace = "wrong-place"
        /// Less was proved than is required.
        case notProved = "not-proved"
        /// The file is not for the platform that the stamp names.
        case wrongPlatform = "wrong-platform"
        /// The file is not scratch-ready.
        case notReady = "not-ready"

        /// How many checks a stamp passed that is refused for this reason.
        var progress: Int { Reason.allCases.firstIndex(of: self) ?? 0 }
    }
}

extension GateRefusal {
    /// The kind of the refusal.
    public var reason: Reason {
        switch self {
        case .noStamp, .noStampOfImage, .noSummary, .onlyUnsigned, .otherPredicate: .missing
        case .unreadableStamp, .notAnEnvelope, .malformedStatement, .notOneSubject, .otherVerifier, .malformedTime,
            .malformedPlatform:
            .malformed
        case .envelope(.badSignature): .badSignature
        case .envelope(.unknownKey), .noTrustedKey: .unknownKey
        case .envelope: .malformed
        case .otherBytes, .otherImage: .digestMismatch
        case .notProved: .notProved
        case .otherPolicy: .stalePolicy
        case .fromTheFuture: .fromTheFuture
        case .expired: .expired
        case .otherName: .wrongName
        case .otherPlace: .wrongPlace
        case .otherPlatform, .notLinux, .neverStamped: .wrongPlatform
        case .notPassed, .notReady: .notReady
        }
    }

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .noStamp: "no stamp beside it (APP.intoto.json or .intoto.jsonl): run staticcheck check, or verify --stamp"
        case .noStampOfImage: "no stamp found for the image's program: pass the folder of its stamp with --stamps"
        case .noSummary:
            "no signed summary of the image found: make the image with --key, or pass the folder with --stamps"
        case .otherImage(let manifest):
            "the summary is about another image\(manifest.map { " than this one, whose manifest is sha256:\($0)" } ?? "")"
        case .notProved(let level, let required):
            "\(level == .none ? "nothing was proved of it" : "it was proved to \(level.rawValue)"), but --require-proof "
                + "\(required.rawValue) is given: verify it with --prove\(required == .run ? "=run" : "")"
        case .onlyUnsigned: "its only stamp is unsigned: sign it with --key, or pass --allow-unsigned"
        case .noTrustedKey: "the stamp is signed, but no key is trusted: name its key with --trust"
        case .unreadableStamp(let error) where error.fault == .system(.open, .tooManySymbolicLinkLevels):
            "the stamp is a symbolic link, which is not followed: put the file itself there (cp -L)"
        case .unreadableStamp(let error): "the stamp \(error.reason)"
        case .notAnEnvelope:
            "the stamp is damaged: it holds no DSSE envelope with an in-toto statement, each on one line (jq -c writes it so)"
        case .envelope(let error): "\(error)"
        case .malformedStatement: "the stamp's statement is damaged: stamp the file again"
        case .notOneSubject: "the stamp's statement is not about exactly one file"
        case .otherPredicate(let type): "the stamp holds no verification summary (its predicate is \(type))"
        case .otherBytes(let digest):
            "the stamp is for other bytes than the file, whose SHA-256 is \(digest): stamp the file again"
        case .otherVerifier(let id): "the stamp is by another verifier: \(id)"
        case .notPassed: "the stamp does not say that the file passed"
        case .otherPolicy: "the file was verified with a policy other than the current one: verify it again"
        case .malformedTime(let text): "the stamp's time is not RFC 3339: \(text)"
        case .fromTheFuture(let time):
            "the stamp's time, \(time), is in the future: compare the clocks of both machines"
        case .expired(let time): "the file was verified on \(time), longer ago than --max-age: verify it again"
        case .otherName(let name):
            "the stamp is for a file named '\(name)': give the file that name, or pass --allow-renamed if the new name is meant"
        case .otherPlace(let platform, .file, let place):
            "the stamp is for \(platform), but the file is in a folder for \(place), whose image would get it: move it"
        case .otherPlace(let platform, .copy, let place):
            "the stamp is for \(platform), but --copy-to would put the file in a folder for \(place)"
        case .otherPlace(let platform, .image, let place):
            "the stamp is for \(platform), but the image says that the program is for \(place)"
        case .malformedPlatform(let error): "the stamp's platform cannot be read: \(error)"
        case .otherPlatform(let platform, let finding):
            "the stamp is for \(platform), but the file is not: \(finding.message) (\(finding.evidence))"
        case .notLinux(let platform): "the stamp is for \(platform): only Linux binaries run in a scratch image"
        case .neverStamped(let platform):
            "it is for \(platform), and only programs for Linux get stamps: gate their folder alone, such as dist/linux"
        case .notReady(let findings): findings.inOneLine
        }
    }
}
