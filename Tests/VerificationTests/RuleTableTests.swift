import ELF
import Files
import Foundation
import GoBinary
import Licensing
import SystemPackage
import TestSupport
import Testing
import Verification

/// What each rule finds, on files that are written field by field.
@Suite struct RuleTableTests {
    private static let pathText = "info[DT_RUNPATH] == NULL"

    /// A static program whose program headers are moved behind its only PT_LOAD.
    ///
    /// - Parameter type: Of a second program header: 7 for thread-local data.
    private static func headersAtEnd(type: UInt32) -> [UInt8] {
        var builder = ELFBuilder()
        builder.moreSegments = [.init(type: type, offset: 0, address: 0x40_0000, fileSize: 8, alignment: 8)]
        var bytes = builder.bytes
        let table = bytes[64..<64 + 2 * 56]
        bytes += [UInt8](repeating: 0, count: (8 - bytes.count % 8) % 8)
        // e_phoff (System V gABI, chapter 4).
        for (index, byte) in UInt64(bytes.count).littleEndianBytes.enumerated() { bytes[32 + index] = byte }
        return bytes + table
    }

    private static let headers: [JudgedProgram] = [
        .plain("a static program", finds: []),
        .go("a Go program", finds: []),
        .init("a script", finds: ["not-a-program"], Array("#!/bin/sh\n".utf8)),
        .init("an empty file", finds: ["not-a-program"], []),
        .plain("a relocatable object", finds: ["not-a-program"]) { $0.type = 1 },
        .plain("a shared library", finds: ["not-a-program"]) {
            $0.type = 3
            $0.dynamic = []
        },
        .plain("a static-pie", finds: []) {
            $0.type = 3
            $0.dynamic = [.pie]
        },
        .plain("an entry point outside of every segment", finds: ["not-loadable"]) { $0.entry = 0x90_0000 },
        .init("C with program headers that are not loaded", finds: ["unmapped-headers"], headersAtEnd(type: 7)),
        .init("a program that nothing shows to be C, with such headers", finds: [], headersAtEnd(type: 0)),
        .init(
            "section headers that are cut off", finds: ["damaged-sections"],
            ELFBuilder.staticProgram().with([0, 0, 1, 0, 0, 0, 0, 0], at: 40)),
        .init("no program headers", finds: ["not-loadable"], ELFBuilder.staticProgram().with([0, 0], at: 56)),
        .plain("an interpreter", finds: ["interpreter"]) { $0.interpreter = "/lib/ld.so" },
        .plain("a library", finds: ["needed-library"]) { $0.dynamic = [.needed("libc.so.6")] },
        .plain("an interpreter and a library", finds: ["interpreter", "needed-library"]) {
            $0.interpreter = "/lib/ld.so"
            $0.dynamic = [.needed("libc.so.6")]
        },
        .plain("FreeBSD's OS/ABI", finds: ["wrong-platform"]) { $0.osABI = 9 },
        .plain("a machine without Linux port of Go", finds: ["wrong-platform"]) { $0.machine = 9 },
        .init(
            "another GOARCH than the one asked for", finds: ["wrong-platform"], ELFBuilder.staticProgram(),
            expected: Platform(goos: "linux", goarch: "arm64")),
        .plain("an entry point in no section", finds: ["moved-entry"]) {
            $0.sections = [.init(".text", offset: 0x100, size: 16)]
        },
        .plain("32 GiB of zeroed data", finds: ["memory-demand"]) {
            $0.moreSegments = [
                .init(type: 1, flags: 6, offset: 0, address: 0x5000_0000, fileSize: 0, memorySize: 32 << 30)
            ]
        },
        .plain("a segment for pages of 4 KiB on arm64", finds: ["page-size"]) {
            $0.machine = 183
            $0.moreSegments = [.init(type: 1, flags: 6, offset: 0x1000, address: 0x50_2000, fileSize: 8)]
        },
        .plain("an executable stack", finds: ["executable-stack"]) {
            $0.moreSegments = [.init(type: 0x6474_e551, flags: 7, offset: 0, address: 0, fileSize: 0)]
        },
        .plain("writable code", finds: ["writable-code"]) { $0.loadFlags = 7 },
        .plain("an ABI tag", finds: ["kernel-version"]) {
            $0.notes = [.init("GNU", type: 1, [0, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])]
        },
        .plain("DWARF", finds: ["debug-data"]) {
            $0.sections = [.init(".debug_info", offset: 0x1000, size: 4)]
        },
        .init("mode 644", finds: ["not-executable"], ELFBuilder.staticProgram(), permissions: 0o644),
        .init("mode 4755", finds: ["set-user-id"], ELFBuilder.staticProgram(), permissions: 0o4755),
    ]

