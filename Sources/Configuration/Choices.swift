/// The formats of a report, as `--format` and `--report` name them.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    case text, json, sarif, junit, github, gitlab, markdown, tap, html
}

/// What is written beside a signed binary.
public enum StampFormat: String, Sendable, Hashable, CaseIterable {
    /// A DSSE envelope for each in-toto statement.
    case intoto
    /// The same, and a Sigstore bundle.
    case sigstore
}

/// How go resolves modules: `go help modules`, flag `-mod`.
public enum ModuleMode: String, Sendable, Hashable, CaseIterable {
    case readonly, vendor, mod
}

/// Whether go writes the commit into binaries: `go help build`, flag `-buildvcs`.
public enum CommitStamping: String, Sendable, Hashable, CaseIterable {
    case auto
    case always = "true"
    case never = "false"
}

/// How C code is compiled.
public enum CgoChoice: String, Sendable, Hashable, CaseIterable {
    /// Not at all: CGO_ENABLED=0.
    case off
    /// By zig, for each platform.
    case zig
    /// By musl-gcc, or the compiler in CC, for the platform of this machine.
    case native
}

/// How the layers of an image are stored.
public enum LayerStorage: String, Sendable, Hashable, CaseIterable {
    case gzip
    case zstd
    /// As they are, so that no version of a library changes the image.
    case none
}

/// How far the image of each platform must get before it is written.
public enum ProofDepth: String, Sendable, Hashable, CaseIterable {
    /// Its program is loaded.
    case start
    /// Its program runs, answers and ends.
    case run
}

/// Where a private key is.
public enum KeySource: Sendable, Hashable, CustomStringConvertible {
    /// A PEM file.
    case file(String)
    /// An environment variable that holds the PEM text.
    case variable(String)

    /// Reads `env:NAME` or a path.
    public init(_ text: String) {
        self = text.hasPrefix("env:") ? .variable(String(text.dropFirst(4))) : .file(text)
    }

    /// The key as it is named on a command line.
    public var description: String {
        switch self {
        case .file(let path): path
        case .variable(let name): "env:\(name)"
        }
    }
}
