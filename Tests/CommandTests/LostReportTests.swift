import Foundation
import TestSupport
import Testing

/// A report that could not be written whole is exit code 2, in every command and format, with a sentence that says so.
@Suite(.serialized) struct LostReportTests {
    private let module: GoModule

    init() throws {
        module = try GoModule()
        #expect(try module.run(["keygen", "own"]).status == 0)
        let result = try module.check(["-p", "linux/amd64", "--key", "own.key", "-q"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
    }

    /// Runs a command line of the shell in the module, with the program as $0.
    private func shell(_ line: String) throws -> Execution {
        try Execution("bash", ["-c", line, Checkout.program], in: module.folder.url)
    }

    private static let commands = [
        "check -p linux/amd64", "check -p linux/amd64 --dry-run", "verify dist", "gate --trust own.pub dist",
        "inspect dist/linux/amd64/m", "inspect --format json dist/linux/amd64/m", "matrix .",
        "image -p linux/amd64 -t m:1 --key own.key", "dockerfile . --stdout", "init --stdout", "keygen other",
        "explain", "explain packed", "explain --markdown", "check --list-rules", "--version", "verify --version",
        "--help",
        "help gate", "--generate-completion-script bash",
    ]

    @Test(arguments: commands) func aFullDeviceIsSaid(command: String) throws {
        let result = try shell("\"$0\" \(command) >/dev/full")
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.contains("standard output: cannot write: No space left on device"), "\(result.errors)")
    }

    @Test(arguments: commands) func aClosedStandardOutputIsSaid(command: String) throws {
        let result = try shell("\"$0\" \(command) >&-")
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.contains("standard output: cannot write: Bad file descriptor"), "\(result.errors)")
    }

