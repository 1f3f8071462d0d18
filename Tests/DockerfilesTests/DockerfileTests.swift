import Dockerfiles
import Testing

@Suite struct DockerfileTests {
    @Test(arguments: [
        ("", "missing FROM"), ("ARG A\n", "missing FROM"), ("# only a comment\n", "missing FROM"),
        ("RUN x\n", "line 1: RUN must not be before the first FROM: only ARG may"),
        ("FROM\n", "line 1: FROM has no image name"), ("FROM $NONE\n", "line 1: FROM has no image name"),
        ("FROM a b\n", "line 1: 'FROM a b' is not FROM IMAGE or FROM IMAGE AS NAME"),
        ("FROM a\n\n9 b\n", "line 3: '9' is not an instruction"),
        ("FROM a\n# c\nEXPSE 80\n", "line 3: 'EXPSE' is not an instruction; did you mean 'EXPOSE'?"),
        ("FROM a\nONBUILD CPY a b\n", "line 2: 'CPY' is not an instruction; did you mean 'COPY'?"),
        ("FROM a\nRUN a \\\n  b\n\nworkdri /\n", "line 5: 'workdri' is not an instruction; did you mean 'WORKDIR'?"),
        ("FROM a\nONBUILD FROM b\n", "line 2: ONBUILD does not take FROM"),
        ("FROM a\nCMD [1]\n", "line 2: the members of a JSON array must be strings in double quotes"),
        ("# escape=x\nFROM a\n", "line 1: the escape character 'x' is neither \\ nor `"),
        ("# escape=`\n# escape=`\nFROM a\n", "line 2: the directive 'escape' is there twice"),
        ("FROM scratch\nCOPY <<EOF /a\ntext\n", "line 2: the here-document <<EOF has no end: add a line 'EOF'"),
        ("FROM scratch\nCOPY <<EOF /a\ntext\n\tEOF\n", "line 2: the here-document <<EOF has no end: add a line 'EOF'"),
    ])
    func aTextThatIsNotADockerfileIsAnErrorWithItsLine(text: String, message: String) {
        #expect { try Dockerfile(text) } throws: { "\($0)" == message }
    }

    private func words(_ text: String) throws -> [String] {
        try #require(try Dockerfile("FROM scratch\n" + text).stages[0].instructions.last).words.map(\.text)
    }

    /// Expectations: BuildKit's frontend/dockerfile/parser/line_parsers.go.
    @Test(arguments: [
        ("COPY \"a b\" /c", ["\"a", "b\"", "/c"]), ("COPY [\"a b\", \"/c\"]", ["a b", "/c"]),
        ("ENV A=\"b c\" D='e f' G=h\\ i", ["A=\"b c\"", "D='e f'", "G=h\\ i"]), ("USER  a b ", ["a b"]),
        ("COPY --from='x' -- --a /b", ["--a", "/b"]), ("CMD [\"a\",]", ["[\"a\",]"]), ("CMD ['a']", ["['a']"]),
        ("CMD []", []), ("CMD [ \"a\\u00e9\\\"\" , \"\\ud83d\\ude00\" ] ", ["aé\"", "😀"]),
        ("CMD [\"a\"] b", ["[\"a\"]", "b"]), ("CMD [\"a\\x\"]", ["[\"a\\x\"]"]),
        ("HEALTHCHECK --interval=5s CMD [\"a\", \"b\"]", ["CMD", "a", "b"]),
        ("RUN a\\\nb \\\n# c\n\n   d", ["ab", "d"]),
        ("RUN a \\\\\nRUN b", ["b"]), ("RUN a\u{a0}b", ["a", "b"]),
    ])
    func anInstructionIsSplitAsBuildersSplitIt(text: String, expected: [String]) throws {
        #expect(try words(text) == expected)
    }

    @Test func aByteOrderMarkAndCarriageReturnsAreNotPartOfTheText() throws {
        let file = try Dockerfile("\u{feff}# escape=`\r\nFROM scratch\r\nRUN a `\r\n  b\r\nUSER 1\r\n")
        #expect(file.stages[0].instructions.map { $0.words.map(\.text) } == [["a", "b"], ["1"]])
        #expect(file.stages[0].instructions.last?.place == .init(line: 5, column: 1))
    }

    @Test func aWordHasThePlaceWhereItStands() throws {
        let run = try #require(
            try Dockerfile("FROM scratch\n  RUN --network=none é \\\n\tb\n").stages[0].instructions.first)
        #expect(run.place == .init(line: 2, column: 3))
        #expect(run.words.map(\.place) == [.init(line: 2, column: 22), .init(line: 3, column: 2)])
        #expect(run.flags.map(\.text) == ["--network=none"])
    }

    @Test func stagesAreNamedWithoutRegardToCase() throws {
        let file = try Dockerfile("FROM a AS One\nFROM ONE as two\nFROM scratch\nCOPY --from=tWo /a /b\n")
        let image = try file.finalImage(target: nil)
        #expect(file.stages[1].parent == 0 && image.suppliers == [0, 1])
        #expect(throws: DockerfileError.self) { try file.finalImage(target: "three") }
    }
}

/// Files that are made to take long. Each limit is far above what people write.
@Suite struct DockerfileBoundsTests {
    private static let build = "FROM golang AS b\n"
    private static let end = "\nFROM scratch\nCOPY --from=b /app /app\nUSER 1\nENTRYPOINT [\"/app\"]\n"

    private static let hostile: [String: String] = [
        "doubled": "ARG A=aaaaaaaaaa\n" + String(repeating: "ARG A=${A}${A}\n", count: 3000) + build + end,
        "doubled in a stage": "FROM scratch\nENV A=aaaaaaaaaa\n"
            + String(repeating: "ENV A=${A}${A}\n", count: 3000) + "USER $A\n",
        "copies": build + "FROM scratch\n" + String(repeating: "COPY --from=b /app /app\n", count: 40_000),
        "nested braces": "FROM scratch\nUSER " + String(repeating: "${a:-", count: 100_000) + "\n",
        "nested brackets": build + "RUN " + String(repeating: "(", count: 500_000) + end,
        "nested shells": build + "RUN " + String(repeating: "sh -c \"", count: 100_000) + end,
        "documents": build + "RUN cat " + String(repeating: "<<A ", count: 50_000) + "\n"
            + String(repeating: "A\n", count: 50_000) + end,
    ]

    @Test(arguments: hostile.keys.sorted()) func aHostileFileIsReadInLinearTime(name: String) throws {
        let text = try #require(Self.hostile[name])
        // An unoptimized build takes ten times as long as the one that users have.
        let time = try ContinuousClock().measure { _ = try Dockerfile(text).finalImage(target: nil) }
        #expect(time < .seconds(20))
    }

    @Test(arguments: [
        (String(repeating: "FROM a\n", count: 1001), "line 1001: the file has more than 1000 stages"),
        (
            "FROM a\n" + (0...1000).map { "ENV a\($0)=1\n" }.joined(),
            "line 1002: the file sets more than 1000 variables"
        ),
        (String(repeating: "#\n", count: 1 << 20), "the file is longer than 1 MiB"),
    ])
    func aFileBeyondALimitIsAnError(text: String, message: String) {
        #expect { try Dockerfile(text).finalImage(target: nil) } throws: { "\($0)" == message }
    }
}
