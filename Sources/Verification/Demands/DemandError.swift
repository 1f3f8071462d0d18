/// Why a demand cannot be understood, and what to write.
public enum DemandError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Not `NAME=VALUE`.
    case form(String)
    /// The name is not one of a fact; with one that is spelled similarly, if there is one.
    case unknownName(String, nearest: String?)
    /// A setting has no order.
    case noMinimum(String)
    /// Not a version of Go.
    case goVersion(String)
    /// Not a version of a module.
    case moduleVersion(String, of: String)
    /// Not a mode.
    case fipsMode(String)
    /// Not a pattern of import paths.
    case pattern(String)
    /// Not a capability.
    case capability(String)

    /// What is wrong, and what to write.
    public var description: String {
        switch self {
        case .form(let text):
            "'\(text)' is not a fact: write NAME=VALUE for a build setting (CGO_ENABLED=0), go>=1.26, fips140=on, or "
                + "MODULE>=VERSION (golang.org/x/net>=v0.38.0)"
        case .unknownName(let name, let nearest):
            "unknown fact '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
                + ": write a build setting as 'go version -m' shows it (CGO_ENABLED=0, -trimpath=true, vcs.modified=false), "
                + "go, fips140, or the path of a module"
        case .noMinimum(let name): "'\(name)' has no order: write \(name)=VALUE"
        case .goVersion(let text): "'\(text)' is not a version of Go: write go=1.27.1 or go>=1.26"
        case .moduleVersion(let text, let path):
            "'\(text)' is not a version of a module: write \(path)>=v1.2.3 or \(path)=v1.2.3"
        case .fipsMode(let text): "'\(text)' is not a mode: write fips140=on, fips140=only or fips140=off"
        case .pattern(let text):
            "'\(text)' is not a pattern of paths: write net/http/pprof, or github.com/owner/... for all below"
        case .capability(let text):
            "unknown capability '\(text)': write some of \(Capability.allCases.map(\.rawValue).joined(separator: ",")), or none"
        }
    }
}
