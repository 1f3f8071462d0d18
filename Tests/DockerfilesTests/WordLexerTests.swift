import Dockerfiles
import Testing

/// Quotes, escapes and variables in words. Expectations: BuildKit's frontend/dockerfile/shell/envVarTest.
@Suite struct WordLexerTests {
    /// What USER is, in a stage with some variables; nil if builders refuse the word.
    private func value(of text: String) throws -> String? {
        let file = try Dockerfile(
            "FROM scratch\nENV PWD=/home SHELL=bash NULL= KOREAN=한국어\nARG GIVEN\nUSER \(text)\n")
        return try file.finalImage(target: nil).result.user?.value.text
    }

    @Test(arguments: [
        ("hello", "hello"), ("he'll'o", "hello"), ("he\\'llo", "he'llo"), ("abc\\tdef", "abctdef"),
        ("\"abc\\tdef\"", "abc\\tdef"), ("\"abc\\\\tdef\"", "abc\\tdef"), ("'abc\\tdef'", "abc\\tdef"),
        ("hello\\\\", "hello\\"), ("\"hel'lo\"", "hel'lo"), ("'hello\\'", "hello\\"), ("\"''\"", "''"), ("$.", "$."),
        ("he$1x", "hex"), ("he$.x", "he$.x"), ("he$pwd.", "he."), ("he$PWD", "he/home"), ("he\\$PWD", "he$PWD"),
        ("he\\\\$PWD", "he\\/home"), ("\"he\\$PWD\"", "he$PWD"), ("\\${}aaa", "${}aaa"), ("he${hi}xx", "hexx"),
        ("he${PWD}", "he/home"), ("he${XXX:-000}xx", "he000xx"), ("he${PWD:-000}xx", "he/homexx"),
        ("he${XXX:-$PWD}xx", "he/homexx"), ("he${XXX:-${YYY:-yyy}}xx", "heyyyxx"), ("he${PWD?}", "he/home"),
        ("he${NULL?}", "he"), ("he${XXX:+${PWD}}xx", "hexx"), ("he${PWD:+${SHELL}}xx", "hebashxx"),
        ("'he${XX}'", "he${XX}"), ("\"he'$PWD'\"", "he'/home'"), ("'\\$PWD'", "\\$PWD"), ("'\"hello\"'", "\"hello\""),
        ("he${PWD:+${PWD}:}xx", "he/home:xx"), ("he${XXX:-\\$PWD:}xx", "he$PWD:xx"),
        ("he${XXX:-\\${PWD}z}xx", "he${PWDz}xx"), ("안'녕'하세요", "안녕하세요"), ("안녕$KOREAN", "안녕한국어"), ("${aaa}}", "}"),
        ("${aaa:-bbb}}", "bbb}"), ("${aaa:-${bbb:-ccc}}", "ccc"), ("${aaa:-bbb {foo}", "bbb {foo"),
        ("${1:-bbb}", "bbb"),
        ("${NULL-x}", ""), ("${NULL:-x}", "x"), ("${NULL+x}", "x"), ("${NULL:+x}", ""),
    ])
    func aWordIsReadAsBuildersReadIt(text: String, expected: String) throws {
        #expect(try value(of: text) == expected)
    }

    @Test(arguments: [
        "he'llo", "he\\\\'llo", "\"hello", "\"hello\\\"", "'hello", "he${}", "${}aaa", "he${.}", "he${XXX:YYY}",
        "he${XXX?}",
        "he${XXX:?}", "he${NULL:?}", "he${PWD", "he${PWD:=000}xx", "${{aaa}", "${aaa", "${aaa:-bbb", "${:}", "${:-bbb}",
    ])
    func whatBuildersRefuseHasNoValue(text: String) throws { #expect(try value(of: text) == nil) }

    @Test(arguments: ["$GIVEN", "a${GIVEN}b", "${GIVEN:-x}", "\"$GIVEN\"", "${NULL:-$GIVEN}"])
    func whatTheCommandLineMaySetHasNoValue(text: String) throws { #expect(try value(of: text) == nil) }

    @Test(arguments: [("${PWD:-$GIVEN}", "/home"), ("'$GIVEN'", "$GIVEN"), ("\\$GIVEN", "$GIVEN")])
    func aVariableThatIsNotUsedNeedNotBeKnown(text: String, expected: String) throws {
        #expect(try value(of: text) == expected)
    }
}
