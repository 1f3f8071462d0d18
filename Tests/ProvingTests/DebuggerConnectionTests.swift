import Foundation
import Testing

@testable import Proving

/// The packets of "GDB Remote Serial Protocol", Overview: `$`, the data, `#`, and the sum of the data's bytes modulo 256.
@Suite struct DebuggerConnectionTests {
    private let stub: Int32
    private let debugger: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        (stub, debugger) = (ends[0], ends[1])
    }

    private func say(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(write(stub, bytes, bytes.count) == bytes.count)
    }

    private func heard() -> String {
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = recv(stub, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    @Test func aCommandHasItsSum() throws {
        defer { disconnect() }
        // The documentation's own example of a packet's end; 0xc7 is the sum of the bytes, by hand: 0x63 for "c".
        try DebuggerConnection(debugger).send("c")
        #expect(heard() == "$c#63")
    }

    @Test func aPacketIsReadInPiecesAndConfirmed() throws {
        defer { disconnect() }
        var connection = DebuggerConnection(debugger)
        for piece in ["+", "$O", "K#9"] {
            say(piece)
            #expect(try connection.packet() == nil)
        }
        say("a$T05#b9")
        #expect(try connection.packet() == Array("OK".utf8))
        #expect(heard() == "+")
        #expect(try connection.packet() == Array("T05".utf8))
        close(stub)
        #expect(throws: DebuggerConnection.Failure.closed) { try connection.packet() }
        close(debugger)
    }

    /// "The binary data representation uses 7d (ASCII ‘}’) as an escape character. Any escaped byte is transmitted as the escape
    /// character followed by the original character XORed with 0x20."
    @Test func anEscapedByteIsRestored() throws {
        defer { disconnect() }
        var connection = DebuggerConnection(debugger)
        say("$l}\u{03}}\u{04}}\u{5d}#47")
        #expect(try connection.packet() == Array("l#$}".utf8))
    }

    @Test(arguments: ["$OK#00", "$OK#9A", "$O* #6a", "$}#7d"]) func whatIsNoPacketIsRefused(text: String) throws {
        defer { disconnect() }
        var connection = DebuggerConnection(debugger)
        say(text)
        #expect(throws: DebuggerConnection.Failure.garbled) { try connection.packet() }
    }

    @Test(arguments: ["x", "$x"]) func whatHasNoEndIsCutOff(text: String) throws {
        defer { disconnect() }
        var connection = DebuggerConnection(debugger)
        #expect(throws: DebuggerConnection.Failure.tooLong) {
            for _ in 0..<100 {
                say(String(repeating: text, count: 1024))
                _ = try connection.packet()
            }
        }
    }

    private func disconnect() {
        close(stub)
        close(debugger)
    }
}
