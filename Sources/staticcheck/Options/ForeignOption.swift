import ArgumentParser

/// An option that is written as another tool takes it. The parser would read `-checks` as `-c -h …`, so the command line is looked
/// through before.
enum ForeignOption: Error, Sendable, Hashable, CustomStringConvertible {
    /// An option of the Go linter of the same name.
    case linter(String)
    /// A check of that linter, where a rule is named.
    case linterCheck(String)
    /// One of our own options with one dash, as Go's flags are written.
    case oneDash(String)
    /// A flag of go build.
    case goBuild(String)

    var description: String {
        switch self {
        case .linter(let option):
            "\(option) is an option of the Go linter of the same name. \(ForeignOption.whichIsWhich)"
        case .linterCheck(let name):
            "\(name) is a check of the Go linter of the same name. \(ForeignOption.whichIsWhich)"
        case .oneDash(let option): "\(option): options of more than one letter have two dashes: -\(option)"
        case .goBuild(let option):
            "\(option) is a flag of go build; those follow --: staticcheck ./cmd/app -- \(option)"
        }
    }

    /// The name of a check of the linter, such as `SA1000`; nil for any other word.
    init?(checkOfLinter word: String) {
        let letters = word.prefix { $0.isLetter }
        let digits = word.dropFirst(letters.count)
        guard ["SA", "S", "ST", "QF", "U"].contains(letters.uppercased()), digits.count == 4,
            digits.allSatisfy({ ("0"..."9").contains($0) })
        else { return nil }
        self = .linterCheck(word)
    }

    /// Looks for the first such option. Values of options and words after `--` are passed over.
    ///
    /// - Parameter isOwn: Whether a name is that of a long option of the command.
    init?(in arguments: [String], isOwn: (String) -> Bool) {
        let own = arguments.prefix { $0 != "--" }
        for (before, word) in zip([""] + own, own) where !ForeignOption.takingAnything.contains(before) {
            guard let found = ForeignOption(word, isOwn: isOwn) else { continue }
            self = found
            return
        }
        return nil
    }

    private init?(_ word: String, isOwn: (String) -> Bool) {
        guard word.hasPrefix("-") else { return nil }
        let option = String(word.prefix { $0 != "=" })
        let name = String(option.drop { $0 == "-" })
        let dashes = option.count - name.count
        if ForeignOption.ofLinter.contains(name) || name.hasPrefix("debug.") {
            self = .linter(option)
        } else if dashes == 1, ForeignOption.ofLinterWithOneDash.contains(name) {
            self = .linter(option)
        } else if dashes == 1, name.count > 1, isOwn(name) {
            self = .oneDash(option)
        } else if dashes == 1, ForeignOption.ofGoBuild.contains(name) {
            self = .goBuild(word)
        } else {
            return nil
        }
    }

    private static let whichIsWhich = """
        This program is not the linter: it proves that Go programs run in FROM scratch containers.
          for the linter: go install honnef.co/go/tools/cmd/staticcheck@latest
          for this program: staticcheck --help; it is also installed as scratchcheck, for machines that have both
        """

    /// Our options that take the next word even if it begins with a dash.
    private static let takingAnything: Set<String> = ["--ldflags", "--arg", "--cmd", "--require-fact"]

    // The linter's: honnef.co/go/tools, lintcmd/cmd.go. It has -go, -tags and -version too, which are meant as ours.
    private static let ofLinter: Set<String> = ["checks", "list-checks", "show-ignored"]
    private static let ofLinterWithOneDash: Set<String> = ["explain", "f", "fail", "matrix", "merge", "tests"]
    private static let ofGoBuild: Set<String> = [
        "asan", "asmflags", "buildmode", "compiler", "cover", "gccgoflags", "gcflags", "installsuffix", "linkshared",
        "modcacherw", "modfile", "msan", "overlay", "pgo", "pkgdir", "race", "work",
    ]
}

extension ForeignOption {
    /// Looks through the command line of this program.
    init?(in arguments: [String]) {
        var help: String?
        self.init(in: arguments) { name in
            // Making the help text takes a while, and only options with one dash and several letters need it.
            let text =
                help ?? StaticcheckCommand.helpMessage(for: StaticcheckCommand.meant(by: arguments), columns: 200)
            help = text
            return text.contains("--\(name) ") || text.contains("--\(name)\n")
        }
    }
}
