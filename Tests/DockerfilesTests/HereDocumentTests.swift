import Dockerfiles
import Testing

/// Here-documents. Expectations: BuildKit's frontend/dockerfile/parser/parser_heredoc_test.go.
@Suite struct HereDocumentTests {
    private func instruction(_ text: String) throws -> Dockerfile.Instruction {
        let file = try Dockerfile("FROM scratch\n\(text)\nEXPOSE 1\n")
        let instructions = file.stages[0].instructions
        #expect(instructions.last?.keyword == "EXPOSE" && instructions.count == 2)
        return try #require(instructions.first)
    }

    @Test(arguments: [
        ("RUN <<EMPTY\nEMPTY", ["EMPTY": ""]), ("RUN 3<<EMPTY2\nEMPTY2", ["EMPTY2": ""]),
        ("RUN <<INDENT\n\tfoo\n\tINDENT\nINDENT", ["INDENT": "\tfoo\n\tINDENT\n"]),
        ("RUN <<-UNINDENT\n\tbaz\n\t\tquux\n\tUNINDENT", ["UNINDENT": "baz\nquux\n"]),
        ("RUN <<-'NOEXPAND'\n\tdon't expand $NAME\nNOEXPAND", ["NOEXPAND": "don't expand $NAME\n"]),
        ("RUN <<COMMENT\n# internal\n\nCOMMENT", ["COMMENT": "# internal\n\n"]),
        ("RUN --mount=type=cache,target=/foo <<MOUNT\necho\nMOUNT", ["MOUNT": "echo\n"]),
        ("COPY <<FILE1 <<FILE2 /dest\n1\nFILE1\n2\nFILE2", ["FILE1": "1\n", "FILE2": "2\n"]),
        ("COPY <<X <<Y /dest\nY\nX\nX\nY", ["X": "Y\n", "Y": "X\n"]),
        ("RUN <<COMPLEX python3\nprint('x')\nCOMPLEX", ["COMPLEX": "print('x')\n"]),
        ("COPY <<file.txt /dest\nx\nfile.txt", ["file.txt": "x\n"]), ("RUN <<eo'f'\nx\neof", ["eof": "x\n"]),
        ("RUN <<eo\\'f\nx\neo'f", ["eo'f": "x\n"]), ("RUN <<'e'o\\'f\nx\neo'f", ["eo'f": "x\n"]),
        ("RUN <<'one two'\nx\none two", ["one two": "x\n"]), ("RUN <<$EOF\n$EOF", ["$EOF": ""]),
        ("RUN <<  EOF\nEOF", ["EOF": ""]), ("RUN <<  EOF  > foo\nEOF", ["EOF": ""]),
        ("RUN cat <<END-OF-FILE\nx\nEND-OF-FILE", ["END-OF-FILE": "x\n"]),
        ("ADD <<EOF /x\nRUN a \\\nEOF", ["EOF": "RUN a \\\n"]),
        ("RUN cat 0<<EOF\nFROM x\nEOF", ["EOF": "FROM x\n"]),
        ("ONBUILD COPY <<EOF /x\nUSER 1\nEOF", ["EOF": "USER 1\n"]),
        ("RUN <<EOF\r\nx\r\nEOF\r", ["EOF": "x\n"]), ("run cat \\\n  <<EOF\nx\nEOF", ["EOF": "x\n"]),
    ])
    func aDocumentEndsWhereBuildersEndIt(text: String, documents: [String: String]) throws {
        let read = try instruction(text).documents
        #expect(Dictionary(read.map { ($0.name, $0.text) }) { $1 } == documents)
    }

    @Test(arguments: [
        "RUN \"<<NOHEREDOC\"", "USER <<INVALID", "RUN sh -c \"cat <<EOF > /x\"", "RUN sh -c 'cat <<EOF'",
        "RUN cat <<<EOF",
        "RUN [\"cat\", \"<<EOF\"]", "ENV A=<<EOF", "RUN echo it's <<EOF", "RUN a<<EOF", "RUN echo $((1<<2))",
        "RUN cat << ", "LABEL a=<<b", "RUN cat \\<<EOF",
    ])
    func otherWordsOpenNothing(text: String) throws { #expect(try instruction(text).documents.isEmpty) }
}
