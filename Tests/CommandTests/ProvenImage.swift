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
        	"os/exec"
        	"os/signal"
        	"strings"
        	"syscall"
        	"time"
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
        	case "processes":
        		for {
        			exec.Command(os.Args[0], "processes").Start()
        		}
        	case "memory":
        		var kept [][]byte
        		for {
        			piece := make([]byte, 64<<20)
        			for index := range piece {
        				piece[index] = 1
        			}
        			kept = append(kept, piece)
        		}
        	case "output":
        		for {
        			fmt.Println(strings.Repeat("x", 4096))
        		}
        	case "kill":
        		syscall.Kill(os.Getppid(), syscall.SIGKILL)
        		syscall.Kill(-1, syscall.SIGKILL)
        		for number := 2; number < 100000; number++ {
        			syscall.Kill(number, syscall.SIGKILL)
        		}
        	case "escape":
        		fmt.Println(syscall.Chroot("."), syscall.Mount("x", "/tmp", "tmpfs", 0, ""), syscall.Setuid(0), syscall.Unshare(syscall.CLONE_NEWUSER))
        		for _, name := range []string{"/proc/1/root/etc/hostname", "/../../../etc/hostname", "/link/hostname"} {
        			if text, err := os.ReadFile(name); err == nil {
        				fmt.Println("read", name, len(text))
        			}
        		}
        	case "write":
        		must(os.WriteFile(os.Args[2], nil, 0o600))
        	case "sleep":
        		time.Sleep(time.Hour)
        	case "fill":
        		file, err := os.Create("/tmp/large")
        		must(err)
        		for {
        			if _, err := file.Write(make([]byte, 1<<20)); err != nil {
        				must(err)
        			}
        		}
        	}
        }
        """#

    /// The program for each GOARCH, built once.
    static let programs: [String: String] = {
        guard let module = try? GoModule(["main.go": source]) else { return [:] }
        var paths: [String: String] = [:]
        for goarch in ["amd64", "arm64"] {
            let path = "/tmp/staticcheck-proven-image-\(ProcessInfo.processInfo.processIdentifier)-\(goarch)"
            let built = try? Execution(
                "go", ["build", "-trimpath", "-o", path, "."], in: module.folder.url,
                environment: ["CGO_ENABLED": "0", "GOARCH": goarch, "GOFLAGS": ""])
            if built?.status == 0 { paths[goarch] = path }
        }
        atexit {
            for goarch in ["amd64", "arm64"] {
                unlink("/tmp/staticcheck-proven-image-\(getpid())-\(goarch)")
            }
        }
        return paths
    }()

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
        let program = HandMadeImage.Entry.file("app", ProvenImage.programs[goarch] ?? "", mode: mode)
        image = try HandMadeImage([
            .init([[program] + entries], entrypoint: ["/app"] + words, user: user, env: env, workingDir: folder)
        ])
    }

    /// What `verify --prove` reports of an image.
    struct Result {
        let status: Int32
        let rules: [String]
        let outcome: String
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
            outcome: proof?["outcome"] as? String ?? "", detail: proof?["detail"] as? String ?? "",
            missing: proof?["missing"] as? [String] ?? [],
            messages: findings.compactMap { $0["message"] as? String })
    }
}
