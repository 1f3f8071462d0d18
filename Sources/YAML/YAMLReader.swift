import CYaml

// libyaml and not Yams: Yams needs all of Foundation, which makes every run of the program start three times as slowly.
// Yams contains libyaml, so both accept the same texts.

/// Reads YAML 1.1 with libyaml, into values that hold nothing of libyaml.
public enum YAMLReader {
    /// How deeply lists and mappings may be nested.
    static let maximumDepth = 100
    /// The largest number of values. The limit is needed because nested aliases can multiply without end.
    static let maximumNodes = 100_000

    /// The documents of a text; an empty text has none.
    ///
    /// - Throws: `YAMLError` for invalid YAML, a duplicate key, and more values or levels than are read.
    public static func documents(of text: String) throws(YAMLError) -> [YAMLNode] {
        // A byte order mark may come first (YAML 1.2.2, 5.2). libyaml only skips it if it may guess the encoding.
        var text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        let result = text.withUTF8 { buffer in
            Result { () throws(YAMLError) in try unsafe documents(of: buffer) }
        }
        return try result.get()
    }

    private static func documents(of bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) -> [YAMLNode] {
        try unsafe withParser(bytes, checkDepth)
        return try unsafe withParser(bytes) { (parser) throws(YAMLError) in
            var nodes: [YAMLNode] = []
            var left = maximumNodes
            while true {
                var document = unsafe yaml_document_t()
                guard unsafe yaml_parser_load(parser, &document) == 1 else { throw unsafe YAMLError(parser.pointee) }
                defer { unsafe yaml_document_delete(&document) }
                guard let root = unsafe yaml_document_get_root_node(&document) else { return nodes }
                nodes.append(try unsafe node(root, in: &document, depth: 0, left: &left))
            }
        }
    }

    private static func withParser<Value>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeMutablePointer<yaml_parser_t>) throws(YAMLError) -> Value
    ) throws(YAMLError) -> Value {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { unsafe parser.deallocate() }
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            throw YAMLError(.outOfMemory, at: nil)
        }
        defer { unsafe yaml_parser_delete(parser) }
        unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        return try unsafe body(parser)
    }

    /// Checks the nesting before a document is loaded: libyaml needs time that grows with the square of the depth.
    private static func checkDepth(_ parser: UnsafeMutablePointer<yaml_parser_t>) throws(YAMLError) {
        var depth = 0
        while true {
            var event = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw unsafe YAMLError(parser.pointee) }
            defer { unsafe yaml_event_delete(&event) }
            switch unsafe event.type {
            case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT: depth += 1
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: depth -= 1
            case YAML_STREAM_END_EVENT: return
            default: break
            }
            guard depth <= maximumDepth else {
                throw YAMLError(.tooDeep(limit: maximumDepth), at: unsafe YAMLMark(event.start_mark))
            }
        }
    }

    private static func node(
        _ pointer: UnsafeMutablePointer<yaml_node_t>, in document: inout yaml_document_t, depth: Int, left: inout Int
    ) throws(YAMLError) -> YAMLNode {
        let mark = unsafe YAMLMark(pointer.pointee.start_mark)
        left -= 1
        guard depth < maximumDepth else { throw YAMLError(.tooDeep(limit: maximumDepth), at: mark) }
        guard left > 0 else { throw YAMLError(.tooManyValues(limit: maximumNodes), at: mark) }
        switch unsafe pointer.pointee.type {
        case YAML_SEQUENCE_NODE:
            let items = unsafe pointer.pointee.data.sequence.items
            let indexes = unsafe Array(UnsafeBufferPointer(start: items.start, count: items.top - items.start))
            var values: [YAMLNode] = []
            for index in indexes { values.append(try unsafe node(index, in: &document, depth: depth, left: &left)) }
            return YAMLNode(content: .sequence(values), mark: mark)
        case YAML_MAPPING_NODE:
            let pairs = unsafe pointer.pointee.data.mapping.pairs
            let entries = unsafe Array(UnsafeBufferPointer(start: pairs.start, count: pairs.top - pairs.start))
            var values: [(key: YAMLNode, value: YAMLNode)] = []
            var keys: Set<String> = []
            for entry in entries {
                let key = try unsafe node(entry.key, in: &document, depth: depth, left: &left)
                if let text = key.scalar, !keys.insert(text).inserted {
                    throw YAMLError(.duplicateKey(text), at: key.mark)
                }
                values.append((key, try unsafe node(entry.value, in: &document, depth: depth, left: &left)))
            }
            return YAMLNode(content: .mapping(values), mark: mark)
        default:
            let scalar = unsafe pointer.pointee.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return YAMLNode(content: .scalar(unsafe String(decoding: bytes, as: UTF8.self)), mark: mark)
        }
    }

    private static func node(
        _ index: Int32, in document: inout yaml_document_t, depth: Int, left: inout Int
    ) throws(YAMLError) -> YAMLNode {
        guard let pointer = unsafe yaml_document_get_node(&document, index) else {
            throw YAMLError(.syntax("a value is missing"), at: nil)
        }
        return try unsafe node(pointer, in: &document, depth: depth + 1, left: &left)
    }
}

extension YAMLMark {
    /// libyaml counts from 0.
    fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}

extension YAMLError {
    fileprivate init(_ parser: yaml_parser_t) {
        let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "not YAML"
        // Errors about bytes that are not text have no line.
        let hasMark =
            unsafe parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR
            || parser.error == YAML_COMPOSER_ERROR
        self.init(.syntax(problem), at: hasMark ? unsafe YAMLMark(parser.problem_mark) : nil)
    }
}
