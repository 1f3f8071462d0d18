import Foundation
import TestSupport
import Testing

/// The shells themselves read the completions that the program writes.
@Suite struct CompletionTests {
    @Test(arguments: ["bash", "zsh", "fish"]) func theShellReadsThem(shell: String) throws {
        let folder = try TemporaryFolder()
        let script = try Execution(Checkout.program, ["--generate-completion-script", shell])
        #expect(script.status == 0)
        #expect(script.output.contains("copy-to") && script.output.contains("keygen"))
        let file = try folder.write(script.output, to: "completions")
        let result = try Execution(shell, ["-n", file.path])
        #expect(result.status == 0, "\(result.errors)")
    }
}
