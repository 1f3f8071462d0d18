internal import Glibc

/// A connection to an emulator, as a debugger has it: packets of the GDB Remote Serial Protocol
/// (https://sourceware.org/gdb/current/onlinedocs/gdb.html/Overview.html).
///
/// The emulator runs code of the image, so any bytes may come. It reads a limited number of them, and waits for none.
struct DebuggerConnection {
    /// Why the connection cannot be used any longer.
    enum Failure: Error, Hashable {
        case closed
        case garbled
        case tooLong
    }

    private let descriptor: Int32
    private var received: [UInt8] = []
    private var total = 0

    /// How many bytes are read in all.
    private static let limit = 64 << 10

    /// - Parameter descriptor: A connected socket.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func disconnect() { close(descriptor) }

    /// Sends a command, which must not contain `#`, `$` or `}`.
    func send(_ command: String) throws(Failure) {
        let body = Array(command.utf8)
        try send([UInt8(ascii: "$")] + body + [UInt8(ascii: "#")] + DebuggerConnection.checksum(body[...]))
    }

    private func send(_ bytes: [UInt8]) throws(Failure) {
        let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
        guard count == bytes.count else { throw .closed }
    }

    /// The next packet, confirmed; nil if it has not arrived yet.
    mutating func packet() throws(Failure) -> [UInt8]? {
        let hasEnded = try !receive()
        // What comes before a packet are confirmations of commands.
        received = Array(received.drop { $0 != UInt8(ascii: "$") })
        guard let end = received.firstIndex(of: UInt8(ascii: "#")), end + 2 < received.count else {
            if hasEnded { throw .closed }
            return nil
        }
        let body = received[1..<end]
        guard Array(received[end + 1...end + 2]) == DebuggerConnection.checksum(body) else { throw .garbled }
        let content = try DebuggerConnection.content(body)
        received.removeFirst(end + 3)
        try send([UInt8(ascii: "+")])
        return content
    }

    /// Reads what has arrived; returns false if no more can come.
    private mutating func receive() throws(Failure) -> Bool {
        var piece = [UInt8](repeating: 0, count: 4096)
        let flags = Int32(MSG_DONTWAIT)
        let count = unsafe piece.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, flags) }
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        total += count
        guard total <= DebuggerConnection.limit else { throw .tooLong }
        received += piece[..<count]
        return true
    }

    /// Two hexadecimal digits: the sum of all bytes.
    private static func checksum(_ body: ArraySlice<UInt8>) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        let sum = Int(body.reduce(0, &+))
        return [digits[sum >> 4], digits[sum & 15]]
    }

    /// The bytes without escapes: `}`, and the byte with bit 5 inverted. `*` repeats a byte, which qemu never writes.
    private static func content(_ body: ArraySlice<UInt8>) throws(Failure) -> [UInt8] {
        var content: [UInt8] = []
        var isEscaped = false
        for byte in body {
            switch byte {
            case _ where isEscaped:
                content.append(byte ^ 0x20)
                isEscaped = false
            case UInt8(ascii: "}"): isEscaped = true
            case UInt8(ascii: "*"): throw .garbled
            default: content.append(byte)
            }
        }
        guard !isEscaped else { throw .garbled }
        return content
    }
}
