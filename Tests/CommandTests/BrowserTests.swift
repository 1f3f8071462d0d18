import Foundation
import TestSupport
import Testing

/// The HTML report in a real browser (Debian's chromium, headless), looked at by axe-core (PyPI `axe-core-python`).
@Suite struct BrowserTests {
    /// Puts axe-core into the page, and what it finds into the title.
    private static let injection = """
        import sys
        from importlib.resources import files
        page = open(sys.argv[1]).read()
        axe = files('axe_core_python').joinpath('axe.min.js').read_text().replace('</script', '<\\\\/script')
        run = '''axe.run(document, {}).then(result => {
            document.title = 'passes ' + result.passes.length + ' violations ' +
                JSON.stringify(result.violations.map(violation => [violation.id, violation.nodes[0].html]));
        })'''
        script = f'<script>{axe}</script><script>{run}</script></body>'
        open(sys.argv[2], 'w').write(page.replace('</body>', script))
        """

    private func document(_ file: String, width: Int) throws -> String {
        let folder = try TemporaryFolder()
        let result = try Execution(
            "chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.url.path)",
                "--window-size=\(width),900", "--virtual-time-budget=20000", "--dump-dom", "file://\(file)",
            ])
        return result.output
    }

    @Test(arguments: [390, 1280]) func nothingIsInTheWayOfAnybody(width: Int) throws {
        let folder = try TemporaryFolder()
        let report = folder.url.appending(path: "report.html").path
        let samples = ["go-linux-amd64", "go-linux-arm", "c-dynamic", "script"].map(Checkout.sample)
        let verified = try Execution(Checkout.program, ["verify", "--report", "html=\(report)"] + samples)
        #expect(verified.status == 1)
        let page = folder.url.appending(path: "page.html").path
        #expect(try Client.python(BrowserTests.injection, [report, page]).status == 0)
        let title = try #require(try document(page, width: width).firstMatch(of: /<title>(.*?)<\/title>/)?.1)
        let passes = title.firstMatch(of: /^passes (\d+)/).flatMap { Int($0.1) } ?? 0
        #expect(passes > 20, "\(title)")
        #expect(title.hasSuffix("violations []"), "\(title)")
    }

    /// A page that has faults is told from one that has none.
    @Test func axeSeesWhatIsWrong() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "<!DOCTYPE html><html><head><title>x</title></head><body><img src=''></body></html>", to: "a.html")
        let page = folder.url.appending(path: "page.html").path
        #expect(try Client.python(BrowserTests.injection, [file.path, page]).status == 0)
        #expect(try document(page, width: 800).contains("image-alt"))
    }
}
