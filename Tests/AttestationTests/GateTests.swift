import Attestation
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing
import Verification

/// What the gate admits, and each attack on it.
@Suite struct GateTests {
    private let trusted = SigningKey(.p256)
    private let stranger = SigningKey(.p256)

    private func gate(maximumAge: Int? = nil, now: Int = StampedProgram.time + 60, policy: Policy = .standard) -> Gate {
        Gate(trust: [trusted.verificationKey], policy: policy, now: now, maximumAge: maximumAge)
    }

    /// The reason of a refusal; nil if the file is admitted.
    private func refusal(
        _ file: StampedProgram, by gate: Gate? = nil, bytes: [UInt8]? = nil, permissions: UInt32 = 0o755
    ) -> GateRefusal.Reason? {
        do {
            let binary = try (gate ?? self.gate()).admit(
                bytes ?? file.content, permissions: permissions, at: file.binary)
            #expect(binary.bytes == file.content)
            return nil
        } catch {
            return error.reason
        }
    }

    private func signed() throws -> StampedProgram { try StampedProgram(key: trusted) }

    // MARK: What is admitted

    @Test(arguments: SigningKey.Kind.allCases) func aStampedFileIsAdmitted(kind: SigningKey.Kind) throws {
        let key = SigningKey(kind)
        let file = try StampedProgram(key: key)
        let gate = Gate(
            trust: [stranger.verificationKey, key.verificationKey], policy: .standard, now: StampedProgram.time)
        let binary = try gate.admit(file.content, permissions: 0o755, at: file.binary)
        #expect(binary.platform.description == "linux/amd64")
        #expect(binary.digest == Digest(of: file.content))
        #expect(binary.timeVerified == "2026-01-02T03:04:05Z")
    }

    @Test func unknownLinesAndFieldsAreIgnored() throws {
        let file = try signed()
        let own = try file.lines()
        try file.write("garbage\n{}\n[1]\n\n" + own.reversed().joined(separator: "\n"))
        #expect(refusal(file) == nil)
        try file.write(own[0].replacing("{\"payload\"", with: "{\"more\":1,\"payload\""))
        #expect(refusal(file) == nil)
    }

