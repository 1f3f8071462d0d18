import ELF
import GoBinary
import TestSupport
import Testing
import Verification

/// What the code of stripped samples can do. Their sources say the same: they import net/http, os/exec, plugin or "C".
struct CapabilityTests {
    @Test(
        arguments: [
            ("hazards/hello", []), ("hazards/http-server-stripped", [.network]),
            ("hazards/exec-command-stripped", [.exec]),
            ("hazards/exec-command-mips-stripped", [.exec]), ("hazards/plugin-static-stripped", [.plugin, .cgo]),
            ("go-cgo-static", [.cgo]), ("go-net-cgo", [.network, .cgo]),
        ] as [(String, [Capability])]) func aProgramCanDoWhatItImports(sample: String, wanted: [Capability]) throws
    {
        let bytes = try Checkout.bytes(ofSample: sample)
        let table = try #require(GoTables(in: bytes, of: try ELFImage(bytes)).lineTable)
        #expect(Capabilities(of: table).all == wanted)
    }
}
