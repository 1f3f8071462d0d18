import Foundation
import TestSupport
import Testing
import Verification

@testable import ScratchImage

/// The program is found as runtimes find it (config.md: Entrypoint, Cmd, Env, WorkingDir; execve(2); path_resolution(7)).
@Suite struct ProgramSearchTests {
    private func found(_ members: [Layers.Member], _ config: String) throws -> ProgramSearch.Found {
        try found(in: Layers.root([members]), config)
    }

    private func found(in root: ImageRoot, _ config: String) throws -> ProgramSearch.Found {
        let text = """
            {"architecture": "amd64", "os": "linux", "config": \(config), "rootfs": {"type": "layers", "diff_ids": []}}
            """
        let configuration = try #require(ImageJSON.value(ImageConfiguration.self, of: Array(text.utf8)))
        return try ProgramSearch(root: root, configuration: configuration).find()
    }

    private static let root = Result { try Layers.root([standard]) }
    private static let standard: [Layers.Member] = [
        .file("app", "binary", mode: 0o755), .file("usr/local/bin/tool", "first", mode: 0o755),
        .file("bin/tool", "second", mode: 0o755), .file("opt/tool", "third", mode: 0o755),
        .file("data", "not executable"), .folder("folder"), .file("srv/bin/own", "own", mode: 0o755),
        .link("link", "app"), .file("usr/bin/plain", "not executable"), .file("bin/plain", "found later", mode: 0o755),
    ]

