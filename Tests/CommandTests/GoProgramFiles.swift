import Foundation
import TestSupport

/// A Go program, built once for each GOARCH that tests start images of. The files go when the tests end.
struct GoProgramFiles: Sendable {
    private static let architectures = ["amd64", "arm64"]
    private let paths: [String: String]

    /// Builds a program.
    ///
    /// - Parameters:
    ///   - name: A word for the names of its files.
    ///   - sources: The text of each file.
    init(_ name: String, _ sources: [String: String]) {
        guard let module = try? GoModule(sources) else {
            paths = [:]
            return
        }
        var paths: [String: String] = [:]
        for goarch in GoProgramFiles.architectures {
            let path = "/tmp/staticcheck-tests-\(ProcessInfo.processInfo.processIdentifier)-\(name)-\(goarch)"
            let built = try? Execution(
                "go", ["build", "-trimpath", "-o", path, "."], in: module.folder.url,
                environment: ["CGO_ENABLED": "0", "GOARCH": goarch, "GOFLAGS": ""])
            if built?.status == 0 { paths[goarch] = path } else { print(built?.errors ?? "") }
        }
        self.paths = paths
        atexit {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
            for name in names where name.hasPrefix("staticcheck-tests-\(getpid())-") { unlink("/tmp/" + name) }
        }
    }

    /// The file of a GOARCH; nil if the program does not build.
    func path(_ goarch: String) -> String? { paths[goarch] }
}
