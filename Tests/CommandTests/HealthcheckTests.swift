import Foundation
import TestSupport
import Testing

/// `image --healthcheck`: what engines read, and what the added program says of servers that Python runs.
@Suite(.serialized) struct HealthcheckTests {
    private let module: GoModule

    /// Serves on the port of its first argument, on 127.0.0.1.
    private static let server = """
        package main
        import ("net/http"; "os")
        func main() {
            http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {})
            http.ListenAndServe("127.0.0.1:" + os.Args[1], nil)
        }
        """

    init() throws { module = try GoModule(["main.go": HealthcheckTests.server]) }

    private func image(_ arguments: [String], environment: [String: String] = [:]) throws -> Execution {
        try module.run(["image", "-q", "-p", "linux/amd64"] + arguments, environment: environment)
    }

    private func bash(_ script: String) throws -> String {
        let result = try Execution("bash", ["-euo", "pipefail", "-c", script], in: module.folder.url)
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static let question = ["--healthcheck", "http://127.0.0.1:8080/healthz"]

    @Test func enginesReadIt() throws {
        let times = ["--healthcheck-interval", "5s", "--healthcheck-timeout", "1500ms", "--healthcheck-retries", "2"]
        try image(Self.question + times + ["-o", "oci:image", "-o", "docker-archive:app.tar"]).check()
        let whole =
            #"{"Interval":5000000000,"Retries":2,"Test":["CMD","/healthcheck","http://127.0.0.1:8080/healthz","1500ms"],"#
            + #""Timeout":1500000000}"#
        #expect(try bash("skopeo inspect --config --raw oci:image | jq -c .config.Healthcheck") == whole)
        // podman wants a short path for what it keeps while it runs.
        let podman = """
            run=$(mktemp -d /tmp/run.XXXXXX); trap 'rm -rf $run' EXIT
            podman() { command podman --storage-driver=vfs --root "$PWD/storage" --runroot $run "$@"; }
            podman load -qi app.tar >/dev/null; podman image inspect m:latest | jq -cS '.[0].Healthcheck'
            """
        #expect(try bash(podman) == whole)
    }

    @Test func theProgramIsVerifiedAndStampedLikeTheOther() throws {
        try module.run(["keygen", "own"]).check()
        try module.check(["-q", "-p", "linux/amd64", "--key", "own.key"]).check()
        try image(["--from", "dist", "--trust", "own.pub", "--key", "own.key"] + Self.question).check()
        let verified = try module.run(["verify", "oci:image"])
        #expect(verified.status == 0 && verified.output.contains("oci:image /healthcheck  linux/amd64  ready"))
        #expect(try module.run(["gate", "--trust", "own.pub", "oci:image"]).status == 0)
        // It needs no file of its own, and the same sources give the same image.
        let first = try module.bytes("image/index.json")
        try image(["--from", "dist", "--trust", "own.pub", "--key", "own.key"] + Self.question).check()
        #expect(try module.bytes("image/index.json") == first)
    }

    /// Whatever the environment says about modules, the program is built.
    @Test func theModuleOfTheProgramIsItsOwn() throws {
        try module.check(["-q", "-p", "linux/amd64"]).check()
        let environment = ["GOWORK": module.path("go.work"), "GOFLAGS": "-mod=vendor", "GO111MODULE": "off"]
        let arguments = ["--from", "dist", "--allow-unsigned"] + Self.question
        let run = try image(arguments, environment: environment)
        #expect(run.status == 0, "\(run.errors)")
        let without = try image(arguments, environment: ["PATH": "/nowhere"])
        #expect(without.status == 2 && without.errors.contains("no go command"), "\(without.errors)")
        #expect(without.errors.contains("--healthcheck"))
    }

    @Test func aProgramOfTheImageCanAnswerToo() throws {
        try image(["--healthcheck", "exec:/m,--healthy"]).check()
        let test = "skopeo inspect --config --raw oci:image | jq -c .config.Healthcheck.Test"
        #expect(try bash(test) == #"["CMD","/m","--healthy"]"#)
        #expect(try !module.run(["verify", "oci:image"]).output.contains("/healthcheck"))
        try module.folder.write(HealthcheckTests.server, to: "cmd/healthcheck/main.go")
        let clash = try module.run(["image", "-q", "-p", "linux/amd64", "./cmd/healthcheck"] + Self.question)
        #expect(clash.status == 2 && clash.errors.contains("use --healthcheck exec:/healthcheck"), "\(clash.errors)")
    }

    /// The OCI specification does not have the key, so others may mean anything by it.
    @Test(arguments: ["null", "7", "{\"Test\": 1, \"Interval\": \"soon\"}"]) func odderChecksAreIgnored(value: String)
        throws
    {
        let program = HandMadeImage.Entry.file("app", try #require(ProvenImage.program.path("amd64")))
        let image = try HandMadeImage([.init([[program]], keys: "\"Healthcheck\": \(value)")])
        #expect(try image.verdicts()["linux/amd64"]?.word == "ready")
    }

    /// A proof asks what an engine will ask.
    @Test(.enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
    func theCheckMustSucceedInTheImage() throws {
        let run = ["--prove=run", "--probe-timeout", "2s"]
        #expect(try image(Self.question + run + ["--arg", "8080"]).status == 0)
        let wrong = try image(Self.question + run + ["--arg", "8081", "-o", "oci:none"])
        #expect(wrong.status == 1 && wrong.errors.contains("exec:/healthcheck,http://127.0.0.1:8080/healthz"))
        #expect(!module.holds("none"))
    }

    @Test func theConfigurationHasTheSame() throws {
        try module.folder.write(
            "image: {healthcheck: 'http://[::1]:80/', healthcheck-start-period: 2s, healthcheck-retries: 5}\n",
            to: "scratchcheck.yaml")
        try image(["--healthcheck-retries", "4"]).check()
        let found = try bash("skopeo inspect --config --raw oci:image | jq -c .config.Healthcheck")
        #expect(found == #"{"Retries":4,"StartPeriod":2000000000,"Test":["CMD","/healthcheck","http://[::1]:80/"]}"#)
        for text in [
            "healthcheck: ftp://x", "healthcheck-retries: 3", "{healthcheck: 'tcp:1', healthcheck-interval: often}",
        ] {
            try module.folder.write("image: {\(text.filter { !"{}".contains($0) })}\n", to: "scratchcheck.yaml")
            #expect(try image([]).status == 64, "\(text)")
        }
    }

    @Test(arguments: [
        ["--healthcheck", "https://127.0.0.1/"], ["--healthcheck", "http://example.com/"], ["--healthcheck", "tcp:0"],
        ["--healthcheck-interval", "5s"], ["--healthcheck", "tcp:1", "--healthcheck-retries", "0"],
        ["--healthcheck", "tcp:1", "--healthcheck-timeout", "0s"],
    ]) func nonsenseIsWrongUsage(arguments: [String]) throws { #expect(try image(arguments).status == 64) }

    /// Servers of many kinds, and what the program makes of each: exit code 0 or 1, and a reason.
    private static let servers = #"""
        import http.server, socket, subprocess, sys, threading, time
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/slow": time.sleep(3)
                if self.headers["Host"].rsplit(":", 1)[-1] != str(self.server.server_port): return self.send_error(400)
                self.send_response({"/broken": 500, "/moved": 302, "/none": 404}.get(self.path, 200)); self.end_headers()
            def log_message(self, *arguments): pass
        class Six(http.server.ThreadingHTTPServer): address_family = socket.AF_INET6
        def serve(kind, host):
            server = kind((host, 0), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return server.server_port
        def raw(answer, wait=0, piece=1 << 20):
            listener = socket.create_server(("127.0.0.1", 0))
            def run():
                while True:
                    connection, _ = listener.accept()
                    connection.recv(4096)
                    try:
                        for start in range(0, len(answer), piece):
                            connection.sendall(answer[start:start + piece])
                            time.sleep(0.02 if piece == 1 else 0)
                        time.sleep(wait)
                    except OSError: pass
                    connection.close()
            threading.Thread(target=run, daemon=True).start()
            return listener.getsockname()[1]
        four, six = serve(http.server.ThreadingHTTPServer, "127.0.0.1"), serve(Six, "::1")
        closed = socket.create_server(("127.0.0.1", 0)); nobody = closed.getsockname()[1]; closed.close()
        full = socket.socket(); full.bind(("127.0.0.1", 0)); full.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting: one.setblocking(False); one.connect_ex(full.getsockname())
        def url(port, path="/"): return f"http://127.0.0.1:{port}{path}"
        cases = [
            (0, "", [url(four)]), (0, "", [f"http://localhost:{four}/healthz?full=1"]), (0, "", [url(four, "/moved")]),
            (0, "", [f"http://[::1]:{six}/"]), (0, "", [f"tcp:{four}"]), (0, "", [url(four), "2s"]),
            (0, "", [url(raw(b"HTTP/1.0 204 No Content\r\n\r\n", piece=1))]), (0, "", [url(raw(b"HTTP/1.1 200\n"))]),
            (1, "status 500", [url(four, "/broken")]), (1, "status 404", [url(four, "/none")]),
            (1, "connection refused", [url(nobody)]), (1, "connection refused", [f"tcp:{nobody}"]),
            (1, "connection refused", [f"http://[::1]:{nobody}/"]),
            (1, "no answer within 300ms", [url(four, "/slow"), "300ms"]),
            (1, "no answer within 300ms", [url(raw(b"", wait=3)), "300ms"]),
            (1, "no answer within 300ms", [url(raw(b"HTTP/1.1 2" * 100, wait=3, piece=1)), "300ms"]),
            (1, "no answer within 300ms", [url(full.getsockname()[1]), "300ms"]),
            (1, "not in HTTP", [url(raw(b""))]), (1, "not in HTTP", [url(raw(b"HTTP/1.1 200 OK"))]),
            (1, "not in HTTP", [url(raw(b"SSH-2.0-server 200\r\n"))]), (1, "not in HTTP", [url(raw(b"\0\xff" * 4096 + b"\n"))]),
            (1, "not in HTTP", [url(raw(b"HTTP/1.1 2000 OK\r\n"))]), (1, "not in HTTP", [url(raw(b"HTTP/1.1 abc\r\n"))]),
            (1, "not in HTTP", [url(raw(b"\r\nHTTP/1.1 200 OK\r\n"))]), (1, "status 101", [url(raw(b"HTTP/1.1 101 Up\r\n"))]),
            (1, "usage", []), (1, "usage", ["tcp:1", "1s", "more"]), (1, "not a time", ["tcp:1", "soon"]),
            (1, "not http", ["https://127.0.0.1/"]), (1, "not 127.0.0.1", ["http://192.0.2.1/"]),
            (1, "not a port", ["tcp:65536"]), (1, "not a port", ["http://127.0.0.1:/"]),
        ]
        for number, (code, words, arguments) in enumerate(cases):
            start = time.monotonic()
            run = subprocess.run([sys.argv[1]] + arguments, capture_output=True, text=True)
            if run.returncode != code or words not in run.stderr or bool(run.stderr) != bool(code) or time.monotonic() - start > 2.5:
                print(number, arguments, run)
        """#

    @Test func theProgramTellsServersApart() throws {
        try image(Self.question).check()
        let extract = """
            cd image/blobs/sha256; for file in *; do tar -xf $file -C ../../.. healthcheck 2>/dev/null || true; done
            """
        _ = try bash(extract)
        #expect(try Python.run(Self.servers, [module.path("healthcheck")]) == "")
        let packed = try bash("gzip -nc <healthcheck | wc -c")
        // It must stay small beside the programs that it asks.
        #expect(try #require(Int(packed)) < 1_000_000)
    }
}
