import Foundation
import TestSupport
import Testing

/// The recipe of docs/cache.md: nginx with the configuration that is there, and webdav-cache.py, with Go 1.27.
@Suite struct WebCacheTests {
    private static let program = Checkout.root.appending(path: "docs/cache/webdav-cache.py").path

    private func check(
        _ module: GoModule, _ arguments: [String], user: String? = nil
    ) throws -> Execution {
        var environment = ["GOTOOLCHAIN": "local"]
        if let user {
            environment["WEBDAV_CACHE_USER"] = user
            environment["WEBDAV_CACHE_PASSWORD"] = "secret word"
        }
        return try module.check(
            ["-p", "linux/amd64", "--go", GoCommand.newest] + arguments, environment: environment)
    }

    private func hits(_ module: GoModule) throws -> Int {
        let claim = (try module.json("dist/linux/amd64/m.intoto.json")["predicate"] as? [String: Any])?[
            "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#build-cache/v0.2"]
        return try #require((claim as? [String: Any])?["hits"] as? Int)
    }

    @Test func oneJobWritesAndOthersRead() throws {
        let server = try WebServer()
        let first = try GoModule()
        let filling = try check(first, ["--cache", "\(WebCacheTests.program) \(server.url)"], user: "ci")
        #expect(filling.status == 0 && !filling.errors.contains("webdav-cache:"), "\(filling.errors)")
        #expect(try server.files > 30)

        // In another folder of another machine, which may read.
        let second = try GoModule()
        let reading = try check(second, ["--cache", "\(WebCacheTests.program) --read-only \(server.url)"])
        #expect(reading.status == 0, "\(reading.errors)")
        #expect(try hits(first) == 0)
        #expect(try hits(second) > 30)
        #expect(try first.bytes("dist/linux/amd64/m") == second.bytes("dist/linux/amd64/m"))

        // Who may not write builds without the server, and hears of it.
        let files = try server.files
        for user in [nil, "other"] as [String?] {
            try second.folder.write("package main\n\nfunc main() { println(\"\(user ?? "")\") }\n", to: "main.go")
            let refused = try check(second, ["--cache", "\(WebCacheTests.program) \(server.url)"], user: user)
            #expect(refused.status == 0 && refused.errors.contains("401 Unauthorized"), "\(refused.errors)")
        }
        #expect(try server.files == files)
    }

    /// A file that was cut or changed on the server is not what its output ID says.
    @Test func aDamagedFileIsAMiss() throws {
        let server = try WebServer()
        let words = "\(WebCacheTests.program) \(server.url)"
        try check(GoModule(), ["--cache", words], user: "ci").check()
        for (index, file) in try server.paths.enumerated() {
            let content = try Data(contentsOf: file)
            try (index % 2 == 0 ? content.dropLast(1) : Data("{}\n".utf8) + content).write(to: file)
        }
        let module = try GoModule()
        let result = try check(module, ["--cache", words], user: "ci")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try hits(module) == 0)
    }

    @Test func withoutAServerItBuildsAndSaysSo() throws {
        let module = try GoModule()
        let result = try check(module, ["--cache", "\(WebCacheTests.program) http://127.0.0.1:1/go"])
        #expect(result.status == 0 && result.errors.contains("building without the server"), "\(result.errors)")
        #expect(try hits(module) == 0)
    }

    @Test(arguments: [[], ["ftp://example.com/go"], ["--help"], ["http://a/b", "c"]] as [[String]])
    func wrongWordsAreExplained(words: [String]) throws {
        let result = try Execution(WebCacheTests.program, words)
        #expect(result.status == 1 && (result.errors.contains("usage:") || result.errors.contains("is not the URL")))
    }
}

/// nginx with the configuration of docs/cache/nginx.conf, in a folder of its own and on a free port.
private final class WebServer {
    private let process = Process()
    private let folder: TemporaryFolder
    let url: String

    init() throws {
        folder = try TemporaryFolder()
        let place = folder.url.path
        for name in ["go", "tmp", "other"] { try folder.write("", to: "\(name)/.keep") }
        let port = try Python.run(
            "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1], end='')")
        url = "http://127.0.0.1:\(port)/go"
        let words = try Execution("openssl", ["passwd", "-6", "secret word"])
        try words.check()
        try folder.write("ci:\(words.output)", to: "users")
        let site = try String(contentsOf: Checkout.root.appending(path: "docs/cache/nginx.conf"), encoding: .utf8)
            .replacing("listen 8080;", with: "listen 127.0.0.1:\(port);")
            .replacing("/var/lib/go-cache", with: place)
            .replacing("/etc/nginx/go-cache.users", with: "\(place)/users")
        let others = ["proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(place)/other;" }
        let configuration = try folder.write(
            """
            \(geteuid() == 0 ? "user root;" : "")
            daemon off; master_process off; pid \(place)/pid; error_log \(place)/error.log;
            events {}
            http { access_log off; \(others.joined(separator: " "))
            \(site)
            }

            """, to: "nginx.conf")
        process.executableURL = URL(filePath: "/usr/bin/env")
        // Debian has it in /usr/sbin, which is not on every PATH.
        process.arguments = [
            "PATH=/usr/sbin:/usr/bin:/bin", "nginx", "-e", "\(place)/error.log", "-c", configuration.path,
        ]
        try process.start()
        for _ in 0..<200 where try Execution("curl", ["-s", "-o", "/dev/null", url]).status != 0 {
            guard process.isRunning else { throw Failure(words: "nginx did not start: see \(place)/error.log") }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    // Not SIGTERM: a child inherits the signals that the threads of this process block.
    deinit { kill(process.processIdentifier, SIGKILL) }

    /// The objects.
    var paths: [URL] {
        get throws {
            let place = folder.url.appending(path: "go")
            let all = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)?.compactMap {
                $0 as? URL
            }
            return (all ?? []).filter { !$0.hasDirectoryPath && $0.lastPathComponent != ".keep" }
        }
    }

    var files: Int { get throws { try paths.count } }

    private struct Failure: Error {
        let words: String
    }
}
