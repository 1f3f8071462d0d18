import Foundation
import TestSupport
import Testing

/// Images that no tool for images would make: what each must be judged, by what a runtime does with it.
@Suite struct ForeignImageTests {
    private typealias Entry = HandMadeImage.Entry
    private typealias Platform = HandMadeImage.Platform

    private static let program = Entry.file("app", Checkout.sample("bare-static"))

    private func verdict(_ platform: HandMadeImage.Platform) throws -> HandMadeImage.Verdict {
        try #require(try HandMadeImage([platform]).verdicts().values.first)
    }

    @Test func aStaticProgramOfAnotherUserThanRootIsReady() throws {
        let verdict = try verdict(Platform([[Self.program]]))
        #expect(verdict.word == "ready")
        #expect(verdict.rules.isEmpty)
        #expect(try self.verdict(Platform([[Self.program]], gzip: false)).word == "ready")
    }

    @Test func eachPlatformIsJudgedByItself() throws {
        let verdicts = try HandMadeImage([
            Platform([[.file("app", Checkout.sample("go-linux-amd64"))]], on: "linux/amd64"),
            Platform([[.file("app", Checkout.sample("go-linux-amd64"))]], on: "linux/arm64"),
            Platform([[.file("app", Checkout.sample("go-linux-arm-v5"))]], on: "linux/arm/v7"),
            Platform([[.file("app", Checkout.sample("go-linux-arm-v7"))]], on: "linux/arm/v6"),
        ]).verdicts()
        #expect(verdicts["linux/amd64"]?.word == "ready")
        #expect(verdicts["linux/arm64"]?.rules == ["wrong-platform"])
        // A machine of level 7 runs what is built for level 5, and not the other way round.
        #expect(verdicts["linux/arm/v7"]?.word == "ready")
        #expect(verdicts["linux/arm/v6"]?.rules == ["wrong-platform"])
    }

    @Test func anIndexThatContradictsTheConfigurationIsFound() throws {
        let image = Platform(
            [[.file("app", Checkout.sample("go-linux-arm64"))]], on: "linux/arm64", claims: ["architecture": "amd64"])
        #expect(try verdict(image).rules == ["wrong-platform"])
    }

    @Test(arguments: [
        ("", "runs-as-root"), ("root", "runs-as-root"), ("0:5", "runs-as-root"), ("toor", "runs-as-root"),
        ("app", "unknown-user"), ("worker", "user-name"),
    ])
    func theUserIsLookedUpAsARuntimeDoes(_ user: String, _ rule: String) throws {
        let users = Entry.text("etc/passwd", "root:x:0:0::/:\ntoor:x:0:0::/:\nworker:x:10001:10001::/:\n")
        #expect(try verdict(Platform([[Self.program, users]], user: user)).rules == [rule])
    }

    @Test(
        arguments: [
            (nil, "no entry point"), (["/absent"], "nothing there"),
            (["/bin/sh", "-c", "/app"], "a shell that is not there"),
            (["app"], "not along PATH"), (["/etc"], "a folder"), (["/loop"], "a link to itself"),
            (["/dangling"], "a link to nothing"), (["/secret"], "no permission"),
        ] as [([String]?, String)])
    func whatCannotBeStartedIsNotReady(_ words: [String]?, _ why: String) throws {
        let entries: [Entry] = [
            Self.program, .folder("etc"), .link("loop", "loop"), .link("dangling", "gone"),
            .file("secret", Checkout.sample("bare-static"), mode: 0o700),
        ]
        #expect(try verdict(Platform([entries], entrypoint: words)).rules == ["entry-point"], "\(why)")
    }

    @Test(
        arguments: [
            (["app"], ["PATH=/opt/bin:/bin"], nil), (["./app"], nil, "/opt/bin"), (["/opt/alias"], nil, nil),
            (["/../../opt/bin/app"], nil, nil), (["/up/opt/bin/app"], nil, nil), (["/hard"], nil, nil),
            (["/opt/script"], nil, nil),
        ] as [([String], [String]?, String?)])
    func whatARuntimeFindsIsFound(_ words: [String], _ environment: [String]?, _ folder: String?) throws {
        let entries: [Entry] = [
            .file("opt/bin/app", Checkout.sample("bare-static")), .link("opt/alias", "bin/app"),
            // In a container a link cannot lead out of the root: it ends at the root.
            .link("up", "../../../.."), .hard("hard", "opt/bin/app"),
            .text("opt/script", "#!/opt/bin/app -x\n", mode: 0o755),
        ]
        let image = Platform([entries], entrypoint: words, env: environment, workingDir: folder)
        #expect(try verdict(image).word == "ready")
    }

