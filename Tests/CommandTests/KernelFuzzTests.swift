import Foundation
import TestSupport
import Testing

/// A short run of `make kernel-fuzz`.
@Suite(
    .enabled(
        if: Namespaces.arePermitted, "programs are run in an empty root, which takes namespaces: not permitted here")
) struct KernelFuzzTests {
    private func run(_ arguments: String...) throws -> Execution {
        let program = URL(filePath: Checkout.program).deletingLastPathComponent().appending(path: "kernel-fuzz").path
        let samples = Checkout.root.appending(path: "TestBinaries/out").path
        return try Execution(program, arguments + ["--samples", samples])
    }

    /// The exit code is 1 if the kernel kills a ready file in exec or cannot begin it.
    @Test(arguments: ["amd64", "386"]) func theKernelBeginsWhatIsReady(architecture: String) throws {
        let result = try run("--arch", architecture, "--count", "1500", "--seed", "7")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("1500 mutants, seed 7"))
        #expect(!result.output.contains("(no reason recorded)"), "\(result.output)")
    }

    @Test func aMutantCanBeMadeAgain() throws {
        let first = try run("--replay", "7:3")
        #expect(first.status == 0 && !first.output.isEmpty)
        #expect(try run("--replay", "7:3").output == first.output)
        #expect(try run("--replay", "7:4").output != first.output)
    }
}