    private static let content: [JudgedProgram] = [
        .init(
            "the mark of UPX at both ends", finds: ["packed"],
            ELFBuilder.staticProgram().with(Array("UPX!".utf8), at: 300) + Array("UPX!".utf8)),
        .init(
            "the mark of UPX at one end", finds: [], ELFBuilder.staticProgram() + Array("UPX!".utf8)),
        .plain("random code without sections", finds: ["packed"]) { $0.code = JudgedProgram.randomBytes(1 << 17) },
        .plain("glibc's name service", finds: ["name-service"]) { $0.code += Array("libnss_".utf8) },
        .plain("a static-pie with a search path and glibc's assertion", finds: ["run-path"]) {
            $0.type = 3
            $0.dynamic = [.pie, .text(29, "/lib")]
            $0.code += Array(pathText.utf8)
        },
        .plain("the assertion without a search path", finds: []) {
            $0.type = 3
            $0.dynamic = [.pie]
            $0.code += Array(pathText.utf8)
        },
        .symbol("dlopen", finds: ["runtime-loading", "debug-data"]),
        .symbol("iconv_open", text: "gconv-modules", finds: ["character-sets", "debug-data"]),
        .symbol("iconv_open", finds: ["debug-data"]),
        .symbol("other", text: "gconv-modules", finds: ["debug-data"]),
    ]

    private static let goPrograms: [JudgedProgram] = [
        .go("a position-independent program of Go's linker", finds: ["not-relocated"]) {
            $0.file.type = 3
            $0.file.dynamic = [.pie]
        },
        .go("no entry function", finds: ["without-thread-setup"]) { $0.functions = ["runtime.main", "main.main"] },
        .go("the entry function of FreeBSD", finds: ["wrong-platform"]) {
            $0.functions = ["runtime.main", "_rt0_amd64_freebsd"]
        },
        .go("GOAMD64=v3", finds: ["cpu-level"]) { $0.info.append("build\tGOAMD64=v3") },
        .go("an absolute source path", finds: ["build-paths"]) { $0.files = ["/home/me/main.go"] },
        .go("uncommitted changes", finds: ["modified-tree"]) { $0.info.append("build\tvcs.modified=true") },
        .go("-race", finds: ["instrumented"]) { $0.info.append("build\t-race=true") },
        .go(calling: "runtime.racecall", finds: ["instrumented"]),
        .go(calling: "_cgo_panic", finds: ["cgo"]),
        .go(calling: "crypto/x509.loadSystemRoots", "crypto/tls.dial", finds: ["ca-certificates"]),
        .go(
            calling: "crypto/x509.loadSystemRoots", "crypto/tls.dial",
            "golang.org/x/crypto/x509roots/fallback.init.0", finds: []),
        .go(
            calling: "crypto/x509.loadSystemRoots", "crypto/x509.(*Certificate).Verify", finds: ["ca-certificates"]),
        .go(
            calling: "crypto/x509.loadSystemRoots", "crypto/x509.(*Certificate).Verify",
            "crypto/tls.(*Conn).verifyServerCertificate", finds: []),
        .go(calling: "time.LoadLocation", finds: ["time-zones"]),
        .go(calling: "time.LoadLocation", "time/tzdata.init.0", finds: []),
        .go(calling: "os/user.Current", finds: ["user-database"]),
        .go(calling: "os.CreateTemp", finds: ["temporary-files"]),
        .go(calling: "os.StartProcess", finds: ["other-programs"]),
        .go(calling: "syscall.Exec", finds: ["other-programs"]),
        .go(calling: "syscall.forkExec", finds: ["other-programs"]),
        .go(calling: "plugin.Open", finds: ["plugin"]),
        .go(calling: "net.dnsReadConfig", finds: ["name-resolution"]),
        .go(calling: "github.com/mattn/go-sqlite3.(*SQLiteDriver).Open", finds: ["cgo-left-out"]),
        .go(calling: "os.StartProcessor", "xplugin.Open", finds: []),
    ]

    private static let circumstances: [JudgedProgram] = [
        .init("exec failed", finds: ["does-not-start"], GoProgram().bytes) { $0.with(Proof(.refused)) },
        .init("no answer", finds: ["does-not-answer"], GoProgram().bytes) {
            $0.with(Proof(.unanswered, answers: [.init(probe: "tcp:80", milliseconds: 10, failure: "refused")]))
        },
        .init("no end", finds: ["does-not-stop"], GoProgram().bytes) {
            $0.with(Proof(.answered, stop: .init(signal: "SIGTERM", milliseconds: 10, ending: nil)))
        },
        .init("an answer, and an end", finds: [], GoProgram().bytes) {
            $0.with(
                Proof(
                    .answered, answers: [.init(probe: "tcp:80", milliseconds: 10, failure: nil)],
                    stop: .init(signal: "SIGTERM", milliseconds: 10, ending: "exit code 2")))
        },
        .init("it started", finds: [], GoProgram().bytes) { $0.with(Proof(.started)) },
        .init("another Go was asked for", finds: ["wrong-go-version"], GoProgram().bytes) {
            $0.with(expectedGo: GoVersion("1.23"))
        },
        .init("this Go was asked for", finds: [], GoProgram().bytes) { $0.with(expectedGo: GoVersion("1.22")) },
        .init("the second build differs", finds: ["not-reproducible"], GoProgram().bytes) {
            $0.with(Reproduction(comparing: [1], with: [2], builtIn: ("/a", "/b")))
        },
        .init("a licence that is denied", finds: ["denied-license"], GoProgram().bytes) {
            $0.with(licenses: [licensed(["MIT", "GPL-3.0-only"])].compactMap(\.self))
        },
        .init("a licence that is not known", finds: ["unknown-license"], GoProgram().bytes) {
            $0.with(licenses: [licensed([])].compactMap(\.self))
        },
        .image("an image", finds: []),
        .image("an image without entry point", finds: ["entry-point"], entryPoint: .unnamed),
        .image("an image of root", finds: ["runs-as-root"], user: .root("")),
        .image("an image of an unknown user", finds: ["unknown-user"], user: .name("app", nil)),
        .image("an image of a user by name", finds: ["user-name"], user: .name("app", 1000)),
        .image("a layer with a name above the root", finds: ["climbing-name"], climbingNames: ["../x"]),
        .image(
            "an image of its limit", finds: [],
            budget: ImageBudget(size: 1000, limit: 1000, files: [.init(path: "/app", size: 900)])),
        .image(
            "an image above its limit", finds: ["image-size"],
            budget: ImageBudget(size: 1001, limit: 1000, files: [.init(path: "/app", size: 900)])),
    ]

