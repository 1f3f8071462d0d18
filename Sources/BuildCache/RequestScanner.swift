/// Finds the requests in what go writes. Bodies, which may be large, pass by and are not kept.
///
/// go writes each request on its own line, and the body of a `put` on the next line, as a JSON string.
struct RequestScanner {
    /// The longest request, in bytes. go's have a few hundred.
    static let limit = 64 << 10

    private enum State { case lineStart, request, rest }
    private var state = State.lineStart
    private var line: [UInt8] = []

    /// Takes the next bytes and returns the requests that end in them.
    mutating func scan(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
        var requests: [[UInt8]] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if state == .request { requests.append(line) }
                line = []
                state = .lineStart
                continue
            }
            if state == .lineStart { state = byte == UInt8(ascii: "{") ? .request : .rest }
            guard state == .request else { continue }
            line.append(byte)
            if line.count > RequestScanner.limit { state = .rest }
        }
        return requests
    }
}
