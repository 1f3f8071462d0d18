import Attestation
import Foundation
import GoBinary
import Reporting
import ScratchImage
import SystemPackage
import TestSupport
import Testing
import Verification
import Workflows

/// Images of stamped binaries, made as a library and read back by `tar` and `python3`.
@Suite struct ImageWorkflowTests {
    private func request(_ bench: Bench, _ platforms: [Platform]? = nil, to output: String = "oci:image")
        throws -> ImageRequest
    {
        var request = ImageRequest(
            supply: .folder(NamedPath("dist", from: bench.path), platforms: platforms),
            trust: TrustSettings(allowsUnsigned: true))
        request.destinations = [try ImageDestination(output)]
        return request
    }

    /// The configurations of an OCI layout's images, followed from index.json by python's json module.
    private func configurations(_ bench: Bench) throws -> [[String: Any]] {
        let script = """
            import json,sys,os
            root=sys.argv[1]
            def blob(d): return json.load(open(os.path.join(root,'blobs',*d['digest'].split(':'))))
            def images(d):
                value=blob(d)
                for m in value.get('manifests',[]): yield from images(m)
                if 'config' in value: yield blob(value['config'])
            index=json.load(open(os.path.join(root,'index.json')))
            print(json.dumps([c for d in index['manifests'] for c in images(d)]))
            """
        let text = try Python.run(script, [bench.path("image").string])
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }

    @Test func eachPlatformGetsAnImage() async throws {
        let bench = try await Bench.ofImages()
        let report = try await ImageWorkflow.run(try request(bench), in: bench.context)
        #expect(report.platforms.map(\.platform).sorted() == ["linux/amd64", "linux/arm64"])
        #expect(report.name == "app:latest")
        #expect(report.outputs == ["oci:image"])
        let configurations = try configurations(bench)
        #expect(Set(configurations.compactMap { $0["architecture"] as? String }) == ["amd64", "arm64"])
        for configuration in configurations {
            let config = try #require(configuration["config"] as? [String: Any])
            #expect(config["Entrypoint"] as? [String] == ["/app"])
            #expect(config["User"] as? String == "65532:65532")
            #expect(configuration["created"] as? String == "2023-11-14T22:13:20Z")
        }
    }

