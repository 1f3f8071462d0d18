import Foundation
import TestSupport
import Testing

/// docs/policies: each file parses, and asks for what the summary of an image says. No cluster runs them.
@Suite struct ClusterPolicyTests {
    private static let folder = Checkout.root.appending(path: "docs/policies")
    private static let files = [
        "kyverno", "policy-controller-key", "policy-controller-keyless", "ratify", "connaisseur",
    ]
    /// Those that read what an attestation says.
    private static let readers = files.prefix(3)

    /// The predicate of an image, as `image --predicate` writes it.
    private func predicate() throws -> (type: String, predicate: [String: Any]) {
        let module = try GoModule()
        try module.run(["keygen", "k"]).check()
        try module.run(["image", "-q", "-p", "linux/amd64", "--key", "k.key", "--predicate", "predicate.json"]).check()
        let line = try module.json("image/summary.intoto.jsonl")
        let payload = try #require((line["payload"] as? String).flatMap { Data(base64Encoded: $0) })
        let statement = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
        return (try #require(statement["predicateType"] as? String), try module.json("predicate.json"))
    }

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
    }

    @Test func theFolderHoldsTheseFiles() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names) == Set(Self.files.map { "\($0).yaml" } + ["README.md"]))
    }

    /// PyYAML parses them, and finds the key: a whole PEM document, which the policy must replace.
    @Test(arguments: files) func aFileIsOneDocumentWithAKeyOrAnIdentity(name: String) throws {
        let script = """
            import sys, yaml
            def strings(value):
                if isinstance(value, dict): value = list(value.values())
                if isinstance(value, list): return [text for part in value for text in strings(part)]
                return [value] if isinstance(value, str) else []
            documents = list(yaml.safe_load_all(open(sys.argv[1])))
            assert len(documents) == 1
            found = strings(documents[0])
            keys = [text for text in found if text.strip().startswith('-----BEGIN PUBLIC KEY-----')]
            identities = [text for text in found if text == 'https://token.actions.githubusercontent.com']
            assert len(keys) + len(identities) == 1, found
            assert all(key.strip().endswith('-----END PUBLIC KEY-----') for key in keys)
            """
        let result = try Client.python(script, [Self.folder.appending(path: "\(name).yaml").path])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func policiesAskForWhatASummarySays() throws {
        let (type, predicate) = try predicate()
        let verifier = try #require((predicate["verifier"] as? [String: Any])?["id"] as? String)
        let level = try #require((predicate["verifiedLevels"] as? [String])?.first)
        let result = try #require(predicate["verificationResult"] as? String)
        let fields = ["verificationResult", "verifiedLevels", "verifier"]
        for name in Self.readers {
            let text = try Self.text(name)
            for words in [type, "\"\(verifier)\"", level, result] + fields {
                #expect(text.contains(words), "\(name): \(words)")
            }
            // The field of a proof, in the namespace of the verifier.
            let namespace = verifier.prefix { $0 != "#" }
            #expect(text.contains("\(namespace)#image-proof/v0.1"), "\(name)")
        }
    }

    /// JMESPath of Kyverno's conditions, by the letter of the fields: each names a field that is there.
    @Test func kyvernosConditionsNameFieldsOfThePredicate() throws {
        let (_, predicate) = try predicate()
        let names = try Self.text("kyverno").matches(of: /\{\{ ([A-Za-z]+)[. ]/).map { String($0.output.1) }
        #expect(Set(names) == ["verifier", "verificationResult", "verifiedLevels"])
        for name in names { #expect(predicate[name] != nil, "\(name)") }
    }

    /// A signature alone says nothing of the level, so the file says that the gate must run first.
    @Test(arguments: ["ratify", "connaisseur"]) func whatReadsSignaturesNamesTheGate(name: String) throws {
        #expect(
            try Self.text(name).contains(
                "staticcheck gate --no-config --trust release.pub --require-proof run docker://"))
    }
}
