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
    func othersAreNot(text: String) { #expect(!StrictJSON.accepts(Array(text.utf8))) }

    @Test func depthIsBounded() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(StrictJSON.accepts(nested(60)))
        #expect(!StrictJSON.accepts(nested(70)))
        #expect(!StrictJSON.accepts(nested(1_000_000)))
    }

    @Test func textThatIsNoUTF8IsNotAccepted() { #expect(!StrictJSON.accepts([0x22, 0xff, 0x22])) }
}

@Suite struct EnvelopeTests {
    /// The test vector of https://github.com/secure-systems-lab/dsse/blob/master/protocol.md.
    @Test func theEncodingIsThatOfTheProtocol() {
        let encoded = Envelope.preAuthenticationEncoding(
            type: "http://example.com/HelloWorld", Array("hello world".utf8))
        #expect(String(decoding: encoded, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    }
}
