import ELF
import TestSupport
import Testing

/// The expectations are what readelf prints.
@Suite struct SymbolTests {
    @Test(arguments: ["c-dynamic", "go-cgo", "musl-dynamic"])
    func importsAreThoseOfReadelf(sample: String) throws {
        let image = try ELFImage(Checkout.bytes(ofSample: sample))
        let listing = try Execution("readelf", ["-W", "--dyn-syms", Checkout.sample(sample)]).output
        let expected = listing.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ")
            guard fields.count >= 8, fields[6] == "UND" else { return nil }
            return String(fields[7].split(separator: "@")[0])
        }
        #expect(!expected.isEmpty)
        #expect(image.importedSymbols.map(\.name) == expected)
    }

    @Test func aVersionNamesTheLibrary() throws {
        let image = try ELFImage(Checkout.bytes(ofSample: "c-dynamic"))
        #expect(image.importedSymbols.contains { $0.name == "__libc_start_main" && $0.library == "libc.so.6" })
    }

    @Test func definedSymbolsAreFound() throws {
        let file = MemoryFile(try Checkout.bytes(ofSample: "c-static"))
        let addresses = try ELFImage(file.bytes).addresses(ofSymbols: ["main", "iconv_open", "absent"], in: file)
        #expect(Set(addresses.keys) == ["main"])
    }

    @Test(arguments: ["no-sections", "c-object"]) func aFileWithoutTheTableHasNone(sample: String) throws {
        #expect(try ELFImage(Checkout.bytes(ofSample: sample)).importedSymbols.isEmpty)
    }
}
