import Foundation
import TestSupport

/// An image with one Go program that does what its first argument says.
struct ProvenImage {
    private static let source = #"""
        package main

        import (
        	"crypto/x509"
        	"fmt"
        	"net/http"
        	"os"
        	"os/signal"
        	"strings"
        	"syscall"
        )

        func serve(address string) {
        	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
        	http.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
        	go http.ListenAndServe(address, nil)
        	end := make(chan os.Signal, 1)
        	signal.Notify(end, syscall.SIGTERM, syscall.SIGINT)
        	<-end
        }

        func must(err error) {
        	if err != nil {
        		fmt.Println(err)
        		os.Exit(1)
        	}
        }

        func main() {
        	switch os.Args[1] {
        	case "serve":
        		serve(":8080")
        	case "elsewhere":
        		serve(":9090")
        	case "stubborn":
        		go serve(":8080")
        		select {}
        	case "temporary":
        		_, err := os.CreateTemp("", "x")
        		must(err)
        		serve(":8080")
        	case "certificates":
        		pool, err := x509.SystemCertPool()
        		must(err)
        		if len(pool.Subjects()) == 0 {
        			must(fmt.Errorf("no certificates"))
        		}
        		serve(":8080")
        	case "read":
        		_, err := os.ReadFile(os.Args[2])
        		must(err)
        	case "identity":
        		status, _ := os.ReadFile("/proc/self/status")
        		folder, _ := os.Getwd()
        		groups, _ := os.Getgroups()
        		fmt.Print(os.Getuid(), " ", os.Getgid(), " ", groups, " ", folder, " ", os.Getenv("GREETING"), " ", os.Getpid())
        		for _, line := range strings.Split(string(status), "\n") {
        			if strings.HasPrefix(line, "CapEff") || strings.HasPrefix(line, "CapBnd") || strings.HasPrefix(line, "NoNewPrivs") {
        				fmt.Print(" ", strings.Join(strings.Fields(line), ""))
        			}
        		}
        		if err := os.WriteFile("/written", nil, 0o600); err != nil {
        			fmt.Print(" ", err)
        		}
        		fmt.Println()
        	case "write":
        		must(os.WriteFile(os.Args[2], nil, 0o600))
        	}
        }
        """#

    /// The program, built once.
    static let program = GoProgramFiles("proven", ["main.go": source])

    let image: HandMadeImage

    /// An image whose program does one thing.
    ///
    /// - Parameters:
    ///   - words: What the program does.
    ///   - entries: What the root holds besides the program.
    init(
        _ words: [String], user: String = "65532:65532", goarch: String = "amd64", mode: Int = 0o555,
        entries: [HandMadeImage.Entry] = [.folder("tmp", mode: 0o1777)], env: [String]? = nil, folder: String? = nil
    ) throws {
        let program = HandMadeImage.Entry.file("app", ProvenImage.program.path(goarch) ?? "", mode: mode)
        image = try HandMadeImage([
            .init([[program] + entries], entrypoint: ["/app"] + words, user: user, env: env, workingDir: folder)
        ])
    }

    /// An image as it is described, whatever that is.
    init(_ platform: HandMadeImage.Platform) throws { image = try HandMadeImage([platform]) }

    /// What `verify --prove` reports of an image.
    struct Result {
        let status: Int32
        let rules: [String]
        let outcome: String
        let by: String
        let detail: String
        let missing: [String]
        let messages: [String]
    }

    /// Starts it.
    func prove(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
        let run = try Execution(
            Checkout.program, ["verify", image.name, "--format", "json"] + arguments, environment: environment)
        let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let entry = (report?["binaries"] as? [[String: Any]])?.first
        let proof = entry?["proof"] as? [String: Any]
        let findings = (entry?["findings"] as? [[String: Any]] ?? []).filter { $0["level"] as? String == "error" }
        return Result(
            status: run.status, rules: findings.compactMap { $0["rule"] as? String },
            outcome: proof?["outcome"] as? String ?? "", by: proof?["by"] as? String ?? "",
            detail: proof?["detail"] as? String ?? "",
            missing: proof?["missing"] as? [String] ?? [],
            messages: findings.compactMap { $0["message"] as? String })
    }
}