    /// A module under licences of which GPL-3.0 is denied.
    private static func licensed(_ identifiers: [String]) -> ModuleLicense? {
        ModuleLicense(
            module: "example.com/m v1.0.0", identifiers: identifiers, place: "LICENSE:1",
            denying: [LicenseName("GPL-3.0")].compactMap(\.self))
    }

    static let programs = headers + content + goPrograms + circumstances

    private func subject(_ program: JudgedProgram) -> Subject {
        Subject(program.bytes, expected: program.expected, permissions: program.permissions)
    }

    @Test(arguments: programs) func theRulesThatFindSomething(program: JudgedProgram) {
        let judgement = Policy.standard.judge(program.change(subject(program)))
        #expect(Set(judgement.findings.map(\.rule)) == program.rules)
        let errors = Rule.all.filter { $0.level == .error && program.rules.contains($0.identifier) }
        #expect(judgement.verdict == (errors.isEmpty ? .ready : .notReady))
    }

    @Test func everyRuleAboutProgramsIsInTheTable() {
        let found = Set(Self.programs.flatMap(\.rules))
        // LeftOutRuleTests has the rules about programs that are not built, VulnerabilityRuleTests those that need a database,
        // DemandTests those that need a demand, and CacheProgramTests the one that needs a cache program.
        #expect(
            Set(Rule.ofPrograms.map(\.identifier)).subtracting(found)
                == [
                    "left-out", "vulnerable", "vulnerable-package", "required-fact", "denied-code", "capability",
                    "build-cache",
                ])
    }

    /// Pieces are at least as long as two overlaps, 48 bytes, so that every border is somewhere in each text.
    @Test(arguments: [1, 61, 4096]) func pieceByPieceGivesTheSameAsAllAtOnce(pieceSize: Int) {
        for program in Self.programs {
            let whole = subject(program)
            let pieces = Subject(
                MemoryFile(program.bytes, pieceSize: pieceSize), expected: program.expected,
                permissions: program.permissions)
            #expect(findings(pieces) == findings(whole), "\(program.testDescription)")
            #expect(pieces.functions == whole.functions && pieces.buildInfo == whole.buildInfo)
        }
    }

    @Test(arguments: [1, 1 << 18]) func anOpenFileGivesTheSameAsMemory(pieceSize: Int) throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "program")
        for program in Self.programs {
            try? FileManager.default.removeItem(at: place)
            try Data(program.bytes).write(to: place)
            try FileManager.default.setAttributes([.posixPermissions: program.permissions], ofItemAtPath: place.path)
            let (open, judgement) = try Policy.standard.judge(
                OpenFile(FilePath(place.path), pieceSize: pieceSize), expected: program.expected)
            let whole = subject(program)
            #expect(judgement.findings == findings(whole), "\(program.testDescription)")
            #expect(open.functions == whole.functions && open.buildInfo == whole.buildInfo)
        }
    }

    private func findings(_ subject: Subject) -> [Finding] { Policy.standard.judge(subject).findings }

    @Test func thePlatformIsThatOfTheHeader() {
        #expect(Subject(ELFBuilder.staticProgram(), expected: nil).platform?.description == "linux/amd64")
    }

    @Test func namesAreUnique() { #expect(Set(Rule.all.map(\.identifier)).count == Rule.all.count) }

    @Test(arguments: Rule.all.map(\.identifier)) func isDocumented(identifier: String) throws {
        let rule = try #require(Rule.all.first { $0.identifier == identifier })
        #expect(!rule.document.summary.isEmpty)
        for section in rule.document.sections { #expect(!section.text.isEmpty, "\(section.title)") }
        #expect(identifier.allSatisfy { $0.isLowercase || $0 == "-" })
    }
}

extension UInt64 {
    fileprivate var littleEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}
