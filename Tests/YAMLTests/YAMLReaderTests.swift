import Testing

@testable import YAML

/// What `YAMLReader` promises beyond libyaml: values with places, no key twice, and an end to every text.
@Suite struct YAMLReaderTests {
    /// A document as text, so that tables stay readable: maps in their order, scalars as they are.
    private func shape(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text): "<\(text)>"
        case .sequence(let nodes): "[" + nodes.map(shape).joined(separator: " ") + "]"
        case .mapping(let pairs): "{" + pairs.map { shape($0.key) + shape($0.value) }.joined(separator: " ") + "}"
        }
    }

    /// YAML 1.1 (https://yaml.org/spec/1.1/), chapters 7 to 10: block and flow styles, anchors, folding.
    @Test(arguments: [
        ("a: 1\nb: [x, 'y z']\n", "{<a><1> <b>[<x> <y z>]}"),
        ("- a\n-\n  - b\n", "[<a> [<b>]]"),
        ("{a: {b: c}, d: []}", "{<a>{<b><c>} <d>[]}"),
        ("a: &x [1]\nb: *x\n", "{<a>[<1>] <b>[<1>]}"),
        ("a: >\n  one\n  two\nb: |\n  one\n  two\n", "{<a><one two\n> <b><one\ntwo\n>}"),
        ("a: \"\\u00e4\\t\"\n", "{<a><ä\t>}"),
        ("a: # nothing\n", "{<a><>}"),
        ("# only a comment\n---\na\n", "<a>"),
        // YAML 1.2.2, 5.2 and 5.4: a byte order mark, and line feeds after carriage returns.
        ("\u{feff}a: 1\r\nb:\r\n  - x\r\n", "{<a><1> <b>[<x>]}"),
        ("\u{feff}", ""),
    ]) func documentsBecomeValues(text: String, expected: String) throws {
        let documents = try YAMLReader.documents(of: text)
        #expect(documents.map(shape).joined() == expected)
    }

    /// What YAML 1.1 would call a boolean, a number or null stays what was written.
    @Test(arguments: ["yes", "off", "1.20", "007", "null", "~", "2027-01-31", "0x1F"])
    func scalarsAreText(word: String) throws {
        #expect(try YAMLReader.documents(of: "a: \(word)\n").map(shape) == ["{<a><\(word)>}"])
    }

    @Test func severalDocumentsAreToldApart() throws {
        #expect(try YAMLReader.documents(of: "a\n---\nb\n").map(shape) == ["<a>", "<b>"])
        #expect(try YAMLReader.documents(of: "").isEmpty)
        #expect(try YAMLReader.documents(of: "# nothing\n").isEmpty)
    }

    @Test func everyValueKnowsItsPlace() throws {
        let root = try #require(try YAMLReader.documents(of: "a: 1\nbb:\n  - x\n  - yy\n").first)
        guard case .mapping(let pairs) = root.content, case .sequence(let items) = pairs[1].value.content else {
            Issue.record("\(shape(root))")
            return
        }
        #expect(root.mark == YAMLMark(line: 1, column: 1))
        #expect(pairs[0].value.mark == YAMLMark(line: 1, column: 4))
        #expect(pairs[1].key.mark == YAMLMark(line: 2, column: 1))
        #expect(items.map(\.mark) == [YAMLMark(line: 3, column: 5), YAMLMark(line: 4, column: 5)])
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", 3, 1), ("{a: 1, a: 2}", 1, 8), ("x:\n  k: 1\n  'k': 2\n", 3, 3),
    ]) func aKeyMustNotBeThereTwice(text: String, line: Int, column: Int) {
        #expect {
            try YAMLReader.documents(of: text)
        } throws: { error in
            (error as? YAMLError)?.mark == YAMLMark(line: line, column: column)
        }
    }

    @Test(arguments: [
        ("a: [1\n", 2), ("a: b: c\n", 1), ("a:\n\t- b\n", 2), ("'never closed", 1), ("a: *nowhere\n", 1), ("@a\n", 1),
    ]) func brokenTextIsRefusedWithItsLine(text: String, line: Int) {
        #expect {
            try YAMLReader.documents(of: text)
        } throws: { error in
            guard let error = error as? YAMLError, let mark = error.mark else { return false }
            return !error.description.isEmpty && mark.line == line
        }
    }

    @Test(arguments: [
        (String(repeating: "[", count: 99) + String(repeating: "]", count: 99), true),
        (String(repeating: "[", count: 101) + String(repeating: "]", count: 101), false),
        (String(repeating: "[", count: 200_000), false), (String(repeating: "? ", count: 50_000), false),
    ]) func nestingHasALimit(text: String, isRead: Bool) {
        #expect(((try? YAMLReader.documents(of: text)) != nil) == isRead)
    }

    /// Nine lists of nine aliases each would be 9⁹ values: https://en.wikipedia.org/wiki/Billion_laughs_attack.
    @Test func aliasesCannotMultiplyWithoutEnd() {
        let lines = (1...9).map { level in
            "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]"
        }
        let clock = ContinuousClock()
        let start = clock.now
        #expect(throws: YAMLError.self) { try YAMLReader.documents(of: "a0: &a0 x\n" + lines.joined(separator: "\n")) }
        #expect(clock.now - start < .seconds(10))
    }

    @Test func anAliasOfItselfIsRefused() {
        #expect(throws: YAMLError.self) { try YAMLReader.documents(of: "a: &a [*a]\n") }
    }
}