    /// protocol.md: verifiers must accept either form of base64.
    @Test func urlSafeBase64IsAccepted() throws {
        let file = try signed()
        try file.rewriteEnvelope { envelope in
            let payload = envelope["payload"] as? String ?? ""
            envelope["payload"] = payload.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        #expect(refusal(file) == nil)
    }

    /// A checkout on Windows, blank lines, and a signer who gives no hint at the key.
    @Test func lineEndsBlanksAndMissingHintsDoNotMatter() throws {
        let file = try signed()
        let own = try file.lines()
        for text in [own.joined(separator: "\r\n") + "\r\n", "\n\n  " + own.joined(separator: "\n\n") + "\n\n"] {
            try file.write(text)
            #expect(refusal(file) == nil)
        }
        try file.write(own.joined(separator: "\n"))
        try file.rewriteEnvelope { envelope in
            let signatures = envelope["signatures"] as? [[String: Any]] ?? []
            envelope["signatures"] = signatures.map { $0.filter { $0.key != "keyid" } }
        }
        #expect(refusal(file) == nil)
    }

    /// To verifiers in Go, payloadtype is payloadType.
    @Test(arguments: ["Payload", "payloadtype", "SIGNATURES"]) func aKeyInAnotherCaseMakesNoEnvelope(_ key: String)
        throws
    {
        let file = try signed()
        try file.rewriteEnvelope { $0[key] = "" }
        #expect(refusal(file) == .malformed)
    }

    @Test func unsignedStampsCountOnlyIfThatIsAllowed() throws {
        let file = try StampedProgram(key: nil)
        func gate(_ trust: [VerificationKey], _ allowed: Bool) -> Gate {
            Gate(trust: trust, allowsUnsigned: allowed, policy: .standard, now: StampedProgram.time)
        }
        #expect(refusal(file, by: gate([], true)) == nil)
        #expect(refusal(file, by: gate([], false)) == .missing)
        #expect(refusal(file, by: gate([trusted.verificationKey], true)) == .missing)
    }

    // MARK: Attacks on the file

    @Test func aByteIsFlipped() throws {
        let file = try signed()
        for place in [24, 100, file.content.count - 1] {
            var bytes = file.content
            bytes[place] ^= 1
            #expect(refusal(file, bytes: bytes) == .digestMismatch)
        }
    }

    @Test func theFileIsCutOff() throws {
        let file = try signed()
        for length in [0, 1, 63, file.content.count - 1] {
            #expect(refusal(file, bytes: Array(file.content.prefix(length))) == .digestMismatch)
        }
    }

    @Test func theStampIsThatOfAnotherFile() throws {
        let file = try signed()
        let other = try StampedProgram(key: trusted, content: TinyProgram.bytes + [0])
        try file.write(other.lines().joined(separator: "\n"))
        #expect(refusal(file) == .digestMismatch)
    }

    /// A signed stamp for another platform.
    @Test(arguments: ["linux/arm64", "linux/386", "linux/riscv64", "windows/amd64"])
    func theStampIsForAnotherPlatform(platform: String) throws {
        let file = try StampedProgram(key: trusted, platform: platform)
        #expect(refusal(file) == .wrongPlatform)
    }

    @Test func theFileHasLostItsMode() throws { #expect(refusal(try signed(), permissions: 0o644) == .notReady) }

    // MARK: Attacks on the signature

    @Test func thePayloadIsEdited() throws {
        let file = try signed()
        let edited = try file.statement().replacing("linux/amd64", with: "linux/arm64")
        try file.rewriteEnvelope { $0["payload"] = Data(edited.utf8).base64EncodedString() }
        #expect(refusal(file) == .badSignature)
    }

    @Test func theSignatureIsStripped() throws {
        let file = try signed()
        try file.rewriteEnvelope { $0["signatures"] = [Any]() }
        #expect(refusal(file) == .malformed)
        try file.rewriteEnvelope { $0["signatures"] = nil }
        #expect(refusal(file) == .malformed)
        try file.rewriteEnvelope { $0["signatures"] = [["keyid": "", "sig": ""]] }
        #expect(refusal(file) == .malformed || refusal(file) == .unknownKey)
        try file.write(file.statement())
        #expect(refusal(file) == .malformed)
    }

    @Test func theKeyIsSwapped() throws { #expect(refusal(try StampedProgram(key: stranger)) == .unknownKey) }

    @Test func theKeyHintLies() throws {
        let strangers = try StampedProgram(key: stranger)
        try strangers.rewriteEnvelope { envelope in
            var signature = (envelope["signatures"] as? [[String: Any]])?.first ?? [:]
            signature["keyid"] = trusted.verificationKey.identifier
            envelope["signatures"] = [signature]
        }
        #expect(refusal(strangers) == .badSignature)
        // A wrong or missing hint does not harm a good signature.
        for hint in ["0000", nil] {
            let file = try signed()
            try file.rewriteEnvelope { envelope in
                var signature = (envelope["signatures"] as? [[String: Any]])?.first ?? [:]
                signature["keyid"] = hint
                envelope["signatures"] = [signature]
            }
            #expect(refusal(file) == nil)
        }
    }

    @Test(arguments: ["application/vnd.in-toto+json ", "application/json", ""]) func thePayloadTypeLies(type: String)
        throws
    {
        let file = try signed()
        try file.rewriteEnvelope { $0["payloadType"] = type }
        #expect(refusal(file) == .malformed)
    }

    @Test func aStrangersSignatureStandsBesideABrokenOne() throws {
        let file = try StampedProgram(key: stranger)
        let broken = Data([UInt8](repeating: 0x30, count: 70)).base64EncodedString()
        try file.rewriteEnvelope { envelope in
            let own = (envelope["signatures"] as? [[String: Any]]) ?? []
            envelope["signatures"] = own + [["keyid": trusted.verificationKey.identifier, "sig": broken]]
        }
        #expect(refusal(file) == .badSignature)
    }

    @Test func aKeyOfTheOtherKindDoesNotMatch() throws {
        let gate = Gate(trust: [SigningKey(.ed25519).verificationKey], policy: .standard, now: StampedProgram.time)
        #expect(refusal(try signed(), by: gate) == .unknownKey)
    }

    // MARK: Attacks on the statement

    @Test(arguments: [
        ("\"PASSED\"", "\"FAILED\"", GateRefusal.Reason.notReady),
        ("SCRATCH_READY_V1", "SLSA_BUILD_LEVEL_3", .notReady),
        ("[\"SCRATCH_READY_V1\"]", "[\"FAILED\",\"SCRATCH_READY_V1\"]", .notReady),
        ("urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#verifier/v1", "https://example.com/verifier", .malformed),
        ("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v2", .malformed),
        ("https://slsa.dev/verification_summary/v1", "https://slsa.dev/provenance/v1", .missing),
        ("2026-01-02T03:04:05Z", "yesterday", .malformed),
        ("2026-01-02T03:04:05Z", "2026-02-30T03:04:05Z", .malformed),
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Zgarbage", .malformed), ("linux/amd64", "linux", .malformed),
        ("\"subject\":[", "\"subject\":[{\"digest\":{\"sha256\":\"00\"}},", .malformed),
        ("\"subject\":[{", "\"subject\":[],\"x\":[{", .malformed), ("{\"_type\"", "[{\"_type\"", .malformed),
        // The same key twice: readers take one or the other.
        ("{\"_type\"", "{\"predicateType\":\"x\",\"_type\"", .malformed),
        ("\"verificationResult\"", "\"verific\\u0061tionResult\":\"PASSED\",\"verificationResult\"", .malformed),
    ])
    func aSignedStatementSaysSomethingElse(old: String, new: String, reason: GateRefusal.Reason) throws {
        let file = try signed()
        let statement = try file.statement()
        try #require(statement.contains(old))
        try file.write(statement: statement.replacing(old, with: new), signedBy: trusted)
        #expect(refusal(file) == reason)
    }

    @Test(
        arguments: [
            (-301, nil, GateRefusal.Reason.fromTheFuture), (-299, nil, nil), (3600, 3600, nil), (3601, 3600, .expired),
            (1_000_000_000, nil, nil),
        ] as [(Int, Int?, GateRefusal.Reason?)])
    func theTimeIsComparedWithTheClock(age: Int, maximum: Int?, reason: GateRefusal.Reason?) throws {
        #expect(refusal(try signed(), by: gate(maximumAge: maximum, now: StampedProgram.time + age)) == reason)
    }

    @Test func thePolicyIsLoosenedAfterwards() throws {
        let loose = try Policy(changes: [.init(rule: "interpreter", level: nil)])
        #expect(refusal(try signed(), by: gate(policy: loose)) == .stalePolicy)
        #expect(refusal(try StampedProgram(key: trusted, policy: loose)) == .stalePolicy)
        #expect(refusal(try StampedProgram(key: trusted, policy: loose), by: gate(policy: loose)) == nil)
    }

    // MARK: Attacks on the stamp's file

    @Test func theStampIsALink() throws {
        let file = try signed()
        let other = try signed()
        try FileManager.default.removeItem(atPath: file.path(.signed))
        try FileManager.default.createSymbolicLink(
            atPath: file.path(.signed), withDestinationPath: other.path(.signed))
        #expect(refusal(file) == .malformed)
    }

    @Test func theStampIsAPipe() throws {
        let file = try signed()
        try FileManager.default.removeItem(atPath: file.path(.signed))
        #expect(mkfifo(file.path(.signed), 0o600) == 0)
        #expect(refusal(file) == .malformed)
    }

    @Test func theStampIsAFolder() throws {
        let file = try signed()
        try FileManager.default.removeItem(atPath: file.path(.signed))
        try FileManager.default.createDirectory(atPath: file.path(.signed), withIntermediateDirectories: false)
        #expect(refusal(file) == .malformed)
    }

    @Test func theStampIsAMegabyteOfGarbage() throws {
        let file = try signed()
        for line in ["x\n", "{\"payload\":\n", String(repeating: "[", count: 63) + "\n", "\n"] {
            try file.write(String(repeating: line, count: (1 << 20) / line.utf8.count))
            #expect(refusal(file) == .malformed || refusal(file) == .missing)
        }
        try file.write(String(repeating: " ", count: 1 << 20) + (try signed().lines()[0]))
        #expect(refusal(file) == .malformed)
    }

    @Test func theStampIsCutOff() throws {
        let file = try signed()
        let line = try file.lines()[0]
        for length in stride(from: 0, to: line.utf8.count, by: 97) {
            try file.write(String(line.prefix(length)))
            #expect(refusal(file) != nil)
        }
        try FileManager.default.removeItem(atPath: file.path(.signed))
        #expect(refusal(file) == .missing)
    }

    /// A changed byte never makes the gate admit more.
    @Test func noChangedByteHelps() throws {
        let strangers = try StampedProgram(key: stranger)
        let line = Array(try strangers.lines()[0].utf8)
        var state: UInt64 = 99
        for _ in 0..<500 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var changed = line
            changed[Int(state >> 33) % line.count] = UInt8(truncatingIfNeeded: state >> 20)
            try Data(changed).write(to: URL(filePath: strangers.path(.signed)))
            #expect(refusal(strangers) != nil)
        }
    }

    // MARK: The place of the file

    /// The program of `linux/amd64` and its stamp in another folder.
    private func refusal(inFolder name: String, copiedTo copy: String? = nil) throws -> GateRefusal.Reason? {
        let file = try signed()
        let folder = file.folder.url.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for path in [file.binary.string, file.path(.signed)] {
            let name = URL(filePath: path).lastPathComponent
            try FileManager.default.moveItem(atPath: path, toPath: folder.appending(path: name).path)
        }
        do throws(GateRefusal) {
            let path = FilePath(folder.appending(path: "app").path)
            _ = try gate().admit(
                file.content, permissions: 0o755, at: path, copiedTo: copy.map { FilePath($0) })
            return nil
        } catch { return error.reason }
    }

    @Test(
        arguments: [
            ("linux/amd64", nil), ("linux/amd64/v1", nil), ("any", nil), ("linux/arm64", .wrongPlace),
            ("linux/amd64/v3", .wrongPlace), ("darwin/amd64", .wrongPlace), ("linux/arm/v8", .wrongPlace),
        ] as [(String, GateRefusal.Reason?)])
    func theFolderOfAPlatformHoldsItsProgramsOnly(folder: String, reason: GateRefusal.Reason?) throws {
        #expect(try refusal(inFolder: folder) == reason)
        #expect(try refusal(inFolder: "any", copiedTo: "/image/\(folder)/app") == reason)
    }

    @Test func relativePathsStartInTheFolderOfTheGate() throws {
        for (folder, reason) in [("/dist/linux/arm64", GateRefusal.Reason.wrongPlace), ("/dist/linux/amd64", nil)] {
            let file = try signed()
            let gate = Gate(
                trust: [trusted.verificationKey], policy: .standard, now: StampedProgram.time, folder: FilePath(folder))
            do throws(GateRefusal) {
                // The copy has no stamp, so its path need not exist.
                _ = try gate.admit(file.content, permissions: 0o755, at: file.binary, copiedTo: "x/../app")
                #expect(reason == nil)
            } catch { #expect(error.reason == reason) }
        }
    }

    @Test func anImageHoldsProgramsOfItsPlatformOnly() throws {
        let file = try signed()
        let stamp = StampDocument(kind: .signed, bytes: try file.bytes(.signed))
        #expect(throws: GateRefusal.self) {
            try gate().admit(
                file.content, permissions: 0o755, stamps: [stamp],
                inImageFor: NamedPlatform(inImage: "linux", "amd64", "v3"))
        }
    }

    // MARK: The name of the file

    @Test func aRenamedFileIsRefusedUnlessThatIsAllowed() throws {
        let file = try signed()
        let server = FilePath(file.folder.url.appending(path: "server").path)
        try FileManager.default.copyItem(atPath: file.path(.signed), toPath: StampFile.signed.path(of: server).string)
        func admit(allowsRenamed: Bool) throws(GateRefusal) -> StampedBinary {
            let gate = Gate(
                trust: [trusted.verificationKey], policy: .standard, now: StampedProgram.time,
                allowsRenamed: allowsRenamed)
            return try gate.admit(file.content, permissions: 0o755, at: server)
        }
        #expect {
            try admit(allowsRenamed: false)
        } throws: { ($0 as? GateRefusal)?.reason == .wrongName }
        #expect(try admit(allowsRenamed: true).stampedName == "app")
        #expect(try gate().admit(file.content, permissions: 0o755, at: file.binary).stampedName == nil)
    }

    @Test(arguments: [
        ("\"name\":\"app\"", "\"name\":\"other\"", GateRefusal.Reason.wrongName),
        ("\"name\":\"app\"", "\"name\":\"x/app\"", .wrongName), ("\"name\":\"app\"", "\"name\":\"App\"", .wrongName),
        ("\"name\":\"app\"", "\"uri\":\"app\"", .malformed),
    ])
    func theStampNamesAnotherFile(old: String, new: String, reason: GateRefusal.Reason) throws {
        let file = try signed()
        let statement = try file.statement()
        try #require(statement.contains(old))
        try file.write(statement: statement.replacing(old, with: new), signedBy: trusted)
        #expect(refusal(file) == reason)
    }

    /// A stamp may have several statements. One of them is enough.
    @Test func oneOfSeveralStampsHasTheName() throws {
        let file = try signed()
        let own = try file.lines()[0]
        try file.write(
            statement: file.statement().replacing("\"name\":\"app\"", with: "\"name\":\"other\""), signedBy: trusted)
        try file.write(try file.lines()[0] + "\n" + own)
        #expect(refusal(file) == nil)
    }

    // MARK: Stamps from elsewhere

    private func reason(
        _ stamps: [StampDocument], for file: StampedProgram, by gate: Gate
    ) -> GateRefusal.Reason? {
        do throws(GateRefusal) {
            let image = NamedPlatform(inImage: "linux", "amd64", nil)
            _ = try gate.admit(file.content, permissions: 0o755, stamps: stamps, inImageFor: image)
            return nil
        } catch { return error.reason }
    }

    @Test func aStampFromElsewhereCountsIfItIsForTheFile() throws {
        let file = try signed()
        let stamp = StampDocument(kind: .signed, bytes: try file.bytes(.signed))
        let other = StampDocument(
            kind: .signed, bytes: try StampedProgram(key: trusted, content: TinyProgram.bytes + [0]).bytes(.signed))
        #expect(reason([other, stamp], for: file, by: gate()) == nil)
        #expect(reason([other], for: file, by: gate()) == .digestMismatch)
        #expect(reason([], for: file, by: gate()) == .missing)
        #expect(reason([.init(kind: .sigstore, bytes: stamp.bytes)], for: file, by: gate()) == .missing)
        let unsigned = StampDocument(kind: .unsigned, bytes: try StampedProgram(key: nil).bytes(.unsigned))
        #expect(reason([unsigned], for: file, by: gate()) == .missing)
        let lenient = Gate(trust: [], allowsUnsigned: true, policy: .standard, now: StampedProgram.time)
        #expect(reason([unsigned], for: file, by: lenient) == nil)
        #expect(reason([stamp], for: file, by: lenient) == .missing)
    }

    @Test func aSignedStampWithoutAnyTrustedKeyIsByAStranger() throws {
        let lenient = Gate(trust: [], allowsUnsigned: true, policy: .standard, now: StampedProgram.time)
        #expect(refusal(try signed(), by: lenient) == .unknownKey)
    }

    /// Of several bad stamps, the refusal is of the one that passed the most checks.
    @Test func theBestOfSeveralRefusalsIsTold() throws {
        let file = try StampedProgram(key: trusted, time: StampedProgram.time - 7200)
        let expired = try file.lines()[0]
        let strangers = try StampedProgram(key: stranger).lines()[0]
        try file.write([strangers, expired, "garbage"].joined(separator: "\n"))
        #expect(refusal(file, by: gate(maximumAge: 3600)) == .expired)
    }
}
