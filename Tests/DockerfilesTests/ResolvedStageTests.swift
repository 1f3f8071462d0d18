import Dockerfiles
import Testing

/// What the instructions of a lineage add up to. Expectations: BuildKit's frontend/dockerfile/dockerfile2llb/convert.go, and
/// https://docs.docker.com/reference/dockerfile/.
@Suite struct ResolvedStageTests {
    private func stage(_ text: String) throws -> ResolvedStage { try Dockerfile(text).finalImage(target: nil).result }

    @Test(arguments: [
        ("FROM scratch\nENV A=1\n", "1"), ("ARG A=1\nFROM scratch\n", nil), ("ARG A=1\nFROM scratch\nARG A\n", "1"),
        ("ARG A=1\nFROM scratch\nARG A=2\n", "2"), ("FROM scratch\nARG A=1\nENV A=2\n", "2"),
        ("FROM scratch AS x\nARG A=1\nFROM x\n", "1"), ("FROM scratch AS x\nENV A=1\nFROM scratch\n", nil),
        ("FROM scratch\nENV A=1 B=$A\nENV A=$B\n", ""), ("FROM scratch\nENV B=x\nENV A=${B}y\n", "xy"),
        ("FROM scratch\nENV A  b c \n", "b c"), ("FROM scratch\nENV A='$B' \n", "$B"),
        ("FROM scratch\nENV B=1\nENV A=\\$B\n", "$B"),
        ("ARG X=1\nARG A=${X}2\nFROM scratch\nARG A\n", "12"),
        (
            "FROM scratch\nENV A=$PATH\n",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        ),
        ("FROM scratch AS x\nONBUILD ENV A=1\nFROM x\n", "1"),
        ("FROM scratch AS x\nONBUILD ENV A=1\nFROM x AS y\nFROM y\n", "1"),
        ("FROM scratch AS x\nONBUILD ENV A=1\n", nil),
    ])
    func aVariableHasTheValueOfItsStage(text: String, expected: String?) throws {
        #expect(try stage(text).environment["A"] == (expected.map(Value.known) ?? .unset))
    }

    @Test(arguments: [
        "FROM scratch\nARG A\n", "ARG A\nFROM scratch\nARG A\n", "FROM scratch\nARG B\nENV A=$B\n",
        "FROM alpine\nENV A=$HOME\n",
        "FROM scratch\nARG TARGETARCH\nENV A=$TARGETARCH\n", "FROM alpine\n",
    ])
    func whatOnlyTheBuilderKnowsIsUnknown(text: String) throws { #expect(try stage(text).environment["A"] == .unknown) }

    @Test(arguments: [
        ("FROM scratch\n", "/"), ("FROM scratch\nWORKDIR a\nWORKDIR b/../c\n", "/a/c"),
        ("FROM scratch\nWORKDIR /a\nWORKDIR ..\n", "/"),
        ("FROM scratch\nENV D=/x\nWORKDIR \"$D/y z\"\n", "/x/y z"),
        ("FROM scratch AS x\nWORKDIR /a\nFROM x\nWORKDIR b\n", "/a/b"),
        ("FROM alpine\nWORKDIR a\n", nil), ("FROM scratch\nARG D\nWORKDIR $D\n", nil),
        ("FROM alpine\nWORKDIR /a/\n", "/a"),
    ])
    func theWorkingFolderIsAbsolute(text: String, expected: String?) throws {
        #expect(try stage(text).folder == expected)
    }

    @Test(arguments: [
        ("COPY a /b", "/b", "/b"), ("COPY a /b/", "/b", "/b/a"), ("COPY a .", "/w", "/w/a"),
        ("COPY a b", "/w/b", "/w/b"),
        ("COPY x/a c/./ ", "/w/c", "/w/c/a"), ("COPY a c /d", "/d", "/d/a"), ("COPY [\"a\", \"/d e\"]", "/d e", "/d e"),
        ("COPY a /", "/", "/a"), ("ARG N=n\nCOPY $N /${N}x/", "/nx", "/nx/n"), ("COPY <<a /b/\na", "/b", "/b/a"),
    ])
    func aCopyHasAnAbsoluteTarget(text: String, target: String, place: String) throws {
        let copy = try #require(try stage("FROM scratch\nWORKDIR /w\n\(text)\n").copies.first)
        #expect(copy.target == target)
        #expect(copy.place(of: copy.sources[0]) == place)
    }

    @Test func anEntryPointDropsTheCommandOfTheBase() throws {
        let base = "FROM scratch AS x\nCMD [\"a\"]\n"
        #expect(try stage(base + "FROM x\n").command != nil)
        #expect(try stage(base + "FROM x\nENTRYPOINT [\"b\"]\n").command == nil)
        #expect(try stage(base + "FROM x\nCMD [\"c\"]\nENTRYPOINT [\"b\"]\n").command != nil)
    }

    @Test func stagesThatAreMountedSupplyTheImage() throws {
        let file = try Dockerfile(
            "FROM a AS x\nFROM b AS y\nRUN --mount=type=bind,from=x,target=/m true\nFROM scratch\nCOPY --from=1 /a /a\n"
        )
        #expect(try file.finalImage(target: nil).suppliers == [0, 1])
    }
}
