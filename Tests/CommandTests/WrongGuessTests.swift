import Foundation
import TestSupport
import Testing

/// A new user errs, and reads what to type instead: on standard error, with exit code 64, before anything is done.
@Suite struct WrongGuessTests {
    private let module: GoModule

    init() throws {
        module = try GoModule([
            "cmd/app/main.go": GoModule.hello, "cmd/other/main.go": GoModule.hello, "lib/lib.go": "package lib\n",
            "notes.txt": "text", "Dockerfile.prod": "FROM scratch\n", "empty/x.txt": "",
        ])
        try FileManager.default.copyItem(atPath: Checkout.sample("go-linux-amd64"), toPath: module.path("app.bin"))
    }

    /// Runs a command line and returns what it says.
    private func hint(_ line: String, status: Int32 = 64) throws -> String {
        let result = try Execution("bash", ["-c", "\"$0\" \(line)", Checkout.program], in: module.folder.url)
        #expect(result.status == status, "\(line): \(result.output)\(result.errors)")
        #expect(result.output.isEmpty, "\(result.output)")
        #expect(!module.holds("dist"))
        return result.errors
    }

    @Test(arguments: [
        ("app.bin", "staticcheck verify app.bin"), ("check ./app.bin", "staticcheck verify ./app.bin"),
        ("oci:image", "staticcheck verify oci:image"),
        ("docker://golang:1.26", "staticcheck verify docker://golang:1.26"),
        ("Dockerfile.prod", "staticcheck dockerfile --lint Dockerfile.prod"), ("notes.txt", "notes.txt is a file"),
        ("cmd/app", "staticcheck ./cmd/app"), ("image cmd/app", "./cmd/app"), ("empty", "staticcheck verify empty"),
        ("./cmd/ap", "./cmd/app"), ("-p linux/amd64 ./cmd/app linux/arm64", "--platform linux/arm64"),
    ])
    func aWordThatIsNotAPackage(line: String, hinted: String) throws { #expect(try hint(line).contains(hinted)) }

    @Test(arguments: [
        ("chekc", "staticcheck check"), ("verfiy app.bin", "staticcheck verify"),
        ("verfiy --recursive app.bin", "staticcheck verify"), ("dokcerfile --lint", "staticcheck dockerfile"),
        ("help verfiy", "staticcheck verify"), ("-p linux/amd64 verfiy app.bin", "staticcheck verify"),
        ("build ./cmd/app", "staticcheck check"),
        ("sign app.bin", "staticcheck verify --stamp"),
    ])
    func aMisspeltCommand(line: String, hinted: String) throws { #expect(try hint(line).contains("'\(hinted)'")) }

    /// `staticcheck "$PACKAGE"` without the variable.
    @Test(arguments: ["", " "]) func anEmptyWordIsNamed(word: String) throws {
        let result = try module.run(["check", word])
        #expect(result.status == 64)
        #expect(result.errors.contains("'\(word)' is not a package"), "\(result.errors)")
    }

    @Test func aWordThatIsAPackageOrAFolderStaysOne() throws {
        for word in ["./cmd/app", "example.com/m/cmd/app", "./cmd/...", "cmd/compile"] {
            #expect(try module.run([word, "--dry-run", "-p", "linux/amd64"]).status == 0, "\(word)")
        }
        try module.folder.write(GoModule.hello, to: "chekc/main.go")
        #expect(try hint("chekc").contains("staticcheck ./chekc"))
        try module.folder.write("builds: [{name: verfiy, packages: [./cmd/app]}]\n", to: "scratchcheck.yaml")
        #expect(try module.run(["verfiy", "--dry-run"]).status == 0)
    }

    /// `app/cmd` is an import path if the module is called app, whatever folders there are.
    @Test func anImportPathWinsOverAFolder() throws {
        try module.folder.write("module chekc\n\ngo 1.18\n", to: "go.mod")
        try module.folder.write(GoModule.hello, to: "main.go")
        #expect(try module.run(["chekc", "--dry-run"]).status == 0)
        try module.folder.write("module cmd\n\ngo 1.18\n", to: "go.mod")
        #expect(!(try module.run(["cmd/app", "--dry-run"]).errors.contains("named with ./")))
    }

    @Test(arguments: ["version", "-version", "-V"]) func theVersionIsToldHoweverItIsAskedFor(word: String) throws {
        #expect(try module.run([word]).output == (try module.run(["--version"]).output))
    }

    @Test(arguments: [".", "./lib", "-C lib .", "image .", ""])
    func aFolderWithoutAProgramNamesThoseOfTheModule(line: String) throws {
        let words = try hint(line)
        let prefix = line.hasPrefix("-C") ? "  ../cmd/" : "  ./cmd/"
        #expect(words.contains("\(prefix)app\n\(prefix)other\n"), "\(words)")
    }

    @Test(arguments: ["", ".", "./...", "image ."]) func aFolderWithoutAModuleNamesThoseBelowIt(line: String) throws {
        let folder = try TemporaryFolder()
        func run() throws -> Execution {
            try Execution("bash", ["-c", "\"$0\" \(line)", Checkout.program], in: folder.url)
        }
        let none = try run()
        #expect(none.status == 64 && none.errors.contains("go mod init"), "\(none.errors)")
        try folder.write("module m\n", to: "service/go.mod")
        let below = try run()
        #expect(below.status == 64 && below.errors.contains("-C service"), "\(below.errors)")
    }

    @Test func severalProgramsForOneImageAreSaidBeforeTheyAreBuilt() throws {
        let words = try hint("image ./cmd/...")
        #expect(words.contains("(app, other)") && words.contains("--entrypoint") && !words.contains("building"))
        #expect(try hint("image --program ap ./cmd/...").contains("app, other"))
    }

    @Test func anImageIsNamedWithItsForm() throws {
        let made = try module.run([
            "image", "./cmd/app", "-q", "-p", "linux/amd64", "-o", "oci:layout", "-o", "oci-archive:oci.tar", "-o",
            "docker-archive:docker.tar",
        ])
        #expect(made.status == 0, "\(made.errors)")
        try FileManager.default.removeItem(atPath: module.path("dist"))
        for (path, named) in [
            ("layout", "oci:layout"), ("oci.tar", "oci-archive:oci.tar"), ("docker.tar", "docker-archive:docker.tar"),
        ] {
            #expect(try hint(path).contains("staticcheck verify \(named)"))
            #expect(try hint("verify -q \(path)").contains("staticcheck verify -q \(named)"))
            #expect(try hint("gate --allow-unsigned \(path)").contains("staticcheck gate --allow-unsigned \(named)"))
            #expect(try hint("inspect \(path)").contains("staticcheck verify \(named)"))
            #expect(try module.run(["verify", "-q", named]).status == 0)
        }
    }

    @Test(arguments: [
        ("verify golang:1.26", "staticcheck verify docker://golang:1.26"),
        ("gate --allow-unsigned ghcr.io/a/b", "staticcheck gate --allow-unsigned docker://ghcr.io/a/b"),
        ("inspect golang:1.26", "staticcheck verify docker://golang:1.26"),
        ("verify docker-daemon:app:1", "docker save -o app.tar app:1"), ("verify ./...", "staticcheck ./..."),
        ("verify cmd/app/main.go", "Go package"), ("inspect cmd", "staticcheck verify cmd"),
        ("inspect docker://golang", "staticcheck verify docker://golang"),
        ("verify https://ghcr.io/a/b", "staticcheck verify docker://ghcr.io/a/b"),
    ])
    func aTargetThatIsSomethingElse(line: String, hinted: String) throws { #expect(try hint(line).contains(hinted)) }

    @Test func aFolderOfSourcesIsBuiltFirst() throws {
        let result = try module.run(["verify", "cmd/app"])
        #expect(
            result.status == 2 && (result.output + result.errors).contains("staticcheck ./cmd/app"), "\(result.errors)")
    }

    @Test func aMissingFileStaysAMissingFile() throws {
        for path in ["dist/app", "app", "./a:b"] {
            let result = try module.run(["verify", path])
            #expect(result.status == 2 && (result.output + result.errors).contains("No such file"), "\(result.errors)")
        }
    }

    /// https://staticcheck.dev/docs/running-staticcheck/cli/
    @Test(arguments: [
        "-checks all ./...", "-checks=all", "--checks inherit,ST1000", "-f stylish ./...", "-explain SA1000",
        "-list-checks",
        "-show-ignored ./...", "-tests=false", "-debug.version", "-fail all", "check -merge x", "explain SA1000",
        "explain QF1001",
    ])
    func anOptionOfTheLinter(line: String) throws {
        let words = try hint(line)
        #expect(
            words.contains("go install honnef.co/go/tools/cmd/staticcheck@latest") && words.contains("scratchcheck"))
    }

    @Test(arguments: [
        ("-ldflags=-s ./cmd/app", "--ldflags"), ("-tags netgo", "--tags"), ("verify -format json app.bin", "--format"),
        ("-race ./cmd/app", "staticcheck ./cmd/app -- -race"),
    ])
    func anOptionAsGoWritesIt(line: String, hinted: String) throws { #expect(try hint(line).contains(hinted)) }

    @Test func ownOptionsAndPassedOnWordsAreNotTaken() throws {
        let plan = ["./cmd/app", "-p", "linux/amd64", "--dry-run"]
        for own in [["-v"], ["-j", "2"], ["--ldflags", "-checks"], ["--", "-gcflags=-e"], ["--", "-tests"]] {
            #expect(try module.run(plan + own).status == 0, "\(own)")
        }
        let image = try module.run(["image", "./cmd/app", "-q", "-p", "linux/amd64", "--arg", "-f", "--cmd", "-checks"])
        #expect(image.status == 0, "\(image.errors)")
    }

    @Test func platformsAreReadAsPeopleWriteThem() throws {
        let plan = ["./cmd/app", "--dry-run", "--memory", "4GiB"]
        let canonical = try module.run(plan + ["-p", "linux/amd64,linux/arm64,linux/arm/v7"]).output
        let option = ["-p", "linux/x86_64, linux/aarch64 ,linux/armv7l"]
        #expect(try module.run(plan + option).output == canonical)
        let variable = ["SCRATCHCHECK_PLATFORM": "linux/x64, linux/arm64/v8, linux/arm32v7"]
        #expect(try module.run(plan, environment: variable).output == canonical)
        try module.folder.write(
            "builds: [{platforms: [linux/x86_64, linux/aarch64, linux/armhf]}]\n", to: "scratchcheck.yaml")
        #expect(try module.run(plan).output == canonical)
    }

    @Test(arguments: [
        ("gate --allow-unsigned --require linux/amd46 .", "did you mean 'linux/amd64'?"),
        ("verify -p linux/risv64 app.bin", "'linux/riscv64'"), ("-p linux/amd46 ./cmd/app", "'linux/amd64'"),
        ("-p amd64 ./cmd/app", "write linux/amd64"), ("-p linux/amd64, linux/arm64", "without blanks"),
    ])
    func aPlatformThatIsNone(line: String, hinted: String) throws { #expect(try hint(line).contains(hinted)) }
}
