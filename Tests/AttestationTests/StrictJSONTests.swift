import Foundation
import Testing

@testable import Attestation

@Suite struct StrictJSONTests {
    @Test(arguments: [
        "{}", "[]", " {\"a\" : [1, -2.5e3, true, null, \"x\\n\\u00e9\"] } ", "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
        "\"x\"",
        "[{\"a\":1},{\"a\":1}]",
    ])
    func wellFormedDocumentsAreAccepted(text: String) throws {
        #expect(StrictJSON.accepts(Array(text.utf8)))
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    @Test(arguments: [
        "", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "{\"a\":1}x", "{\"a\":1}{}", "\"\\x\"", "\"\u{1}\"",
        "\"",
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

    /// Go's decoder takes `a` and `A` for one key (encoding/json, "Unmarshal"), so a reader may see either value.
    @Test(arguments: [
        ("{\"a\":1,\"A\":2}", false), ("{\"s\":1,\"\u{17f}\":2}", false), ("{\"labels\":{\"a\":1,\"A\":2}}", true),
        ("{\"Annotations\":{\"a\":1,\"A\":2}}", true), ("{\"labels\":{\"a\":1,\"a\":2}}", false),
        ("{\"labels\":1,\"Labels\":2}", false), ("{\"a\":{\"b\":1},\"B\":{\"b\":1}}", true),
    ])
    func keysThatDifferByCaseAreOneKeyIfFolded(text: String, isAccepted: Bool) {
        #expect(StrictJSON.accepts(Array(text.utf8), foldingCase: true) == isAccepted)
    }

    @Test(arguments: ["\"\\ud83d\\ude00\"", "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"", "-0.5E+10", " null "])
    func everyEscapeAndLiteralOfTheGrammarIsAccepted(text: String) {
        #expect(StrictJSON.accepts(Array(text.utf8)))
    }
}
