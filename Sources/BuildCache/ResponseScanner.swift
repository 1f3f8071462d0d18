/// Divides what a cache program writes into JSON objects. White space between them is not kept.
///
/// A program may write them over several lines: go reads a stream of values (`json.Decoder`).
struct ResponseScanner {
    /// The longest response, in bytes. It holds no body.
    static let limit = 1 << 20

    /// What the bytes are, if they are no object.
    enum Fault: Error, Hashable {
        /// They begin with something else.
        case notAnObject([UInt8])
        /// The object is longer than `limit`.
        case tooLong
    }

    private var object: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Whether an object has begun and not ended.
    var isInside: Bool { depth > 0 }

    /// Takes the next bytes and returns the objects that end in them.
    mutating func scan(_ bytes: some Collection<UInt8>) throws(Fault) -> [[UInt8]] {
        var objects: [[UInt8]] = []
        for (offset, byte) in bytes.enumerated() {
            if depth == 0 {
                if byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { continue }
                guard byte == UInt8(ascii: "{") else { throw .notAnObject(Array(bytes.dropFirst(offset))) }
            }
            object.append(byte)
            guard object.count <= ResponseScanner.limit else { throw .tooLong }
            count(byte)
            if depth == 0 {
                objects.append(object)
                object = []
            }
        }
        return objects
    }

    /// Follows strings and braces. Other faults of the object show when it is decoded.
    private mutating func count(_ byte: UInt8) {
        switch (isInString, byte) {
        case (true, _) where isEscaped: isEscaped = false
        case (true, UInt8(ascii: "\\")): isEscaped = true
        case (_, UInt8(ascii: "\"")): isInString.toggle()
        case (false, UInt8(ascii: "{")): depth += 1
        case (false, UInt8(ascii: "}")): depth -= 1
        default: break
        }
    }
}
