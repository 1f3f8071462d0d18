import Foundation
import TestSupport
import Testing

/// A short run of `make image-fuzz`.
@Suite(.enabled(if: geteuid() == 0, "umoci and podman unpack images as root")) struct ImageFuzzTests {
    private func run(_ arguments: String...) throws -> Execution {
        let program = URL(filePath: Checkout.program).deletingLastPathComponent().appending(path: "image-fuzz").path
        return try Execution(program, arguments)
    }

    /// The exit code is 1 if an image is read that umoci or podman unpacks to other files.
    @Test func whatIsReadIsWhatIsUnpacked() throws {
        let result = try run("--count", "60", "--seed", "7")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("### 60 images, seed 7"))
        #expect(!result.output.contains("(no reason recorded)"), "\(result.output)")
    }

    @Test func anImageCanBeMadeAgain() throws {
        let first = try run("--seed", "7", "--replay", "3")
        #expect(first.status == 0 && first.output.contains("umoci: "))
        #expect(try run("--seed", "7", "--replay", "3").output == first.output)
        #expect(try run("--seed", "7", "--replay", "4").output != first.output)
    }
}