    @Test func aLinkThatClimbsOutNeverReachesThisMachine() throws {
        let climb = String(repeating: "../", count: 20)
        for target in ["/bin/true", climb + "bin/true"] {
            #expect(try verdict(Platform([[.link("app", target)]])).rules == ["entry-point"])
        }
        let names = [Entry.text(climb + "tmp/climbed"), Self.program]
        #expect(try verdict(Platform([names])).rules == ["climbing-name"])
        #expect(!FileManager.default.fileExists(atPath: "/tmp/climbed"))
    }

    @Test func upperLayersHideReplaceAndAdd() throws {
        let below: [Entry] = [
            Self.program, .text("data/a"), .folder("folder"), .file("folder/app", Checkout.sample("bare-static")),
        ]
        func rules(_ upper: [Entry], _ word: String) throws -> Set<String> {
            try verdict(Platform([below, upper], entrypoint: [word])).rules
        }
        #expect(try rules([.text(".wh.app")], "/app") == ["entry-point"])
        #expect(try rules([.text("folder/.wh..wh..opq")], "/folder/app") == ["entry-point"])
        // A whiteout hides what lies below, and not what its own layer brings.
        #expect(try rules([.text(".wh.app"), Self.program], "/app") == [])
        #expect(
            try rules([.link("alias", "folder"), .file("alias/new", Checkout.sample("bare-static"))], "/folder/new")
                == [])
        #expect(try rules([.folder("folder", mode: 0o700)], "/app") == [])
        #expect(try rules([.text("folder", "a file now")], "/folder/app") == ["entry-point"])
    }

    @Test func aDynamicProgramNeedsItsLoaderAndLibrariesInTheImage() throws {
        let libraries = try Execution("ldd", ["/bin/ls"]).output
        let paths = libraries.split(separator: "\n").flatMap { $0.split { $0 == " " || $0 == "\t" } }.filter {
            $0.hasPrefix("/")
        }
        .map(String.init)
        let loader = try #require(paths.first { $0.contains("ld-linux") })
        let program = Entry.file("app", "/bin/ls")
        let all = paths.map { Entry.file(String($0.dropFirst()), $0) }
        #expect(try verdict(Platform([[program] + all])).word == "ready")
        #expect(try verdict(Platform([[program]])).rules == ["interpreter", "needed-library"])
        let withoutLoader = all.filter { $0.path != loader }
        // The C library names the loader as a library of its own, as readelf -d shows.
        #expect(try verdict(Platform([[program] + withoutLoader])).rules == ["interpreter", "needed-library"])
        // A library of a library counts as well: /bin/ls names libselinux, and that one libpcre2.
        let withoutInner = all.filter { !$0.path.contains("libpcre2") }
        #expect(withoutInner.count < all.count)
        #expect(try verdict(Platform([[program] + withoutInner])).rules == ["needed-library"])
        // One for another machine is none.
        let foreign =
            all.filter { !$0.path.contains("libpcre2") }
            + paths.filter { $0.contains("libpcre2") }.map {
                Entry.file(String($0.dropFirst()), Checkout.sample("go-linux-arm64"))
            }
        #expect(try verdict(Platform([[program] + foreign])).rules == ["needed-library"])
    }

    @Test func whatTheProgramLooksForIsLookedForInTheImage() throws {
        let out = try TemporaryFolder()
        try out.write(
            """
            package main
            import ("net/http"; "os"; "os/user"; "time")
            func main() {
                http.Get("https://example.org")
                os.CreateTemp("", "x")
                user.Lookup("a")
                time.LoadLocation(os.Args[0])
            }
            """, to: "main.go")
        try out.write("module m\n\ngo 1.18\n", to: "go.mod")
        let build = try Execution("go", ["build", "-o", "app", "."], in: out.url, environment: ["CGO_ENABLED": "0"])
        try #require(build.status == 0, "\(build.errors)")
        let program = Entry.file("app", out.url.appending(path: "app").path)
        let all: Set<String> = ["ca-certificates", "time-zones", "user-database", "temporary-files"]
        #expect(try verdict(Platform([[program]])).rules == all)
        let parts: [(rule: String, entries: [Entry])] = [
            (
                "ca-certificates",
                [.file("etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/ca-certificates.crt", mode: 0o444)]
            ),
            ("time-zones", [.text("usr/share/zoneinfo/UTC", "TZif")]),
            ("user-database", [.text("etc/passwd", "root:x:0:0::/:\n")]),
            ("temporary-files", [.folder("tmp", mode: 0o1777)]),
        ]
        for (rule, entries) in parts {
            #expect(try verdict(Platform([[program] + entries])).rules == all.subtracting([rule]))
        }
        #expect(try verdict(Platform([[program] + parts.flatMap(\.entries)])).rules == [])
        // What the user cannot use is not there for it.
        let unusable: [Entry] = [
            .text("etc/ssl/certs/ca-certificates.crt", "no certificate"), .text("etc/passwd", "", mode: 0o600),
            .folder("tmp", mode: 0o755),
        ]
        #expect(try verdict(Platform([[program] + unusable])).rules == all)
    }

    @Test func aDamagedImageIsAnErrorAndNeverReady() throws {
        for (file, damage) in [
            ("index.json", "{"), ("index.json", "{\"schemaVersion\":2,\"manifests\":[]}"), ("blobs", ""),
        ] {
            let image = try HandMadeImage([Platform([[Self.program]])])
            let path = image.path + "/" + file
            try FileManager.default.removeItem(atPath: path)
            if file == "index.json" { try Data(damage.utf8).write(to: URL(filePath: path)) }
            let result = try Execution(Checkout.program, ["verify", image.name])
            #expect(result.status == 2, "\(file): \(result.output)")
        }
    }

    @Test func aChangedByteInAnyBlobIsFound() throws {
        let image = try HandMadeImage([Platform([[Self.program]])])
        let folder = image.path + "/blobs/sha256"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let file = URL(filePath: folder + "/" + name)
            let bytes = try Data(contentsOf: file)
            var changed = bytes
            changed[changed.count / 2] ^= 1
            try changed.write(to: file)
            let result = try Execution(Checkout.program, ["verify", image.name])
            #expect(result.status == 2, "\(result.output)")
            try bytes.write(to: file)
        }
        #expect(try Execution(Checkout.program, ["verify", image.name]).status == 0)
    }

    /// 512 MiB of zeros, which gzip makes half a megabyte of.
    @Test func aLayerThatGrowsIsReadWithLittleMemory() throws {
        let folder = try TemporaryFolder()
        let zeros = folder.url.appending(path: "zeros").path
        try #require(try Execution("truncate", ["-s", "512M", zeros]).status == 0)
        let image = try HandMadeImage([Platform([[Self.program, .file("zeros", zeros)]])])
        let result = try Execution(
            "bash", ["-c", "ulimit -v 3000000; exec \"$0\" verify \"$1\"", Checkout.program, image.name])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
    }

    @Test func whatIsForFilesIsWrongUsageForImages() throws {
        let image = try HandMadeImage([Platform([[Self.program]])])
        for command in [
            ["verify", "--stamp"], ["gate", "--allow-unsigned", "--copy-to", "out"],
        ] {
            #expect(try Execution(Checkout.program, command + [image.name], in: image.folder.url).status == 64)
        }
    }

    @Test func whatIsNoImageIsNamed() throws {
        for name in [
            "oci:/usr", "oci-archive:/bin/ls", "docker-archive:/dev/null", "oci:/absent", "docker-archive:/bin",
        ] {
            let result = try Execution(Checkout.program, ["verify", name])
            #expect(result.status == 2, "\(name)")
            #expect(result.output.contains(String(name.drop { $0 != ":" }.dropFirst())))
        }
    }

    /// A way that is barred to the user is barred to its program, as chroot(8) with that user shows.
    @Test func foldersThatTheUserMayNotEnterBarTheWay() throws {
        let hidden: [Entry] = [.folder("root", mode: 0o700), .file("root/app", Checkout.sample("bare-static"))]
        #expect(try verdict(Platform([hidden], entrypoint: ["/root/app"])).rules == ["entry-point"])
        #expect(try verdict(Platform([[Self.program] + hidden], workingDir: "/root")).rules == ["entry-point"])
        #expect(try verdict(Platform([[Self.program]], workingDir: "/app")).rules == ["entry-point"])
        for word in ["/app/", "/app/..", "/app/../app"] {
            #expect(try verdict(Platform([[Self.program]], entrypoint: [word])).rules == ["entry-point"], "\(word)")
        }
    }

    /// Lines are trimmed, and end at a line feed alone (https://github.com/moby/sys/blob/main/user/user.go).
    @Test(arguments: [
        (" joe:x:0:0\njoe:x:1000:1000\n", "joe", "runs-as-root"), ("x:x:5:5\r\njoe:x:0:0\r\n", "joe", "runs-as-root"),
        ("", "4294967295", "unknown-user"), ("", "65532:staff", "unknown-user"),
    ])
    func usersAreReadAsRuntimesReadThem(_ passwd: String, _ user: String, _ rule: String) throws {
        let image = Platform([[Self.program, .text("etc/passwd", passwd)]], user: user)
        #expect(try verdict(image).rules == [rule])
    }

    @Test func whatAnOpaqueFolderHidesStaysHiddenBelowFoldersNamedAnew() throws {
        let below: [Entry] = [.folder("d"), .folder("d/sub"), .file("d/sub/app", Checkout.sample("bare-static"))]
        let named: [Entry] = [.folder("d"), .folder("d/sub")]
        for layer in [named + [.text("d/.wh..wh..opq")], [.text("d/.wh.sub")] + named] {
            #expect(try verdict(Platform([below, layer], entrypoint: ["/d/sub/app"])).rules == ["entry-point"])
        }
    }

    /// Two names that look alike are two files.
    @Test func namesAreComparedByTheirBytes() throws {
        let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
        let names: [Entry] = [.text(composed, mode: 0o755), .file(decomposed, Checkout.sample("bare-static"))]
        #expect(try verdict(Platform([names], entrypoint: ["/" + composed])).rules == ["not-a-program"])
        #expect(try verdict(Platform([names], entrypoint: ["/" + decomposed])).word == "ready")
    }

    /// What umoci and podman unpack in two ways, or one of them refuses, is an error (exit code 2) that names the member.
    @Test func archivesThatCanBeUnpackedInTwoWaysAreErrors() throws {
        let evil = Entry.text("app", "evil", mode: 0o755)
        let layers: [([Entry], String)] = [
            ([Self.program, .folder("x").with(pax: ["size": "1024"]), evil], "has a size"),
            ([Self.program, evil.with(pax: ["path": ""])], "without a value"),
            ([Self.program, evil], "two members of this name"),
            ([Self.program, .text(".wh.app")], "comes after 'app' in its own layer"),
        ]
        for (entries, words) in layers {
            let image = try HandMadeImage([Platform([[], entries])])
            let result = try Execution(Checkout.program, ["verify", image.name])
            #expect(result.status == 2, "\(words): \(result.output)")
            #expect((result.output + result.errors).contains(words))
        }
    }

    /// To clients in Go, User and user are one key, and the last of two counts.
    @Test(arguments: ["\"user\": \"0\"", "\"User\": \"0\"", "\"entrypoint\": [\"/evil\"]", "\"u\u{17f}er\": \"0\""])
    func keysThatCanBeReadTwoWaysAreRefused(_ keys: String) throws {
        let image = try HandMadeImage([Platform([[Self.program]], keys: keys)])
        #expect(try Execution(Checkout.program, ["verify", image.name]).status == 2)
    }

    /// Another key than Entrypoint to this program would be Entrypoint to a runtime.
    @Test func aKeyInAnotherCaseIsRefused() throws {
        let keys = "\"Cmd\": [\"/app\"], \"entrypoint\": [\"/evil\"]"
        let image = try HandMadeImage([Platform([[Self.program]], entrypoint: nil, keys: keys)])
        let result = try Execution(Checkout.program, ["verify", image.name])
        #expect(result.status == 2)
        #expect((result.output + result.errors).contains("is not an image configuration, or not strict JSON"))
    }

    /// Base images have labels whose keys differ by case alone.
    @Test func keysOfLabelsMayDifferByCase() throws {
        let keys = "\"Labels\": {\"Name\": \"x\", \"name\": \"x\", \"Architecture\": \"\", \"architecture\": \"\"}"
        #expect(try verdict(Platform([[Self.program]], keys: keys)).word == "ready")
    }

    /// `docker save` writes the platforms that were pulled; the index names all.
    @Test func aPlatformThatIsNotThereIsNamedAndTheOthersAreJudged() throws {
        let image = try HandMadeImage([Platform([[Self.program]])])
        let index = URL(filePath: image.path + "/index.json")
        let absent =
            #"{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:\#(String(repeating: "ab", count: 32))", "#
            + #""size": 500, "platform": {"os": "linux", "architecture": "arm64"}}"#
        let text = String(decoding: try Data(contentsOf: index), as: UTF8.self)
        try Data(text.replacing("\"manifests\": [", with: "\"manifests\": [\(absent), ").utf8).write(to: index)
        let result = try Execution(Checkout.program, ["verify", image.name])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("linux/arm64  left out"))
        #expect(result.output.contains("1 ready, 1 left out"))
        #expect(try image.verdicts()["linux/amd64"]?.word == "ready")
        // Nothing can be admitted that was not seen.
        let gate = try Execution(Checkout.program, ["gate", "--allow-unsigned", image.name])
        #expect(gate.status != 0)
        #expect((gate.output + gate.errors).contains("names linux/arm64, which is not there"))
    }

    @Test func anImageThatCallsItselfAnotherSystemsIsLookedAtAllTheSame() throws {
        let image = Platform([[Self.program]], on: "windows/amd64", user: "root", claims: ["os": "linux"])
        #expect(try verdict(image).rules == ["runs-as-root", "wrong-platform"])
        let windows = Platform([[.text("app.exe", "MZ")]], on: "windows/amd64")
        #expect(try verdict(windows).word == "not-applicable")
    }
}
