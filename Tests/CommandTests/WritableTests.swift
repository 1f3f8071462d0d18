import Foundation
import TestSupport
import Testing

/// `image --writable`, as skopeo, umoci and podman see the folder, and as a program that writes there does.
@Suite(.serialized) struct WritableTests {
    private let module: GoModule

    /// Writes a file of as many MiB as its first argument says.
    private static let writer = """
        package main
        import ("os"; "strconv")
        func main() {
            size, _ := strconv.Atoi(os.Args[1])
            if err := os.WriteFile("/data/file", make([]byte, size<<20), 0o600); err != nil {
                println(err.Error())
                os.Exit(1)
            }
        }
        """

    init() throws { module = try GoModule(["main.go": WritableTests.writer]) }

    private func image(_ arguments: [String]) throws -> Execution {
        try module.run(["image", "-q", "-p", "linux/amd64"] + arguments)
    }

    private func bash(_ script: String) throws -> String {
        let result = try Execution("bash", ["-euo", "pipefail", "-c", script], in: module.folder.url)
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func theFolderBelongsToTheUserAndIsAVolume() throws {
        try module.folder.write("image: {writable: /var/lib/app}\n", to: "scratchcheck.yaml")
        try image(["--writable", "/data", "--user", "1000:3000000", "-o", "oci:image", "-o", "docker-archive:app.tar"])
            .check()
        let volumes = #"{"/data":{},"/var/lib/app":{}}"#
        #expect(try bash("skopeo inspect --config oci:image | jq -c .config.Volumes") == volumes)
        #expect(try bash("skopeo inspect --config docker-archive:app.tar | jq -c .config.Volumes") == volumes)
    }

    @Test(.enabled(if: geteuid() == 0, "only root unpacks files of other users"))
    func whatUnpacksTheImageSeesItsOwner() throws {
        try image(["--writable", "/data/own", "--user", "1000:3000000"]).check()
        let facts = "stat -c '%n %a %u:%g' data/own data etc"
        #expect(
            try bash("umoci unpack --image image:latest bundle >/dev/null; cd bundle/rootfs; \(facts)")
                == "data/own 755 1000:3000000\ndata 555 0:0\netc 555 0:0")
        // podman wants a short path for what it keeps while it runs.
        let podman = "podman --storage-driver=vfs --root \"$PWD/storage\" --runroot $run"
        let script =
            "run=$(mktemp -d /tmp/run.XXXXXX); trap 'rm -rf $run' EXIT; \(podman) load -qi app.tar >/dev/null; \(podman) image inspect m:latest | jq -c '.[0].Config.Volumes'"
        try image(["--writable", "/data/own", "-o", "docker-archive:app.tar"]).check()
        #expect(try bash(script) == #"{"/data/own":{}}"#)
    }

    @Test(.enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
    func theProgramMayWriteThereAndNowhereElse() throws {
        let run = ["--prove=run", "--arg", "1"]
        let refused = try image(run)
        #expect(refused.status == 1 && refused.errors.contains("open /data/file: no such file"), "\(refused.errors)")
        let made = try image(run + ["--writable", "/data"])
        #expect(made.status == 0 && made.output.contains(" ran "), "\(made.errors)")
        #expect(try module.run(["verify", "--prove=run", "oci:image"]).status == 0)
        // Another writable folder does not make this one writable.
        let other = try image(run + ["--writable", "/var/data", "--add", "main.go:/data/main.go"])
        #expect(other.status == 1 && other.errors.contains("open /data/file: read-only file system"), "\(other.errors)")
        // It holds as much as /tmp.
        let full = try image(["--prove=run", "--arg", "65", "--writable", "/data"])
        #expect(full.status == 1 && full.errors.contains("no space left on device"), "\(full.errors)")
    }

    @Test(arguments: ["data", "/", "/proc/x", "/dev", "/data/..", "/tmp"]) func otherFoldersAreWrongUsage(
        _ path: String
    ) throws {
        #expect(try image(["--writable", path]).status == 64)
    }

    @Test func aConfiguredFolderIsCheckedToo() throws {
        try module.folder.write("image: {writable: [/sys]}\n", to: "scratchcheck.yaml")
        let run = try image([])
        #expect(run.status == 64 && run.errors.contains("image.writable"), "\(run.errors)")
    }
}

/// Volumes in images of other tools: what an engine would mount, a proof mounts.
@Suite(.enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
struct VolumeTests {
    private func prove(
        _ words: [String], _ entries: [HandMadeImage.Entry], volumes: [String], user: String = "65532"
    ) throws -> Execution {
        let program = HandMadeImage.Entry.file("app", try #require(ProvenImage.program.path("amd64")))
        let list = volumes.map { "\"\($0)\": {}" }.joined(separator: ", ")
        let image = try HandMadeImage([
            .init([[program] + entries], entrypoint: ["/app"] + words, user: user, keys: "\"Volumes\": {\(list)}")
        ])
        return try Execution(Checkout.program, ["verify", "--prove=run", image.name])
    }

    @Test func aVolumeHasTheModeAndTheFilesOfItsFolder() throws {
        let entries = [
            HandMadeImage.Entry.folder("data", mode: 0o777), .text("data/first", "x"), .link("var", "/data"),
        ]
        #expect(try prove(["read", "/data/first"], entries, volumes: ["/data"]).status == 0)
        #expect(try prove(["write", "/data/new"], entries, volumes: ["/data"]).status == 0)
        #expect(try prove(["write", "/data/new"], entries, volumes: ["/var/"]).status == 0)
        let without = try prove(["write", "/data/new"], entries, volumes: [])
        #expect(without.status == 1 && without.output.contains("read-only file system"), "\(without.output)")
        // Engines make a folder that the image does not have, for root.
        let missing = try prove(["write", "/new/file"], [], volumes: ["/new"])
        #expect(missing.status == 1 && missing.output.contains("permission denied"), "\(missing.output)")
    }

    /// They must not cover what a proof rests on, nor take all memory.
    @Test func hostileVolumesAreNotMounted() throws {
        let covering = ["/", "/proc", "/dev/shm", "/app", "/../..", "relative"]
        let run = try prove(["write", "/new"], [], volumes: covering)
        #expect(run.status == 1 && run.output.contains("read-only file system"), "\(run.output)")
        let many = try prove(["read", "/app"], [], volumes: (1...17).map { "/v\($0)" })
        #expect(many.status == 2 || many.output.contains("17 volumes"), "\(many.output)")
    }
}
