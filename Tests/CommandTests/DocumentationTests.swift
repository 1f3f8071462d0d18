import Foundation
import TestSupport
import Testing

/// The pages of the modules that other programs may use.
@Suite struct DocumentationTests {
    @Test func cataloguesRenderWithoutAWarning() throws {
        let binaries = URL(filePath: Checkout.program).deletingLastPathComponent().path
        let run = try Execution(
            Checkout.root.appending(path: "Scripts/check-documentation").path, [], environment: ["BINARIES": binaries])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }
}