    /// The index of one run and the blobs of another would be no image.
    @Test func imagesThatAreWrittenAtOnceAreWhole() async throws {
        let bench = try await Bench.ofImages()
        for round in 0..<3 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<3 {
                    var request = try request(bench, [Platform(goos: "linux", goarch: "amd64")])
                    request.contents.arguments = ["\(round)-\(number)"]
                    group.addTask { [request] in _ = try await ImageWorkflow.run(request, in: bench.context) }
                }
                try await group.waitForAll()
            }
            #expect(try configurations(bench).count == 1)
        }
    }

    @Test func aPredicateReplacesNeitherAPipeNorTheImage() async throws {
        let bench = try await Bench.ofImages()
        var request = try request(bench, [Platform(goos: "linux", goarch: "amd64")])
        for name in ["image", "image/index.json", "x/../image/blobs"] {
            request.predicate = FilePath(name)
            await #expect(throws: UnusableOutput.twice(name)) {
                try await ImageWorkflow.run(request, in: bench.context)
            }
        }
        let pipe = bench.path("pipe").string
        #expect(mkfifo(pipe, 0o600) == 0)
        let end = open(pipe, O_RDWR | O_NONBLOCK)
        defer { close(end) }
        request.predicate = "pipe"
        _ = try await ImageWorkflow.run(request, in: bench.context)
        var start = [UInt8](repeating: 0, count: 16)
        #expect(read(end, &start, start.count) == start.count && start[0] == UInt8(ascii: "{"))
        #expect(try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType != .typeRegular)
    }

    @Test func whatWasAskedForIsInTheConfiguration() async throws {
        let bench = try await Bench.ofImages()
        var request = try request(bench, [Platform(goos: "linux", goarch: "amd64")])
        request.contents.user = try #require(UserNumbers("1000:100"))
        request.contents.arguments = ["--serve"]
        request.contents.command = ["80"]
        request.contents.environment = ["B": "2", "A": "1=1"]
        request.contents.ports = ["8080", "53/udp"].compactMap { Port($0) }
        request.contents.labels = ["team": "blue"]
        request.contents.stopSignal = "SIGINT"
        request.contents.workingFolder = "/work"
        request.contents.reference = ImageReference("registry.example.com/app:1.0")
        let report = try await ImageWorkflow.run(request, in: bench.context)
        #expect(report.name == "registry.example.com/app:1.0")
        let configurations = try configurations(bench)
        let config = try #require(configurations.first?["config"] as? [String: Any])
        #expect(configurations.count == 1)
        #expect(config["User"] as? String == "1000:100")
        #expect(config["Entrypoint"] as? [String] == ["/app", "--serve"])
        #expect(config["Cmd"] as? [String] == ["80"])
        #expect((config["Env"] as? [String])?.filter { !$0.hasPrefix("PATH=") } == ["A=1=1", "B=2"])
        #expect((config["ExposedPorts"] as? [String: Any])?.keys.sorted() == ["53/udp", "8080/tcp"])
        #expect((config["Labels"] as? [String: String])?["team"] == "blue")
        #expect(config["StopSignal"] as? String == "SIGINT")
        #expect(config["WorkingDir"] as? String == "/work")
    }

    /// The program in the layer is the stamped file, as `tar` unpacks it.
    @Test func theLayerHoldsTheVeryBytes() async throws {
        let bench = try await Bench.ofImages()
        let amd64 = [Platform(goos: "linux", goarch: "amd64")]
        let first = try request(bench, amd64, to: "docker-archive:app.tar")
        _ = try await ImageWorkflow.run(first, in: bench.context)
        let layers = try Tool.run("tar", ["-tf", bench.path("app.tar").string]).split(separator: "\n")
            .filter { $0.hasSuffix("layer.tar") || ($0.hasSuffix(".tar") && $0 != "app.tar") }
        try FileManager.default.createDirectory(atPath: bench.path("out").string, withIntermediateDirectories: true)
        _ = try Tool.run("tar", ["-xf", bench.path("app.tar").string, "-C", bench.path("out").string])
        var found = 0
        for layer in layers {
            let archive = bench.path("out/\(layer)").string
            guard try Tool.run("tar", ["-tf", archive]).split(separator: "\n").contains("app") else { continue }
            _ = try Tool.run("tar", ["-xf", archive, "-C", bench.path("out").string, "app"])
            _ = try Tool.run("cmp", [bench.path("out/app").string, bench.path("dist/linux/amd64/app").string])
            found += 1
        }
        #expect(found == 1, "\(layers)")
    }

    @Test func theSameBinariesGiveTheSameImage() async throws {
        let bench = try await Bench.ofImages()
        let first = try await ImageWorkflow.run(try request(bench), in: bench.context)
        var later = bench
        later.now += 100_000
        let second = try await ImageWorkflow.run(try request(bench, to: "oci:second"), in: later.context)
        #expect(first.digest == second.digest)
    }

    @Test func anUnstampedBinaryIsRefused() async throws {
        let bench = try await Bench.ofImages()
        try FileManager.default.removeItem(atPath: bench.path("dist/linux/arm64/app.intoto.json").string)
        let (request, context) = (try request(bench), bench.context)
        await #expect {
            try await ImageWorkflow.run(request, in: context)
        } throws: { error in
            guard case .refused(let path, let refusal) = error as? ImageRunError else { return false }
            return path.string.hasSuffix("arm64/app") && refusal.reason == .missing
        }
        #expect(!bench.holds("image"))
    }

    @Test func onlyPlatformsThatWereAskedForMustBeStamped() async throws {
        let bench = try await Bench.ofImages()
        try FileManager.default.removeItem(atPath: bench.path("dist/linux/arm64/app.intoto.json").string)
        let request = try request(bench, [Platform(goos: "linux", goarch: "amd64")])
        #expect(try await ImageWorkflow.run(request, in: bench.context).platforms.map(\.platform) == ["linux/amd64"])
    }

    /// What is missing in the folder, and the error that says so.
    @Test(arguments: [
        ("no program 'web' in dist: it contains app", "dist", "web", nil),
        ("no program for linux/riscv64 in dist", "dist", nil, "linux/riscv64"),
        ("--from nowhere: folder not found; 'staticcheck check' makes one", "nowhere", nil, nil),
        ("no program in empty", "empty", nil, nil),
    ]) func theErrorNamesWhatIsMissing(message: String, folder: String, program: String?, platform: String?)
        async throws
    {
        let bench = try await Bench.ofImages()
        try FileManager.default.createDirectory(atPath: bench.path("empty").string, withIntermediateDirectories: true)
        var request = try request(bench)
        request.supply = .folder(
            NamedPath(folder, from: bench.path), platforms: try platform.map { [try Platform(parsing: $0)] })
        request.programs = ProgramChoice(program.map { [$0] } ?? [])
        let (final, context) = (request, bench.context)
        await #expect {
            try await ImageWorkflow.run(final, in: context)
        } throws: {
            "\($0)" == message
        }
    }

    @Test func severalProgramsNeedAChoice() async throws {
        let bench = try await Bench.ofImages()
        try bench.write(.program, to: "dist/linux/amd64/web")
        var stamp = VerifyRequest(files: [bench.path("dist")])
        stamp.stamps = StampSettings()
        _ = try await VerifyWorkflow.run(stamp, in: bench.context)
        var request = try request(bench)
        let (both, context) = (request, bench.context)
        await #expect {
            try await ImageWorkflow.run(both, in: context)
        } throws: { error in
            guard case .severalPrograms(let names) = error as? ImageRunError else { return false }
            return names == ["app", "web"]
        }
        request.programs = ProgramChoice(["web"])
        #expect(try await ImageWorkflow.run(request, in: bench.context).name == "web:latest")
    }

    @Test func addedDataIsOwnedByRootAndProgramsMustPassTheGate() async throws {
        let bench = try await Bench.ofImages()
        try bench.folder.write("hello", to: "static/index.html")
        try bench.write(.program, to: "tool")
        var request = try request(bench, [Platform(goos: "linux", goarch: "amd64")])
        request.contents.added = [try AddedFiles("static:/srv/www").from(bench.path)]
        let report = try await ImageWorkflow.run(request, in: bench.context)
        #expect(report.platforms[0].files.contains { $0.path.hasSuffix("srv/www/index.html") && $0.size == 5 })
        request.contents.added = [try AddedFiles("tool:/bin/tool").from(bench.path)]
        let (final, context) = (request, bench.context)
        await #expect(throws: AddedFilesError.self) { try await ImageWorkflow.run(final, in: context) }
    }

    @Test func certificatesThatAreNotThereAreAnError() async throws {
        let bench = try await Bench.ofImages()
        var request = try request(bench)
        request.contents.with = [.certificates]
        request.contents.certificates = NamedPath("missing.pem", from: bench.path)
        let (final, context) = (request, bench.context)
        await #expect {
            try await ImageWorkflow.run(final, in: context)
        } throws: { error in
            guard case .noCertificates(let tried) = error as? ImageRunError else { return false }
            return tried == "missing.pem"
        }
    }

    @Test func textThatIsNoCertificateIsAnError() async throws {
        let bench = try await Bench.ofImages()
        try bench.folder.write("hello", to: "bundle.pem")
        var request = try request(bench)
        request.contents.with = [.certificates]
        request.contents.certificates = NamedPath("bundle.pem", from: bench.path)
        let (final, context) = (request, bench.context)
        await #expect {
            try await ImageWorkflow.run(final, in: context)
        } throws: { error in
            if case .unusableCertificates = error as? ImageRunError { true } else { false }
        }
    }

    @Test func loadingNeedsAnEngine() async throws {
        var bench = try await Bench.ofImages()
        bench.environment["PATH"] = bench.path.string
        var request = try request(bench, [Platform(goos: "linux", goarch: "amd64")])
        request.isLoading = true
        let (final, context) = (request, bench.context)
        await #expect(throws: ContextError.toolNotFound(["podman", "docker"], purpose: "--load")) {
            try await ImageWorkflow.run(final, in: context)
        }
    }
}
