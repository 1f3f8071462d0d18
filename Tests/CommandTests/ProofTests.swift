import Foundation
import TestSupport
import Testing

/// What `--prove` says is what the kernel does; where namespaces are not permitted there is nothing to ask.
@Suite(.enabled(if: Namespaces.arePermitted)) struct ProofTests {
    /// Says what it may do; a program that is shut in may do none of it.
    private static let nosy = """
        package main

        import (
        	"fmt"
        	"net"
        	"os"
        )

        func main() {
        	if err := os.WriteFile("/file", nil, 0o600); err == nil {
        		fmt.Println("writes files")
        	}
        	if interfaces, _ := net.Interfaces(); len(interfaces) > 1 || interfaces[0].Flags&net.FlagUp != 0 {
        		fmt.Println("has a network")
        	}
        	if entries, _ := os.ReadDir("/"); len(entries) != 1 {
        		fmt.Println("sees other files")
        	}
        	if os.Getpid() != 1 || os.Getuid() == 0 {
        		fmt.Println("is not alone, or root")
        	}
        	fmt.Println("arguments:", os.Args[1:])
        	os.Exit(len(os.Args))
        }

        """

    private func verify(_ arguments: [String], by program: [String] = [Checkout.program]) throws -> [String: String] {
        let words = program + ["verify", "--format", "json"] + arguments
        let result = try Execution(words[0], Array(words.dropFirst()))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)")
        let binary = try #require((json["binaries"] as? [[String: Any]])?.first)
        return try #require(binary["proof"] as? [String: String])
    }

    @Test(arguments: [
        ("go-linux-amd64", "started"), ("c-static-pie", "started"), ("musl-static", "started"),
        ("c-dynamic", "refused"),
        ("go-pie", "refused"), ("c-object", "refused"), ("go-linux-arm", "started"), ("go-linux-s390x", "started"),
        ("go-android-arm64", "refused"), ("script", "not-proved"),
    ])
    func theKernelIsAsked(sample: String, outcome: String) throws {
        #expect(try verify(["--prove", Checkout.sample(sample)])["outcome"] == outcome)
    }

    /// The limit is the proof's: with more memory the kernel starts the program.
    @Test(arguments: [(UInt64(1) << 30, "started"), (5 << 29, "not-proved")])
    func aProgramForMoreMemoryIsNotProved(size: UInt64, outcome: String) throws {
        let folder = try TemporaryFolder()
        var builder = ELFBuilder()
        builder.moreSegments = [
            .init(type: 1, flags: 6, offset: 0, address: 0x1000_0000, fileSize: 0, memorySize: size)
        ]
        let program = folder.url.appending(path: "app")
        try Data(builder.bytes).write(to: program)
        try Execution("chmod", ["+x", program.path]).check()
        #expect(try Execution(program.path, []).status == 0)
        let proof = try verify(["--prove", program.path])
        #expect(proof["outcome"] == outcome, "\(proof)")
        #expect(outcome == "started" || proof["detail"] == "it asks for more memory than the 2 GiB of a proof")
    }

    @Test func theReasonIsTheKernels() throws {
        let proof = try verify(["--prove", Checkout.sample("c-dynamic")])
        #expect(proof["detail"]?.contains("ENOENT") == true)
        #expect(proof["by"] == "linux")
    }

    /// It starts and crashes later: only a run shows it.
    @Test func aRunShowsWhatAStartDoesNot() throws {
        let sample = Checkout.sample("go-pie-no-interpreter")
        #expect(try verify(["--prove", sample])["outcome"] == "started")
        let proof = try verify(["--prove=run", sample])
        #expect(proof["outcome"] == "refused")
        #expect(proof["detail"]?.contains("SIGSEGV") == true)
    }

    @Test func aProgramThatRunsIsShutIn() throws {
        let folder = try TemporaryFolder()
        try folder.write("module example.com/nosy\n", to: "go.mod")
        try folder.write(ProofTests.nosy, to: "main.go")
        let build = try Execution(
            "go", ["build", "-o", "nosy", "."], in: folder.url, environment: ["CGO_ENABLED": "0"])
        #expect(build.status == 0, "\(build.errors)")
        let program = folder.url.appending(path: "nosy").path
        let proof = try verify(["--prove=run", program, "--", "--one", "two"])
        #expect(
            proof == ["outcome": "failed", "by": "linux", "detail": "exit code 3; it said: arguments: [--one two]"])
    }

    @Test(.enabled(if: getuid() == 0)) func anOrdinaryUserProvesToo() throws {
        let folder = try TemporaryFolder()
        let program = folder.url.appending(path: "staticcheck").path
        try FileManager.default.copyItem(atPath: Checkout.program, toPath: program)
        let sample = folder.url.appending(path: "app").path
        try FileManager.default.copyItem(atPath: Checkout.sample("go-linux-amd64"), toPath: sample)
        let user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", program]
        #expect(try verify(["--prove", sample], by: user)["outcome"] == "started")
    }

    @Test func aReadyFileThatDoesNotRunIsRefused() throws {
        let result = try Execution(
            Checkout.program, ["verify", "--prove=run", Checkout.sample("go-linux-amd64"), "--", "-h"])
        #expect(result.status == 0)
        #expect(result.output.contains("PROOF"))
        let misuse = try Execution(Checkout.program, ["verify", "--prove", Checkout.sample("c-static"), "--", "-h"])
        #expect(misuse.status == 64)
    }

    @Test func theStampHoldsTheProof() throws {
        let folder = try TemporaryFolder()
        try folder.write("module example.com/m\n", to: "go.mod")
        try folder.write("package main\n\nfunc main() {}\n", to: "main.go")
        let result = try Execution(Checkout.program, ["--prove", "-p", "linux/amd64"], in: folder.url)
        #expect(result.status == 0, "\(result.errors)")
        let stamp = folder.url.appending(path: "dist/linux/amd64/m.intoto.json")
        let statement = try JSONSerialization.jsonObject(with: Data(contentsOf: stamp)) as? [String: Any]
        let predicate = statement?["predicate"] as? [String: Any]
        let proof = predicate?["urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#proof/v0.1"] as? [String: String]
        #expect(proof == ["outcome": "started", "by": "linux"])
    }
}