    @Test(arguments: [
        (#"{"Entrypoint": ["/app"]}"#, "/app"), (#"{"Cmd": ["/app"]}"#, "/app"),
        (#"{"Entrypoint": ["/app"], "Cmd": ["/other"]}"#, "/app"), (#"{"Entrypoint": ["/link"]}"#, "/app"),
        // Without PATH, the runtime's own: /usr/local/bin comes before /bin.
        (#"{"Entrypoint": ["tool"]}"#, "/usr/local/bin/tool"),
        (#"{"Entrypoint": ["tool"], "Env": ["PATH=/opt:/bin"]}"#, "/opt/tool"),
        // Of two values the last counts.
        (#"{"Entrypoint": ["tool"], "Env": ["PATH=/opt", "PATH=/bin"]}"#, "/bin/tool"),
        // What is not executable is passed over in favour of what is.
        (#"{"Entrypoint": ["plain"]}"#, "/bin/plain"),
        (#"{"Entrypoint": ["bin/own"], "WorkingDir": "/srv"}"#, "/srv/bin/own"),
        (#"{"Entrypoint": ["./app"]}"#, "/app"), (#"{"Entrypoint": ["./app"], "WorkingDir": ""}"#, "/app"),
        // A missing working folder is made by the runtime.
        (#"{"Entrypoint": ["/app"], "WorkingDir": "/new"}"#, "/app"),
    ])
    func theProgramIsFound(_ config: String, _ path: String) throws {
        let found = try found(in: ProgramSearchTests.root.get(), config)
        #expect(found.entryPoint == .found(path))
        #expect(found.program?.path == path)
    }

    @Test(
        arguments: [
            (#"{}"#, .unnamed), (#"{"Entrypoint": [""]}"#, .unnamed), (#"{"Entrypoint": null, "Cmd": []}"#, .unnamed),
            (#"{"Entrypoint": ["/none"]}"#, .missing("/none", reason: "is not in the image")),
            (#"{"Entrypoint": ["tool"], "Env": ["PATH=/srv"]}"#, .missing("tool", reason: "is not in the image")),
            (#"{"Entrypoint": ["/folder"]}"#, .missing("/folder", reason: "is not a file")),
            (
                #"{"Entrypoint": ["/bin/sh", "-c", "app"]}"#,
                .missing("/bin/sh", reason: "is not in the image: the shell form of ENTRYPOINT and CMD needs it")
            ),
            (#"{"Entrypoint": ["/data"]}"#, .notExecutable("/data", mode: 0o644)),
            (
                #"{"Entrypoint": ["/app"], "WorkingDir": "/data"}"#,
                .missing("/app", reason: "cannot start: the working folder /data is not a folder")
            ),
        ] as [(String, Surroundings.EntryPoint)])
    func whatCannotStartSaysWhy(_ config: String, _ entryPoint: Surroundings.EntryPoint) throws {
        let found = try found(in: ProgramSearchTests.root.get(), config)
        #expect(found.entryPoint == entryPoint)
        #expect(found.program == nil)
    }

    /// What crun 1.8.1, runc 1.1.5 and buildah 1.28.2 start is not the same file, or one of them starts none.
    @Test(
        arguments: [
            // An empty part of PATH: the root, or the working folder.
            (#"["PATH=:/b"]"#, "/", "tool", "/tool"), (#"["PATH=/c::/b"]"#, "/", "tool", "/tool"),
            (#"["PATH=:/b"]"#, "/w", "own", "/w/own"), (#"["PATH=/b:"]"#, "/w", "tool", nil),
            (#"["PATH=:/b"]"#, "/", "late", nil),
            // A leading dot: the working folder, or PATH.
            (#"["PATH=/b"]"#, "/w", ".tool", "/w/.tool"), (#"["PATH=/b"]"#, "/", ".tool", nil),
            // A folder that only root may enter.
            (#"["PATH=/secret:/b"]"#, "/", "tool", "/secret/tool"), (#"["PATH=/b:/secret"]"#, "/", "tool", nil),
        ] as [(String, String, String, String?)])
    func aNameThatMeansTwoProgramsStartsNone(env: String, folder: String, name: String, other: String?) throws {
        let names = ["tool", "own", "late", ".tool"].map { "b/" + $0 } + ["tool", "w/own", "w/.tool", "secret/tool"]
        let members = [.folder("secret", mode: 0o700)] + names.map { Layers.Member.file($0, "x", mode: 0o755) }
        let found = try found(
            members, #"{"Entrypoint": ["\#(name)"], "Env": \#(env), "WorkingDir": "\#(folder)", "User": "65532"}"#)
        let reason = "is /b/\(name) to some runtimes and \(other ?? "") to others, by the image's PATH"
        #expect(found.entryPoint == (other == nil ? .found("/b/\(name)") : .missing(name, reason: reason)))
    }

    @Test(
        arguments: [
            ("65532", 0o755, 0o700, false), ("65532", 0o755, 0o711, true), ("65532", 0o744, 0o755, false),
            ("0", 0o744, 0o700, true), ("0", 0o644, 0o755, false),
        ] as [(String, UInt32, UInt32, Bool)])
    func theUserMustBeAllowedToExecuteIt(_ user: String, _ file: UInt32, _ folder: UInt32, _ isStarted: Bool) throws {
        let found = try found(
            [.folder("d", mode: folder), .file("d/app", "x", mode: file)],
            #"{"Entrypoint": ["/d/app"], "User": "\#(user)"}"#)
        #expect(found.entryPoint == (isStarted ? .found("/d/app") : .notExecutable("/d/app", mode: file)))
    }

    /// execve(2): the kernel starts the interpreter in the first line of a script.
    @Test func aScriptMeansItsInterpreter() throws {
        let script: Layers.Member = .file("run", "#! /app -x\necho\n", mode: 0o755)
        let present = try found([script] + ProgramSearchTests.standard, #"{"Entrypoint": ["/run"]}"#)
        #expect(present.entryPoint == .found("/app"))
        #expect(present.shown == "/run by /app")
        let absent = try found([script], #"{"Entrypoint": ["/run"]}"#)
        #expect(absent.entryPoint == .missing("/app", reason: "is not in the image"))
    }

    /// The kernel says ELOOP for a sixth interpreter (a script that names itself, tried on Linux 6.18).
    @Test(arguments: [(5, true), (6, false)]) func interpretersInARowAreCounted(count: Int, isStarted: Bool) throws {
        let scripts: [Layers.Member] = (1...count).map {
            .file("s\($0)", $0 == 1 ? "#!/app\n" : "#!/s\($0 - 1)\n", mode: 0o755)
        }
        let found = try found(scripts + ProgramSearchTests.standard, #"{"Entrypoint": ["/s\#(count)"]}"#)
        #expect((found.entryPoint == .found("/app")) == isStarted)
        let own = try self.found([.file("a", "#!/a\n", mode: 0o755)], #"{"Entrypoint": ["/a"]}"#)
        let reason = "is a script whose interpreter is a script too, more often than the kernel follows"
        #expect(own.entryPoint == .missing("/a", reason: reason))
    }

    /// The kernel looks up a relative interpreter in the working folder, and a NUL byte ends its name.
    @Test(arguments: [
        ("#!app\n", "/", true), ("#!app\n", "/folder", false), ("#!tool\n", "/", false), ("#!bin/tool\n", "/", true),
        ("#!/app\0x y\n", "/", true), ("#!\t app x", "/", true),
    ])
    func anInterpreterIsNamedAsTheKernelReadsIt(line: String, folder: String, isFound: Bool) throws {
        let found = try found(
            [.file("run", line, mode: 0o755)] + ProgramSearchTests.standard,
            #"{"Entrypoint": ["/run"], "WorkingDir": "\#(folder)"}"#)
        let isProgram = if case .found(let path) = found.entryPoint { path != "/run" } else { false }
        #expect(isProgram == isFound, "\(found.entryPoint)")
    }

    /// `os.MkdirAll` of Go, by which runc makes a missing folder, does not make the target of a link.
    @Test(arguments: [("/dead", false), ("/loop", false), ("/dead/x", false), ("/good", true), ("/good/x", true)])
    func aDeadLinkIsNoWorkingFolder(folder: String, isStarted: Bool) throws {
        let links: [Layers.Member] = [
            .link("dead", "nothing"), .link("loop", "again"), .link("again", "loop"), .link("good", "folder"),
        ]
        let found = try found(
            ProgramSearchTests.standard + links, #"{"Entrypoint": ["/app"], "WorkingDir": "\#(folder)"}"#)
        let reason = "cannot start: the working folder \(folder) is a link that leads to nothing"
        #expect(found.entryPoint == (isStarted ? .found("/app") : .missing("/app", reason: reason)))
    }

    /// No engine starts these configurations.
    @Test(arguments: [
        (#"{"Entrypoint": ["/app"], "WorkingDir": "srv"}"#, "the working folder srv is not an absolute path"),
        (#"{"Entrypoint": ["/app", "a\u0000b"]}"#, "an argument holds a NUL byte"),
        (#"{"Entrypoint": ["/app"], "Cmd": ["\u0000"]}"#, "an argument holds a NUL byte"),
        (#"{"Entrypoint": ["/app"], "Env": ["A=a\u0000b"]}"#, "a variable holds a NUL byte"),
        (#"{"Entrypoint": ["/app"], "Env": ["=b"]}"#, "a variable of the environment has no name"),
        (#"{"Entrypoint": ["/app"], "StopSignal": "SIGNONE"}"#, "the stop signal SIGNONE is unknown"),
        (#"{"Entrypoint": ["/app"], "Volumes": {"/data": {}}}"#, "the volume /data is not a folder in the image"),
        (#"{"Entrypoint": ["/app"], "Volumes": {"/link": {}}}"#, "the volume /link is not a folder in the image"),
        (
            #"{"Entrypoint": ["/app"], "Volumes": {"/folder/..": {}}}"#,
            "the volume /folder/.. would hide the whole image"
        ),
        (#"{"Entrypoint": ["/app"], "Volumes": {"data": {}}}"#, "the volume data is not an absolute path"),
        (
            #"{"Entrypoint": ["/app"], "Volumes": {"/none/../..": {}}}"#,
            "the volume /none/../.. would hide the whole image"
        ),
        (
            #"{"Entrypoint": ["/app"], "Volumes": {"/proc": {}}}"#,
            "the volume /proc would hide what the runtime mounts there"
        ),
        (
            #"{"Entrypoint": ["/app"], "Volumes": {"/x/../dev/": {}}}"#,
            "the volume /x/../dev/ would hide what the runtime mounts there"
        ),
    ])
    func whatNoRuntimeStartsIsNotFound(configuration: String, fault: String) throws {
        let found = try found(ProgramSearchTests.standard, configuration)
        #expect(found.entryPoint == .missing("/app", reason: "cannot start: \(fault)"))
    }

    /// runc says of these roots, unpacked by umoci: "must be mounted on ordinary directory", or "not a directory" for the files of
    /// an engine.
    @Test(
        arguments: [
            ([.file("proc", "")], "/proc is not a folder"), ([.link("proc", "folder")], "/proc is not a folder"),
            ([.file("sys", "")], "/sys is not a folder"), ([.file("dev", "")], "/dev is not a folder"),
            ([.file("etc", "")], "/etc is not a folder"),
            ([.folder("etc/hosts")], "/etc/hosts is a folder, and engines mount a file there"),
        ] as [([Layers.Member], String)])
    func whatIsInTheWayOfTheRuntimeIsAFault(members: [Layers.Member], fault: String) throws {
        let found = try found(ProgramSearchTests.standard + members, #"{"Entrypoint": ["/app"]}"#)
        #expect(found.entryPoint == .missing("/app", reason: "cannot start: \(fault)"))
    }

    /// capabilities(7): the kernel refuses a program whose effective capabilities are not in the bounding set. Linux 6.18 under runc
    /// said `operation not permitted` for the second value, and lsetxattr(2) EINVAL for the last.
    @Test(
        arguments: [
            ([1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], true),
            ([1, 0, 0, 2, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], false),
            ([0, 0, 0, 2, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], true),
            ([1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], false),
            (Array("x".utf8), false),
        ] as [([UInt8], Bool)])
    func capabilitiesThatEnginesDoNotGiveAreAFault(attribute: [UInt8], isStarted: Bool) throws {
        var root = ImageRoot()
        let program =
            RawTar.pax(RawTar.record("SCHILY.xattr.security.capability", attribute))
            + RawTar.member("app", "x", put: [100: Array("0000755".utf8)])
        try root.apply(Archive(program + RawTar.end).stored)
        let found = try found(in: root, #"{"Entrypoint": ["/app"]}"#)
        #expect((found.entryPoint == .found("/app")) == isStarted, "\(found.entryPoint)")
    }

    /// The runtime specification, config-linux.md, "Default Filesystems".
    @Test(arguments: ["dev", "proc", "sys"]) func whatTheRuntimeMountsOverIsNotThere(folder: String) throws {
        let members: [Layers.Member] = [.folder(folder, mode: 0o755), .file("\(folder)/app", "x", mode: 0o755)]
        let found = try found(members, #"{"Entrypoint": ["/\#(folder)/app"]}"#)
        #expect(
            found.entryPoint
                == .missing(
                    "/\(folder)/app",
                    reason: "is below /\(folder), where the runtime mounts another file system"))
    }
}
