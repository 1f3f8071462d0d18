import Foundation
import Testing

@testable import Attestation

@Suite struct StrictJSONTests {
    @Test(arguments: [
        "{}", "[]", " {\"a\" : [1, -2.5e3, true, null, \"x\\n\\u00e9\"] } ", "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
        "\"x\"", "0", "-0.5e-10", "1E+2", "\"\\ud83d\\ude00\"",
        "[{\"a\":1},{\"a\":1}]",
    ])
    func wellFormedDocumentsAreAccepted(text: String) throws {
        #expect(StrictJSON.accepts(Array(text.utf8)))
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    @Test(arguments: [
        "", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "{\"a\":1}x", "{\"a\":1}{}", "\"\\x\"", "\"\u{1}\"",
        "\"",
        // RFC 8259, section 6; and half of a surrogate pair, which readers replace in different ways (section 8.2).
        "01", "1.", ".5", "+1", "1e", "-", "0x1", "NaN", "Infinity", "True", "nul", "1_000", "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":1}", "{\"b\":{\"a\":1,\"a\":2}}", "{a:1}",
    ])
    func othersAreRefused(text: String) { #expect(!StrictJSON.accepts(Array(text.utf8))) }

    @Test func depthIsBounded() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(StrictJSON.accepts(nested(60)))
        #expect(!StrictJSON.accepts(nested(70)))
        #expect(!StrictJSON.accepts(nested(1_000_000)))
    }

    @Test func textThatIsNotUTF8IsRefused() { #expect(!StrictJSON.accepts([0x22, 0xff, 0x22])) }

    private static let shape = JSONShape.keys("Cmd", "os", "keyid").with([
        "config": .keys("User"), "labels": .map(.any), "list": .list(.keys("a")), "sources": .map(.keys("size")),
    ])

    /// Go's decoder takes `a` and `A` for one key (encoding/json, "Unmarshal"), so a reader may see either value, or one where
    /// another reader sees none.
    @Test(arguments: [
        ("{\"Cmd\":1,\"os\":2,\"config\":{\"User\":1}}", true), ("{\"cmd\":1}", false),
        ("{\"Cmd\":1,\"CMD\":2}", false),
        ("{\"o\u{17f}\":1}", false), ("{\"\\u212Aeyid\":1}", false), ("{\"\u{212a}eyid\":1}", false),
        ("{\"oß\":1}", true), ("{\"config\":{\"user\":1}}", false), ("{\"config\":{\"os\":1,\"cmd\":1}}", true),
        ("{\"Config\":{}}", false), ("{\"user\":1}", true), ("{\"list\":[{\"a\":1},{\"A\":1}]}", false),
        ("{\"labels\":{\"a\":1,\"A\":2}}", true), ("{\"labels\":{\"cmd\":1,\"Cmd\":2}}", true),
        ("{\"labels\":{\"\u{e4}\":1,\"a\u{308}\":2}}", true), ("{\"labels\":{\"a\":1,\"a\":2}}", false),
        ("{\"Labels\":{}}", false), ("{\"sources\":{\"A\":{\"size\":1},\"a\":{}}}", true),
        ("{\"sources\":{\"A\":{\"Size\":1}}}", false), ("{\"other\":{\"a\":1,\"A\":2}}", true),
        ("{\"other\":1,\"Other\":2}", false),
    ])
    func otherSpellingsOfKnownKeysAreRefused(text: String, isAccepted: Bool) {
        #expect(StrictJSON.accepts(Array(text.utf8), as: StrictJSONTests.shape) == isAccepted)
    }

    /// The keys of the specifications of DSSE, in-toto and SLSA.
    @Test(arguments: [
        (
            "{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[{\"sig\":\"\",\"keyid\":\"\"}]}", Envelope.shape,
            true
        ),
        ("{\"payload\":\"\",\"payloadtype\":\"\"}", Envelope.shape, false),
        ("{\"signatures\":[{\"Sig\":\"\"}]}", Envelope.shape, false),
        ("{\"_type\":\"\",\"subject\":[{\"digest\":{\"sha256\":\"\",\"SHA256\":\"\"}}]}", StatementHead.shape, true),
        ("{\"_Type\":\"\"}", StatementHead.shape, false),
        ("{\"subject\":[{\"Digest\":{}}]}", StatementHead.shape, false),
        ("{\"predicate\":{\"VerificationResult\":\"\"}}", StatementHead.shape, false),
    ])
    func stampsHaveTheKeysOfTheirSpecifications(text: String, shape: JSONShape, isAccepted: Bool) {
        #expect(StrictJSON.accepts(Array(text.utf8), as: shape) == isAccepted)
    }

    /// A document of 100,000 keys is checked in linear time.
    @Test func manyKeysTakeLittleTime() {
        let keys = (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",")
        #expect(StrictJSON.accepts(Array("{\(keys)}".utf8), as: StrictJSONTests.shape))
    }

    @Test(arguments: ["\"\\ud83d\\ude00\"", "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"", "-0.5E+10", " null "])
    func everyEscapeAndLiteralOfTheGrammarIsAccepted(text: String) {
        #expect(StrictJSON.accepts(Array(text.utf8)))
    }
}
