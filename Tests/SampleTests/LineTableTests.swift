import ELF
import GoBinary
import TestSupport
import Testing

@Suite struct LineTableTests {
    private func table(of sample: String) throws -> LineTable? {
        let bytes = try Checkout.bytes(ofSample: sample)
        return GoTables(in: bytes, of: try ELFImage(bytes)).lineTable
    }

    @Test(arguments: [
        "go-linux-amd64", "go-linux-386", "go-linux-mips", "go-linux-s390x", "go-linux-ppc64", "go-pie",
        "go-cgo-static",
        "no-sections",
    ])
    func namesTheFunctionsOfTheProgram(sample: String) throws {
        let table = try #require(try table(of: sample))
        let wanted: Set = ["main.main", "runtime.main", "main.mai", "ain.main", "os.Absent"]
        #expect(table.functions(among: wanted) == ["main.main", "runtime.main"])
    }

    /// `go tool nm` is the independent reader.
    @Test func agreesWithTheSymbolTable() throws {
        let table = try #require(try table(of: "go-linux-amd64"))
        let listing = try Execution("go", ["tool", "nm", Checkout.sample("go-linux-amd64")]).output
        let functions = listing.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ", maxSplits: 2)
            guard fields.count == 3, fields[1] == "T", fields[2].hasPrefix("runtime."), !fields[2].contains(" ") else {
                return nil
            }
            return String(fields[2])
        }
        // The linker's own marks are no functions, and it alone knows which calling convention a function has.
        let wanted = Set(functions.map { $0.replacing(".abi0", with: "") }).subtracting([
            "runtime.text", "runtime.etext",
        ])
        #expect(wanted.count > 500)
        #expect(table.functions(among: wanted) == wanted)
    }

    @Test func showsWhetherPathsWereTrimmed() throws {
        #expect(try table(of: "go-linux-amd64")?.absoluteSourcePath == nil)
        #expect(try table(of: "go-cgo-static")?.absoluteSourcePath != nil)
    }

    @Test(arguments: ["c-static", "c-dynamic"]) func isAbsentFromC(sample: String) throws {
        #expect(try table(of: sample) == nil)
    }
}
