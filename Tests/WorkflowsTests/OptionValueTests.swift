import Configuration
import GoBinary
import GoToolchain
import ScratchImage
import SystemPackage
import Testing
import Verification
import Workflows

@testable import staticcheck

/// What each option takes, and what it refuses.
@Suite struct OptionValueTests {
    @Test(arguments: [
        ("4GiB", 4 << 30), ("512M", 512 << 20), ("2GB", 2_000_000_000), ("1.5g", 3 << 29),
        ("2000000000", 2_000_000_000),
        ("1048576B", 1 << 20),
    ]) func memoryHasUnits(text: String, bytes: Int) { #expect((try? MemorySize(parsing: text))?.bytes == bytes) }

    @Test(arguments: ["", "much", "-1G", "0", "1023", "nan", "infG", "1e99T", "4 GiB x"])
    func otherMemoryIsRefused(text: String) { #expect(throws: OptionFormError.self) { try MemorySize(parsing: text) } }

    @Test(arguments: [("5%", 0.05), ("2.5", 0.025), ("0", 0.0), ("100%", 1.0)])
    func percentagesAreShares(text: String, share: Double) { #expect((try? Percentage(parsing: text))?.share == share) }

    @Test(arguments: ["", "%", "-1%", "five", "nan", "5%%"])
    func otherPercentagesAreRefused(text: String) {
        #expect(throws: OptionFormError.self) { try Percentage(parsing: text) }
    }

    @Test(arguments: [("90m", 5400), ("12h", 43200), ("30d", 2_592_000), ("0s", 0)])
    func agesHaveUnits(text: String, seconds: Int) { #expect((try? Age(parsing: text))?.seconds == seconds) }

    @Test(arguments: ["", "soon", "30", "d", "-1d", "1000001s", "1.5h", "1w"])
    func otherAgesAreRefused(text: String) { #expect(throws: OptionFormError.self) { try Age(parsing: text) } }

    @Test(arguments: [("1", 1), ("256", 256), ("0", nil), ("257", nil), ("-1", nil), ("x", nil)])
    func shardCountsHaveABound(text: String, count: Int?) {
        #expect((try? Count<ShardLimit>(parsing: text))?.value == count)
    }

    @Test(arguments: [("1", 1), ("64", 64), ("0", nil), ("-1", nil), ("", nil)])
    func jobsAreAtLeastOne(text: String, count: Int?) { #expect((try? Count<JobLimit>(parsing: text))?.value == count) }

    @Test(arguments: [
        ("json=report.json", ReportFormat.json, "report.json"), ("sarif=a=b", .sarif, "a=b"),
        ("html=/x/y.html", .html, "/x/y.html"),
    ]) func reportsHaveAFormatAndAFile(text: String, format: ReportFormat, file: String) throws {
        let destination = try Destination<ReportFormat>(parsing: text)
        #expect(destination == Destination(format: format, path: FilePath(file)))
    }

    @Test(arguments: ["", "json", "json=", "pdf=x", "=x", "JSON=x"])
    func otherDestinationsNameTheFormats(text: String) {
        #expect {
            try Destination<ReportFormat>(parsing: text)
        } throws: { error in
            ReportFormat.allCases.allSatisfy { "\(error)".contains($0.rawValue) }
        }
        #expect(throws: OptionFormError.destination(formats: ["spdx", "spdx3", "cyclonedx"])) {
            try Destination<BillFormat>(parsing: text)
        }
    }

    @Test(
        arguments: [
            ("packed=off", nil, nil), ("packed=error", .error, nil), ("packed=note:only here", .note, "only here"),
            ("packed=warning:a:b=c", .warning, "a:b=c"),
        ] as [(String, Level?, String?)]) func rulesGetALevelAndAReason(text: String, level: Level?, reason: String?)
        throws
    {
        let change = try Policy.Change(parsing: text)
        #expect(change == Policy.Change(rule: "packed", level: level, reason: reason))
    }

    @Test(arguments: ["packed", "packed=", "packed=loud", "packed:off", ""])
    func otherRuleChangesNameTheLevels(text: String) {
        #expect(throws: OptionFormError.ruleChange(levels: ["error", "warning", "note", "off"])) {
            try Policy.Change(parsing: text)
        }
    }

    @Test func anUnknownRuleIsRefusedWithTheNearest() {
        #expect {
            try Policy.Change(parsing: "interpretr=off")
        } throws: {
            "\($0)".contains("interpreter")
        }
    }

    @Test(arguments: [("a=b", "a", "b"), ("a=", "a", ""), ("a=b=c", "a", "b=c")])
    func pairsAreDividedAtTheFirstSign(text: String, name: String, value: String) throws {
        let pair = try NamedValue(parsing: text)
        #expect(pair.name == name && pair.value == value)
    }

    @Test(arguments: ["", "a", "=b"]) func otherPairsAreRefused(text: String) {
        #expect(throws: OptionFormError.pair) { try NamedValue(parsing: text) }
    }

    /// The protocols are those of the OCI image specification's ExposedPorts.
    @Test(arguments: [("8080", "8080/tcp"), ("53/udp", "53/udp"), ("1/sctp", "1/sctp"), ("65535/tcp", "65535/tcp")])
    func portsHaveAProtocol(text: String, port: String) throws {
        #expect(try Port(parsing: text).description == port)
    }

    @Test(arguments: ["", "0", "65536", "80/http", "80/", "/tcp", "80/tcp/x", "http"])
    func otherPortsAreRefused(text: String) {
        #expect(throws: OptionFormError.port(text)) { try Port(parsing: text) }
    }

    @Test(arguments: ["0", "root", "0:0", "1:root", "", "1:2:3", "-1"])
    func rootAndNamesAreNoUsers(text: String) {
        #expect(throws: OptionFormError.user(text)) { try UserNumbers(parsing: text) }
    }

    @Test(arguments: [("app", "app:latest"), ("registry.example.com/app:1.0", "registry.example.com/app:1.0")])
    func imagesHaveATag(text: String, name: String) throws {
        #expect(try ImageReference(parsing: text).description == name)
    }

    @Test(arguments: ["", "App", "app:", "a b"]) func otherImageNamesAreRefused(text: String) {
        #expect(throws: OptionFormError.imageName(text)) { try ImageReference(parsing: text) }
    }

    @Test(arguments: [("/", true), ("/work", true), ("work", false), ("", false)])
    func imageFoldersAreAbsolute(text: String, isTaken: Bool) {
        #expect(((try? ImageFolder(parsing: text)) != nil) == isTaken)
    }

    /// signal(7), with or without SIG, as engines take them.
    @Test(arguments: [
        ("SIGINT", true), ("INT", true), ("15", true), ("SIGRTMIN+30", true), ("SIG", false), ("SIGFOO", false),
        ("SIGRTMIN+31", false), ("0", false), ("65", false), ("", false),
    ])
    func signalsAreNamesOrNumbers(text: String, isTaken: Bool) {
        #expect(((try? SignalName(parsing: text)) != nil) == isTaken)
    }

    @Test(arguments: [
        ("static:/srv/www", "static", "srv/www"), ("a:b:/c", "a:b", "c"), ("/etc/x:/etc//x/", "/etc/x", "etc/x"),
    ]) func addedFilesHaveASourceAndATarget(text: String, source: String, target: String) throws {
        let added = try AddedFiles(parsing: text).from("/base")
        #expect(added.source.shown == source && added.target == target)
        #expect(added.source.path == FilePath("/base").pushing(FilePath(source)))
    }

    @Test(arguments: ["", "a", "a:b", ":/b", "a:/", "a:/../b", "a:/b/./c", "a:/dev/null", "a:/proc", "a://sys/b"])
    func otherAdditionsAreRefused(text: String) {
        #expect(throws: OptionFormError.self) { try AddedFiles(parsing: text) }
    }

    @Test func shardsAreAutomaticOrOne() throws {
        #expect(try ShardChoice(parsing: "auto") == .automatic)
        #expect(try ShardChoice(parsing: "2/4") == .one(Shard(index: 2, count: 4)))
        for text in ["", "0/4", "5/4", "2", "a/b", "2/4/6"] {
            #expect(throws: OptionFormError.self, "\(text)") { try ShardChoice(parsing: text) }
        }
    }

    @Test func platformsAreListsOrAll() throws {
        let arm = try Platform(parsing: "linux/arm/v7")
        #expect(try PlatformList(parsing: "all").words == [.all])
        #expect(try PlatformList(parsing: "linux/arm/v7,all").words == [.one(arm), .all])
        #expect(try ExactPlatforms(parsing: "linux/arm/v7").platforms == [arm])
        for text in ["linus", "linux/amd64,", "linux/arm/v9"] {
            #expect(throws: OptionFormError.self, "\(text)") { try PlatformList(parsing: text) }
        }
        #expect(throws: OptionFormError.self) { try ExactPlatform(parsing: "all") }
        #expect(throws: OptionFormError.self) { try ExactPlatforms(parsing: "all") }
    }

    @Test(arguments: [("env:KEY", KeySource.variable("KEY")), ("a.key", .file("a.key")), ("./env:x", .file("./env:x"))])
    func keysAreFilesOrVariables(text: String, source: KeySource) {
        #expect(KeySource(argument: text) == source)
        #expect(source.description == text)
    }

    @Test(arguments: [
        ("oci:a", true), ("oci-archive:a.tar", true), ("docker-archive:/a.tar", true), ("oci:", false),
        ("zip:a", false),
        ("oci:a:v1", false), ("docker-archive:/a:b", false),
    ]) func destinationsHaveAForm(text: String, isTaken: Bool) {
        #expect(((try? ImageDestination(parsing: text)) != nil) == isTaken)
    }

    @Test(arguments: [
        (["a", "b"], ["check", "a", "b"], ["a", "b"], []),
        (["a", "-v", "-x"], ["check", "a", "--", "-v", "-x"], ["a"], ["-v", "-x"]),
        (["a", "-v", "--", "-x"], ["a", "--", "-v", "--", "-x"], ["a"], ["-v", "--", "-x"]),
        (["-v"], ["--", "-v"], [], ["-v"]),
    ]) func wordsAreDividedAtTheFirstTerminator(
        words: [String], line: [String], own: [String], passedOn: [String]
    ) {
        let divided = CommandWords(words, commandLine: line)
        #expect(divided.own == own && divided.passedOn == passedOn)
    }

    @Test(arguments: [
        (["matrix", "--for", "github", "./...", "-p", "all"], ["./...", "-p", "all"]),
        (["matrix", "--for=github", "--shards=3", "x"], ["x"]),
        (["matrix", "--shards", "3", "--", "--for", "x"], ["--", "--for", "x"]),
        (["matrix"], []),
    ]) func jobsGetTheArgumentsThatCheckTakes(line: [String], kept: [String]) {
        #expect(Matrix.checkArguments(from: line) == kept)
    }

    /// `--prove` alone would take the next word for its value.
    @Test(arguments: [
        (["verify", "--prove", "x"], ["verify", "--prove=start", "x"]),
        (["--prove=run", "--", "--prove"], ["--prove=run", "--", "--prove"]),
    ]) func aBareProofIsWrittenOut(line: [String], written: [String]) {
        #expect(ProofOptions.spelledOut(line) == written)
    }
}
