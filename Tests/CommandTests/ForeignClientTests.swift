import Foundation
import TestSupport
import Testing

/// Stamps, verified by programs that are not ours, and stamps that those programs signed, at our gate.
@Suite(.serialized) struct ForeignClientTests {
    private let module: GoModule

    init() throws {
        module = try GoModule()
        for type in ["ecdsa-p256", "ed25519"] { #expect(try module.run(["keygen", type, "--type", type]).status == 0) }
    }

    private func stamp(_ key: String) throws {
        let result = try module.check(["-p", "linux/amd64", "--key", "\(key).key", "--stamp-format", "sigstore", "-q"])
        #expect(result.status == 0, "\(result.errors)")
    }

    private var binary: String { module.path("dist/linux/amd64/m") }

    private func python(_ script: String, _ arguments: [String]) throws -> Execution {
        try Client.python(script, arguments, in: module.folder.url)
    }

    /// DSSE by hand, as a person with openssl and jq would do it.
    private static let openssl = """
        set -e
        head -1 "$1" > line
        jq -r .payload line | base64 -d > body
        type=$(jq -r .payloadType line)
        { printf 'DSSEv1 %d %s %d ' ${#type} "$type" $(stat -c %s body); cat body; } > pae
        jq -r '.signatures[0].sig' line | base64 -d > sig
        case $2 in
            ed25519*) openssl pkeyutl -verify -pubin -inkey "$2" -rawin -in pae -sigfile sig ;;
            *) openssl dgst -sha256 -verify "$2" -signature sig pae ;;
        esac
        """

    private static let securesystemslib = """
        import json, sys
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
        from securesystemslib.dsse import Envelope
        from securesystemslib.signer import SSlibKey
        line = json.loads(open(sys.argv[1]).readline())
        key = SSlibKey.from_crypto(load_pem_public_key(open(sys.argv[2], 'rb').read()))
        # The library matches by a hint of its own making.
        for signature in line['signatures']:
            signature['keyid'] = key.keyid
        Envelope.from_dict(line).verify([key], 1)
        """

    private func accepts(_ stamp: String, key: String) throws -> (openssl: Bool, securesystemslib: Bool) {
        let shell = try Execution(
            "bash", ["-c", ForeignClientTests.openssl, "sh", stamp, "\(key).pub"], in: module.folder.url)
        let library = try python(ForeignClientTests.securesystemslib, [stamp, "\(key).pub"])
        return (shell.status == 0, library.status == 0)
    }

    @Test(arguments: ["ecdsa-p256", "ed25519"]) func othersVerifyOurStamps(key: String) throws {
        try stamp(key)
        let good = binary + ".intoto.jsonl"
        let verdict = try accepts(good, key: key)
        #expect(verdict.openssl && verdict.securesystemslib)
        let line = String(decoding: try module.bytes("dist/linux/amd64/m.intoto.jsonl"), as: UTF8.self)
            .split(separator: "\n")[0]
        let envelope = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let payload = try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
        let edited = String(decoding: payload, as: UTF8.self).replacing("linux/amd64", with: "linux/arm64")
        let tampered: [(String, [String: Any])] = [
            ("payload", envelope.merging(["payload": Data(edited.utf8).base64EncodedString()]) { $1 }),
            ("type", envelope.merging(["payloadType": "application/json"]) { $1 }),
            (
                "signature",
                envelope.merging(["signatures": [["keyid": "", "sig": Data(count: 64).base64EncodedString()]]]) { $1 }
            ),
        ]
        for (name, document) in tampered {
            let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
            try module.folder.write(text + "\n", to: "\(name).jsonl")
            let verdict = try accepts(module.path("\(name).jsonl"), key: key)
            #expect(!verdict.openssl && !verdict.securesystemslib, "\(name)")
        }
        let other = key == "ed25519" ? "ecdsa-p256" : "ed25519"
        let stranger = try accepts(good, key: other)
        #expect(!stranger.openssl && !stranger.securesystemslib)
    }

    /// Our statement, signed by securesystemslib with a key of its own making.
    @Test(arguments: ["ecdsa", "ed25519"]) func ourGateTakesTheStampsOfOthers(kind: String) throws {
        try stamp("ed25519")
        let script = """
            import json, sys
            from base64 import b64decode
            from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
            from securesystemslib.dsse import Envelope
            from securesystemslib.signer import CryptoSigner
            signer = CryptoSigner.generate_ecdsa() if sys.argv[2] == 'ecdsa' else CryptoSigner.generate_ed25519()
            line = json.loads(open(sys.argv[1]).readline())
            envelope = Envelope(b64decode(line['payload']), line['payloadType'], {})
            envelope.sign(signer)
            open(sys.argv[1], 'w').write(json.dumps(envelope.to_dict()) + '\\n')
            open('foreign.pub', 'w').write(signer.public_key.keyval['public'] if sys.argv[2] == 'ecdsa' else
                signer._private_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())
            """
        let result = try python(script, [binary + ".intoto.jsonl", kind])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try module.run(["gate", "--trust", "foreign.pub", binary]).status == 0)
        #expect(try module.run(["gate", "--trust", "ed25519.pub", binary]).output.contains("unknown-key"))
    }

    @Test func sigstoresModelsTakeTheBundle() throws {
        try stamp("ecdsa-p256")
        let script = """
            import sys
            from sigstore_models.bundle.v1 import Bundle
            text = open(sys.argv[1]).read()
            bundle = Bundle.from_json(text) if hasattr(Bundle, 'from_json') else Bundle.model_validate_json(text)
            assert bundle.dsse_envelope and bundle.verification_material.public_key
            """
        let result = try python(script, [binary + ".sigstore.json"])
        #expect(result.status == 0, "\(result.errors)")
        let text = String(decoding: try module.bytes("dist/linux/amd64/m.sigstore.json"), as: UTF8.self)
        try module.folder.write(text.replacing("bundle.v0.3", with: "bundle.v9"), to: "other.json")
        #expect(try python(script, ["other.json"]).status != 0)
    }

    @Test func inTotosOwnTypesTakeTheStatements() throws {
        try stamp("ecdsa-p256")
        let script = """
            import json, sys
            from base64 import b64decode
            from google.protobuf import json_format
            from in_toto_attestation.v1 import statement_pb2
            from in_toto_attestation.v1.statement import Statement
            from in_toto_attestation.predicates.vsa.v1 import vsa_pb2
            from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
            predicates = []
            for line in open(sys.argv[1]):
                body = b64decode(json.loads(line)['payload'])
                message = json_format.Parse(body, statement_pb2.Statement())
                Statement.copy_from_pb(message).validate()
                predicate = {key: value for key, value in json.loads(body)['predicate'].items() if ':' not in key}
                # The specification has a list of levels, the library's type one text.
                assert predicate.pop('verifiedLevels', ['SCRATCH_READY_V1']) == ['SCRATCH_READY_V1']
                known = vsa_pb2.VerificationSummary() if 'verifier' in predicate else test_result_pb2.TestResult()
                # The library's summary is that of an older specification, without the verifier's version.
                json_format.ParseDict(predicate, known, ignore_unknown_fields='verifier' in predicate)
                predicates.append(known)
            assert predicates[0].verification_result == 'PASSED' and predicates[0].policy.digest['sha256']
            assert len(predicates[1].passed_tests) > 20 and not predicates[1].failed_tests
            """
        let result = try python(script, [binary + ".intoto.jsonl"])
        #expect(result.status == 0, "\(result.errors)")
    }
}