    @Test(arguments: ["text", "json", "sarif", "junit", "github", "gitlab", "markdown", "tap", "html"])
    func inEveryFormat(format: String) throws {
        // Annotations are made of findings, so each command gets a file that has some.
        for command in ["verify dist /bin/true", "gate --trust own.pub dist /bin/true"] {
            let result = try shell("\"$0\" \(command) --format \(format) >/dev/full")
            #expect(result.status == 2, "\(command)")
            #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        }
    }

    /// No file keeps the good result of an earlier run, and every format for machines says what happened.
    @Test(arguments: ["json", "sarif", "junit", "github", "gitlab", "markdown", "tap", "html"])
    func aRunThatCannotBePlannedIsReported(format: String) throws {
        let module = try GoModule()
        let files = ["-p", "linux/amd64", "--report", "\(format)=report", "--format", format]
        #expect(try module.check(files).status == 0)
        try module.folder.write("not go\n", to: "other.go")
        let result = try module.check(files)
        #expect(result.status == 2)
        #expect(result.errors.contains("other.go:1:1: expected 'package', found not"))
        #expect(result.output.contains("other.go"), "\(result.output)")
        #expect(try String(contentsOfFile: module.path("report"), encoding: .utf8).contains("other.go"))
        // A command line that cannot be right leaves the file alone.
        #expect(try module.check(files + ["./none"]).status == 64)
        #expect(try String(contentsOfFile: module.path("report"), encoding: .utf8).contains("other.go"))
    }

    /// Writing to a pipe waits for its reader. The work is done then, so a signal has nothing to cancel.
    @Test func aSignalEndsTheWaitForAReader() throws {
        let result = try shell(
            """
            mkfifo pipe
            set -m
            "$0" verify -q --report json=pipe dist & pid=$!
            sleep 1; kill -TERM $pid; wait $pid
            """)
        #expect(result.status == 130)
        #expect(result.errors.contains("interrupted while it wrote its results"), "\(result.errors)")
    }

    /// A closed descriptor's number goes to the next file that is opened; the report must not be written into that file.
    @Test func noFileTakesThePlaceOfAClosedStream() throws {
        let before = try module.bytes("dist/linux/amd64/m")
        for streams in [">&-", "2>&-", "<&- >&- 2>&-"] {
            _ = try shell("\"$0\" verify --prove dist \(streams)")
            _ = try shell("\"$0\" check -p linux/amd64 --key own.key \(streams)")
            #expect(try module.bytes("dist/linux/amd64/m") == before)
        }
        #expect(try shell("\"$0\" verify dist 2>&-").status == 0)
    }

    @Test func aReportFileThatCannotBeWrittenIsSaid() throws {
        for option in ["--report json=/dev/full", "--sbom spdx=/dev/full"] {
            let result = try shell("\"$0\" verify dist \(option)")
            #expect(result.status == 2)
            #expect(result.errors.contains("/dev/full"), "\(result.errors)")
        }
        #expect(try shell("\"$0\" gate --trust own.pub dist --report json=/dev/full").status == 2)
        #expect(try shell("test -c /dev/full").status == 0)
        let summary = try shell("GITHUB_STEP_SUMMARY=/dev/full \"$0\" verify dist --format github")
        #expect(summary.status == 2 && summary.errors.contains("/dev/full"), "\(summary.errors)")
    }

    /// What can be known before is said before any work: nothing is built, and no report is printed.
    @Test(arguments: [
        "check -p linux/amd64 -o new --report json=own.key/x.json",
        "check -p linux/amd64 -o new --sbom spdx=own.key/x.json",
        "check -p linux/amd64 -o new --report json=dist", "check -p linux/amd64 -o new --baseline none.json",
        "verify dist --report json=own.key/x.json", "verify dist --sbom spdx=dist", "verify dist --baseline none.json",
        "gate --trust own.pub dist --report json=own.key/x.json", "merge none.json --report json=own.key/x.json",
        "keygen none/key", "image -p linux/amd64 --key own.key --dist new -o oci-archive:own.key/x.tar",
    ])
    func aPlaceThatCannotBeWrittenIsSaidBeforeAnyWork(command: String) throws {
        let result = try shell("\"$0\" \(command)")
        #expect(result.status == 64 && result.output.isEmpty, "\(result.output)\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        #expect(!module.holds("new"))
    }

    @Test(arguments: ["--report json=", "--sbom spdx=", "--report json=./"], ["main.go", "go.mod"])
    func noResultReplacesASource(option: String, name: String) throws {
        let before = try module.bytes(name)
        let result = try shell("\"$0\" check -q -p linux/amd64 -o new \(option)\(name)")
        #expect(result.status == 64 && result.errors.contains("is a source"), "\(result.errors)")
        #expect(try module.bytes(name) == before && !module.holds("new"))
    }

    /// On a disk of 64 KiB: one sentence, with what could not be written and what to do, and nothing is left behind.
    @Test(
        .enabled(if: Namespaces.arePermitted, "this machine permits no namespaces"),
        arguments: [
            ("image --from dist --trust own.pub -o oci-archive:small/app.tar", "small/app.tar", "free some space"),
            ("image --from dist --trust own.pub -o oci:small/app", "small/", "free some space"),
            ("gate --trust own.pub dist --copy-to small/app", "small/app/", "free some space"),
            ("check -p linux/amd64 -o small", "no space left on device", "A disk is full"),
        ])
    func aFullDiskIsSaidWithWhatToDo(command: String, named: String, remedy: String) throws {
        let script =
            "mkdir small; mount -t tmpfs -o size=64k none small && \"$0\" \(command); echo $?; find small -type f"
        let result = try Execution(
            "unshare", ["-Urm", "bash", "-c", script, Checkout.program], in: module.folder.url)
        let words = result.output + result.errors
        #expect(words.contains(named) && words.contains(remedy), "\(words)")
        #expect(result.output.hasSuffix("2\n") || result.output.hasSuffix("2\nsmall/.gitignore\n"), "\(words)")
    }

    /// There is room for one file. The old pair stays whole, because half of a new one would lose the old key.
    @Test(.enabled(if: Namespaces.arePermitted, "this machine permits no namespaces"))
    func aFullDiskDoesNotPartAKeyPair() throws {
        let script = """
            mkdir small; mount -t tmpfs -o size=64k none small && "$0" keygen small/k && cp small/k.* .
            head -c 52K /dev/zero >small/fill; "$0" keygen --force small/k; echo $?
            cmp small/k.key k.key && cmp small/k.pub k.pub && ls -A small
            """
        let result = try Execution(
            "unshare", ["-Urm", "bash", "-c", script, Checkout.program], in: module.folder.url)
        #expect(result.output.hasSuffix("2\nfill\nk.key\nk.pub\n"), "\(result.output)\(result.errors)")
        #expect(result.errors.contains("free some space"), "\(result.errors)")
    }

    @Test(arguments: [
        "check -p linux/amd64 --report json=r --report sarif=./r",
        "image -p linux/amd64 -o oci-archive:r -o docker-archive:r",
        "verify dist --report tap=r --report tap=r --report html=r",
        "verify dist --sbom spdx=r --sbom cyclonedx=r",
    ])
    func twoResultsInOneFileAreRefused(command: String) throws {
        let result = try shell("\"$0\" \(command)")
        #expect(result.status == 64, "\(result.errors)")
        #expect(result.errors.contains("r is named for two results"), "\(result.errors)")
        #expect(!module.holds("r"))
    }

    /// A mistyped path must not become a new folder. The output folder counts, because a first run creates it.
    @Test func theFolderOfAReportMustExist() throws {
        for command in ["verify dist", "check -p linux/amd64 -o new", "gate --trust own.pub dist", "merge x.json"] {
            let result = try shell("\"$0\" \(command) --report json=a/b/report.json")
            #expect(result.status == 64 && result.errors.contains("a/b does not exist"), "\(result.errors)")
        }
        #expect(!module.holds("a") && !module.holds("new"))
        #expect(try shell("\"$0\" check -p linux/amd64 -o new --report json=new/reports/all.json").status == 0)
        #expect(module.holds("new/reports/all.json"))
    }

    /// `--report json=>(jq …)` and `--report json=/dev/stderr` write into what is there.
    @Test func aPipeIsWrittenTo() throws {
        let line = "\"$0\" verify dist --report json=/dev/stderr 2>&1 >/dev/null | grep -c schemaVersion"
        let result = try shell(line)
        #expect(result.output == "1\n", "\(result.output)\(result.errors)")
        let piped = try shell("\"$0\" verify dist --report json=>(cat >copy.json) >/dev/null; sleep 1")
        #expect(piped.status == 0, "\(piped.errors)")
        let version = try module.json("copy.json")["schemaVersion"] as? String
        #expect(version == "1")
    }

    /// 141 is 128 and SIGPIPE: how every filter ends whose reader has gone away.
    @Test func aReaderThatWentAwayEndsTheProgramAsItEndsAFilter() throws {
        let result = try shell("(sleep 1; \"$0\" explain --markdown; echo $? >status) | true; cat status")
        #expect(result.output == "141\n", "\(result.output)\(result.errors)")
    }

    /// A parent that ignores SIGPIPE, as Python and many services do, gets an exit code instead of a signal.
    @Test func withoutTheSignalItIsAnError() throws {
        let result = try shell("(trap '' PIPE; sleep 1; \"$0\" explain --markdown; echo $? >status) | true; cat status")
        #expect(result.output == "2\n", "\(result.output)\(result.errors)")
        #expect(result.errors.contains("Broken pipe"))
    }
}
