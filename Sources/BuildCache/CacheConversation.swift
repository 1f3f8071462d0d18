import Text

/// Follows the requests of go and the answers of a cache program, and counts them.
struct CacheConversation {
    private(set) var counts = CacheCounts()
    /// Whether the program has said which commands it knows.
    private(set) var isOpen = false
    /// Whether go has asked the program to end.
    private(set) var isClosing = false
    /// The keys that go asked for.
    private(set) var asked: Set<ObjectKey> = []
    private var waiting: [Int64: (command: String, key: ObjectKey?)] = [:]
    private var requests = RequestScanner()
    private var responses = ResponseScanner()

    /// What a cache program does that the protocol does not allow.
    enum Fault: Error, Hashable, CustomStringConvertible {
        case notJSON(String)
        case tooLong
        case notTheProtocol
        case unknownCommands
        case unexpectedAnswer(Int64)
        case cutOff

        var description: String {
            switch self {
            case .notJSON(let text): "it wrote '\(text)' on its standard output, where the protocol has JSON objects"
            case .tooLong: "it wrote a message of more than \(ResponseScanner.limit >> 10) KiB"
            case .notTheProtocol: "it wrote a JSON object that is no message of the protocol"
            case .unknownCommands: "its first message does not say which commands it knows (KnownCommands)"
            case .unexpectedAnswer(let id): "it answered the request \(id), which is not open"
            case .cutOff: "it ended in the middle of a message"
            }
        }
    }

    /// How many requests have no answer yet.
    var open: Int { waiting.count }
    /// Whether the program owes something.
    var isWaiting: Bool { !isOpen || !waiting.isEmpty }

    /// Takes what go writes.
    mutating func take(fromGo bytes: some Sequence<UInt8>) {
        for request in requests.scan(bytes) {
            guard let message = CacheMessage(request), let command = message.command else { continue }
            let key = message.actionID.flatMap(ObjectKey.init(actionID:))
            waiting[message.id] = (command, key)
            if let key { asked.insert(key) }
            if command == "close" { isClosing = true }
        }
    }

    /// Takes what the program writes, and returns what go may read: whole messages, a line for each.
    ///
    /// - Parameter supply: Gets each file that the program offers for an object, before go knows of it.
    mutating func take(
        fromProgram bytes: some Collection<UInt8>, supply: (ObjectKey, String) -> Void = { _, _ in }
    ) throws(Fault) -> [UInt8] {
        let objects: [[UInt8]]
        do { objects = try responses.scan(bytes) } catch {
            switch error {
            case .notAnObject(let text):
                let line = text.prefix(80).prefix { $0 != UInt8(ascii: "\n") }
                throw .notJSON(String(String(decoding: line, as: UTF8.self).prefix(40)))
            case .tooLong: throw .tooLong
            }
        }
        var passed: [UInt8] = []
        for object in objects {
            guard let message = CacheMessage(object) else { throw .notTheProtocol }
            try count(message, supply)
            passed += object + [UInt8(ascii: "\n")]
        }
        return passed
    }

    /// Checks that the program may end here.
    func checkEnd() throws(Fault) {
        if responses.isInside { throw .cutOff }
    }

    private mutating func count(_ message: CacheMessage, _ supply: (ObjectKey, String) -> Void) throws(Fault) {
        guard isOpen else {
            guard message.id == 0, message.knownCommands?.isEmpty == false else { throw .unknownCommands }
            isOpen = true
            return
        }
        guard let request = waiting.removeValue(forKey: message.id) else { throw .unexpectedAnswer(message.id) }
        if let key = request.key, let path = message.diskPath, !message.isMiss { supply(key, path) }
        guard request.command == "get" else { return }
        if message.isMiss || message.error?.isEmpty == false {
            counts.misses += 1
        } else {
            counts.hits += 1
            counts.bytes += max(0, message.size)
        }
    }
}
