import Processes
public import SystemPackage

/// Facts from git about the sources, for the placeholders in `--ldflags`.
public struct GitFacts: Sendable, Hashable {
    /// The output of `git describe --tags --always --dirty`.
    public let version: String
    /// The full hash of the commit.
    public let commit: String
    /// The time of the commit, RFC 3339 in UTC, so that every build of the commit has the same time.
    public let date: String

    /// Makes facts without asking git.
    public init(version: String, commit: String, date: String) {
        self.version = version
        self.commit = commit
        self.date = date
    }

    /// Asks git about the repository around a folder.
    ///
    /// - Parameters:
    ///   - directory: The folder.
    ///   - environment: The environment in which git runs, with PATH.
    ///   - date: A time to use instead of the commit's, as RFC 3339; nil uses the commit's.
    /// - Throws: `BuildError` if git is missing, the folder is not in a repository, or that has no commit.
    public static func of(
        _ directory: FilePath, environment: [String: String], date: String?
    ) async throws -> GitFacts {
        let format = "%Y-%m-%dT%H:%M:%SZ"
        let committed: String
        do {
            committed = try await ask(
                ["log", "-1", "--date=format-local:\(format)", "--format=%cd"], in: directory, environment)
        } catch BuildError.gitFailed(_, _, let said) {
            throw BuildError.noGitFacts(directory: directory, said: said)
        }
        return GitFacts(
            version: try await ask(["describe", "--tags", "--always", "--dirty"], in: directory, environment),
            commit: try await ask(["rev-parse", "HEAD"], in: directory, environment), date: date ?? committed)
    }

    /// The full hash of the commit that is checked out around a folder; nil if git does not know one.
    public static func commit(of directory: FilePath, environment: [String: String]) async -> String? {
        try? await ask(["rev-parse", "HEAD"], in: directory, environment)
    }

    /// The web address of the repository around a folder, from its remote `origin`.
    ///
    /// - Returns: nil if there is no such remote, or it is on this machine. User and password are left out.
    public static func source(of directory: FilePath, environment: [String: String]) async -> String? {
        guard let remote = try? await ask(["remote", "get-url", "origin"], in: directory, environment) else {
            return nil
        }
        return webAddress(of: remote)
    }

    /// `git@host:path.git` and `ssh://git@host/path.git` become `https://host/path`.
    static func webAddress(of remote: String) -> String? {
        var rest = remote[...]
        let schemes = ["https://", "http://", "ssh://", "git://"]
        if let scheme = schemes.first(where: rest.hasPrefix) {
            rest = rest.dropFirst(scheme.count)
        } else {
            guard !remote.contains("://") else { return nil }
            // The short form of ssh has a colon before the first slash.
            guard let colon = rest.firstIndex(of: ":"), colon > rest.startIndex, !rest[..<colon].contains("/") else {
                return nil
            }
            rest.replaceSubrange(colon...colon, with: "/")
        }
        guard let slash = rest.firstIndex(of: "/") else { return nil }
        var host = rest[..<slash]
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        // The port is for ssh, not for a browser.
        if !remote.hasPrefix("http"), let colon = host.firstIndex(of: ":") { host = host[..<colon] }
        let path = rest[slash...].hasSuffix(".git") ? rest[slash...].dropLast(4) : rest[slash...]
        return host.isEmpty || path.count < 2 ? nil : "https://\(host)\(path)"
    }

    /// A checked-in folder can look like a bare repository whose configuration names a program for git to run.
    private static let safety = ["-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false"]

    static func ask(
        _ arguments: [String], in directory: FilePath, _ environment: [String: String]
    ) async throws -> String {
        try await lines(arguments, in: directory, environment).first ?? ""
    }

    /// Runs git and returns the lines that it prints.
    static func lines(
        _ arguments: [String], in directory: FilePath, _ environment: [String: String]
    ) async throws -> [String] {
        guard let git = SearchPath.program("git", in: environment["PATH"] ?? "/usr/bin:/bin") else {
            throw BuildError.gitNotFound
        }
        let command = Command(
            executable: git, arguments: safety + arguments,
            environment: environment.merging(["TZ": "UTC"]) { $1 }, workingDirectory: directory)
        let outcome = try await ChildProcess.run(command)
        guard outcome.succeeded else {
            let said = outcome.errors.split(separator: "\n").first.map(String.init) ?? "\(outcome.ending)"
            throw BuildError.gitFailed(arguments, directory: directory, said: said)
        }
        return outcome.output.split(separator: "\n").map(String.init)
    }

    /// The names of the placeholders in a text, in order.
    public static func placeholders(in text: String) -> [String] { parts(of: text).parts.map(\.name) }

    /// The text with its placeholders replaced.
    ///
    /// - Throws: `BuildError` for an unknown placeholder.
    public func filling(_ text: String) throws(BuildError) -> String {
        let values = ["version": version, "commit": commit, "date": date]
        let (parts, rest) = GitFacts.parts(of: text)
        var filled = ""
        for (before, name) in parts {
            guard let value = values[name] else {
                throw .unknownPlaceholder(name, known: values.keys.sorted())
            }
            filled += before + value
        }
        return filled + rest
    }

    /// Each placeholder with the text before it, and the text after the last.
    public static func parts(of text: String) -> (parts: [(before: Substring, name: String)], rest: Substring) {
        var parts: [(before: Substring, name: String)] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let name = rest[open.upperBound..<close.lowerBound].filter { $0 != " " }
            parts.append((rest[..<open.lowerBound], name))
            rest = rest[close.upperBound...]
        }
        return (parts, rest)
    }
}
