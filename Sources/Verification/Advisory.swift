/// A known vulnerability of a module, at the version that a program was built with.
public struct Advisory: Sendable, Hashable, Codable {
    /// Its identifier in the database, `GO-2023-2043`.
    public let id: String
    /// The identifiers of the same vulnerability in other databases, `CVE-2023-39319`.
    public let aliases: [String]
    /// What is wrong, in one line.
    public let summary: String
    /// The path of the module; `stdlib` for the standard library and `toolchain` for the go command.
    public let module: String
    /// The version of the module in the program; nil if it is not known.
    public let version: String?
    /// The first later version without the vulnerability; nil if there is none.
    public let fixedVersion: String?
    /// Whether the affected code is in the program.
    public let state: State
    /// The affected functions in the program, `html/template.Template.Execute`; the packages, if all of a package is affected.
    public let functions: [String]
    /// Why the state is unknown; nil if it is known.
    public let reason: String?

    /// Whether the affected code is in a program.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// An affected function is in the program.
        case linked
        /// An affected package is in the program, none of the affected functions is.
        case packageOnly = "package-only"
        /// No affected package is in the program.
        case notLinked = "not-linked"
        /// The advisory or the program does not say enough.
        case unknown
    }

    /// Describes a vulnerability.
    public init(
        id: String, aliases: [String] = [], summary: String, module: String, version: String?,
        fixedVersion: String? = nil, state: State, functions: [String] = [], reason: String? = nil
    ) {
        self.id = id
        self.aliases = aliases
        self.summary = summary
        self.module = module
        self.version = version
        self.fixedVersion = fixedVersion
        self.state = state
        self.functions = functions
        self.reason = reason
    }

    /// The name in the database and the CVE numbers, `GO-2023-2043 (CVE-2023-39319)`.
    public var name: String {
        let numbers = aliases.filter { $0.hasPrefix("CVE-") }
        return numbers.isEmpty ? id : "\(id) (\(numbers.joined(separator: ", ")))"
    }

    /// The page of the database about it.
    public var page: String { "https://pkg.go.dev/vuln/\(id)" }

    /// Whether it has a name, in the database or in another one.
    func isNamed(_ name: String) -> Bool { id == name || aliases.contains(name) }
}

/// What a database of vulnerabilities says about a program.
public struct AdvisoryScan: Sendable, Hashable, Codable {
    /// When the database was last changed, as RFC 3339 writes it.
    public let databaseModified: String
    /// The advisories for the versions of the program's modules, sorted by identifier.
    public let advisories: [Advisory]
    /// What could not be looked up, and why; each a sentence.
    public let gaps: [String]
    /// Why the database could not be read; nil if it could.
    public let failure: String?

    /// Makes a result.
    public init(databaseModified: String, advisories: [Advisory] = [], gaps: [String] = [], failure: String? = nil) {
        self.databaseModified = databaseModified
        self.advisories = advisories
        self.gaps = gaps
        self.failure = failure
    }

    /// The result; nil if the database could not be read, and so nothing was looked up.
    public var ifRead: AdvisoryScan? { failure == nil ? self : nil }

    /// The number of advisories in a state.
    public func count(_ state: Advisory.State) -> Int { advisories.count { $0.state == state } }
}

/// A database of vulnerabilities.
public protocol AdvisoryLookup: Sendable {
    /// Looks up the modules of a program.
    ///
    /// - Returns: The result, which says so if the database could not be read; nil if the file is not a program.
    func scan(_ subject: Subject) -> AdvisoryScan?
}

extension AdvisoryScan: Evidence {
    static var isFromElsewhere: Bool { true }

    init?(of subject: borrowing Subject) {
        guard let scan = subject.advisories else { return nil }
        self = scan
    }
}
