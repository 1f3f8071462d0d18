public import GoBinary
import Text

/// A fact of a program that must be: a build setting, the version of Go or of a module, FIPS 140-3 mode.
public enum FactDemand: Sendable, Hashable {
    /// A setting of the build info with this value: `-trimpath=true`.
    case setting(String, String)
    /// Built by this version of Go; without a patch number, by any of its releases.
    case go(GoVersion)
    /// Built by this version of Go or a later one.
    case goAtLeast(GoVersion)
    /// FIPS 140-3 mode, unless the environment changes it.
    case fips(FIPSMode)
    /// A module that is in the program has this version.
    case module(String, SemanticVersion)
    /// A module that is in the program has this version or a later one.
    case moduleAtLeast(String, SemanticVersion)

    /// The FIPS 140-3 mode of Go's cryptography (https://go.dev/doc/security/fips140).
    public enum FIPSMode: String, Sendable, Hashable, CaseIterable {
        /// On, or only approved algorithms.
        case on
        /// Only approved algorithms: others fail.
        case only
        /// Off.
        case off
    }

    /// Reads `NAME=VALUE` or `NAME>=VERSION`.
    ///
    /// - Throws: `DemandError` that says what to write.
    public init(parsing text: String) throws(DemandError) {
        guard let equals = text.firstIndex(of: "=") else { throw .form(text) }
        let left = text[..<equals]
        let isMinimum = left.hasSuffix(">")
        let name = (isMinimum ? left.dropLast() : left).trimmed
        let value = text[text.index(after: equals)...].trimmed
        guard !name.isEmpty, text.utf8.count <= 4096, !text.utf8.contains(where: { $0 < 0x20 }) else {
            throw .form(text)
        }
        switch name {
        case "go":
            guard let version = FactDemand.goVersion(value) else { throw .goVersion(value) }
            self = isMinimum ? .goAtLeast(version) : .go(version)
        case "fips140":
            guard !isMinimum, let mode = FIPSMode(rawValue: value) else { throw .fipsMode(text) }
            self = .fips(mode)
        case _ where FactDemand.isSetting(name):
            guard !isMinimum else { throw .noMinimum(name) }
            self = .setting(name, value)
        case _ where FactDemand.isModulePath(name):
            guard value.hasPrefix("v"), let version = SemanticVersion(value) else {
                throw .moduleVersion(value, of: name)
            }
            self = isMinimum ? .moduleAtLeast(name, version) : .module(name, version)
        default: throw .unknownName(name, nearest: Spelling.nearest(to: name, in: FactDemand.names))
        }
    }

    /// A version of Go that is written as one: `1.26`, `go1.27.1`, `1.28rc1`.
    private static func goVersion(_ text: String) -> GoVersion? {
        let word = text.hasPrefix("go") ? text : "go" + text
        guard let version = GoVersion(word), version.description == word else { return nil }
        let digits = version.preview.drop { $0.isLetter }
        let stage = version.preview.dropLast(digits.count)
        let isPreview = ["rc", "beta"].contains(stage) && UInt16(digits) != nil
        return version.preview.isEmpty || isPreview ? version : nil
    }

    /// Whether the go command could write a setting of this name.
    private static func isSetting(_ name: String) -> Bool {
        if name.hasPrefix("-") {
            return name.utf8.count > 1 && name.utf8.dropFirst().allSatisfy(\.isASCIILetterOrDigit)
        }
        if name == "DefaultGODEBUG" || name == "vcs" || name.hasPrefix("vcs.") { return true }
        let isVariable = name.utf8.allSatisfy { (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
        return isVariable && (name.hasPrefix("GO") || name.hasPrefix("CGO_"))
    }

    /// Whether it can be the path of a module: with a dot or a slash, as all that are not local have.
    private static func isModulePath(_ name: String) -> Bool {
        guard name.contains("/") || name.contains("."), let pattern = try? ImportPattern(parsing: name) else {
            return false
        }
        return !pattern.description.contains("..") && !name.hasPrefix(".")
    }

    /// What names are likely meant by a misspelt one.
    private static let names =
        [
            "go", "fips140", "-asan", "-buildmode", "-compiler", "-cover", "-gcflags", "-ldflags", "-msan", "-pgo",
            "-race",
            "-tags", "-trimpath", "CGO_ENABLED", "DefaultGODEBUG", "GOARCH", "GOEXPERIMENT", "GOFIPS140", "GOOS", "vcs",
            "vcs.modified", "vcs.revision", "vcs.time",
        ] + Platform.variantVariables.sorted()
}

extension FactDemand: CustomStringConvertible {
    /// The demand, as command lines and configurations write it.
    public var description: String {
        switch self {
        case .setting(let name, let value): "\(name)=\(value)"
        case .go(let version): "go=\(version.number)"
        case .goAtLeast(let version): "go>=\(version.number)"
        case .fips(let mode): "fips140=\(mode.rawValue)"
        case .module(let path, let version): "\(path)=\(version)"
        case .moduleAtLeast(let path, let version): "\(path)>=\(version)"
        }
    }
}

extension GoVersion {
    /// The version without `go`.
    fileprivate var number: String { String(description.dropFirst(2)) }
}

extension StringProtocol {
    /// The text without blanks at its ends.
    var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.prefix(upTo: start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.startIndex))
    }
}
