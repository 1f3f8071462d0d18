import Testing

@testable import Vulnerabilities

/// Names as `go tool nm` and panics of Go 1.19 to 1.27 show them.
struct SymbolNameTests {
    @Test(
        "A symbol belongs to the function that advisories name",
        arguments: [
            ("Unmarshal", "Unmarshal"), ("(*Decoder).Decode", "Decoder.Decode"), ("Values.Get", "Values.Get"),
            ("Max[...]", "Max"), ("(*Tree[...]).Walk", "Tree.Walk"), ("Tree[go.shape.int_0].Walk", "Tree.Walk"),
            ("Map[a/b.K,[]c.V].func1", "Map"), ("Walk.func1", "Walk"), ("Walk.func2.1", "Walk"),
            ("(*Server).Serve.func1.deferwrap2", "Server.Serve"), ("(*Server).Serve.gowrap1", "Server.Serve"),
            ("(*Server).Serve-fm", "Server.Serve"), ("All-range1", "All"), ("outer.Inlined.func3", "outer"),
            ("init.0", "init"), ("init", "init"),
        ])
    func function(_ symbol: String, _ function: String) { #expect(SymbolName.functions(symbol).contains(function)) }

    @Test(
        "A symbol does not belong to a function that its name only resembles",
        arguments: [
            ("UnmarshalStrict", "Unmarshal"), ("(*Decoder).Decode", "Decode"), ("(*Decoder).Decode", "Decoder"),
            ("Walk.func1x", "Walk"),
        ])
    func otherFunction(_ symbol: String, _ function: String) {
        #expect(!SymbolName.functions(symbol).contains(function))
    }

    @Test(
        "The path of a package is escaped as the compiler does it",
        arguments: [
            ("net/http", "net/http"), ("gopkg.in/yaml.v2", "gopkg.in/yaml%2ev2"),
            ("github.com/a.b/c.d.e", "github.com/a.b/c%2ed%2ee"), ("example.com/ü", "example.com/%c3%bc"),
            ("a%b", "a%25b"),
        ])
    func escaping(_ path: String, _ escaped: String) {
        #expect(SymbolName.escaped(path) == escaped)
        #expect(SymbolName.unescaped(Array(escaped.utf8)) == path)
    }
}
