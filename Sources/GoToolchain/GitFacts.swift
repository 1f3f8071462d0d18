import FoundationEssentials
import Processes
public import SystemPackage

/// What git says of the sources, for the placeholders of `--ldflags`.
public struct GitFacts: Sendable, Hashable {
    /// `git describe --tags --always --dirty`.
    public let version: String
    /// The commit's whole name.
    public let commit: String
    /// The commit's time, RFC 3339 in UTC, so that every build of the commit has the same.
    public let date: String

    /// Makes facts.
    public init(version: String, commit: String, date: String) {
        self.version = version
        self.commit = commit
        self.date = date
    }

    /// Asks git about the repository around a folder.
    ///
    /// - Parameters:
    ///   - directory: The folder.
    ///   - environment: The environment in which git runs.
    ///   - date: A time that takes the place of the commit's, as RFC 3339; nil takes that.
    /// - Throws: `BuildError` outside of a repository, or in one without a commit.
    public static func of(
        _ directory: FilePath, environment: [String: String], date: String?
    ) async throws -> GitFacts {
        let format = "%Y-%m-%dT%H:%M:%SZ"
        let committed = try await ask(
            ["log", "-1", "--date=format-local:\(format)", "--format=%cd"], in: directory, environment)
        return GitFacts(
            version: try await ask(["describe", "--tags", "--always", "--dirty"], in: directory, environment),
            commit: try await ask(["rev-parse", "HEAD"], in: directory, environment), date: date ?? committed)
    }

    /// Where the repository around a folder can be read by others: the address of its remote `origin`, as one for a browser.
    ///
    /// - Returns: nil where there is none, or one that leads to this machine. A password in it is left out.
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
            // The short form of ssh, which has a colon before the first slash.
            guard let colon = rest.firstIndex(of: ":"), colon > rest.startIndex, !rest[..<colon].contains("/") else {
                return nil
            }
            rest.replaceSubrange(colon...colon, with: "/")
        }
        guard let slash = rest.firstIndex(of: "/") else { return nil }
        var host = rest[..<slash]
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        // The port of ssh is not that of a browser.
        if !remote.hasPrefix("http"), let colon = host.firstIndex(of: ":") { host = host[..<colon] }
        let path = rest[slash...].hasSuffix(".git") ? rest[slash...].dropLast(4) : rest[slash...]
        return host.isEmpty || path.count < 2 ? nil : "https://\(host)\(path)"
    }

    private static func ask(
        _ arguments: [String], in directory: FilePath, _ environment: [String: String]
    ) async throws -> String {
        let command = Command(
            executable: "/usr/bin/env", arguments: ["git"] + arguments,
            environment: environment.merging(["TZ": "UTC"]) { $1 }, workingDirectory: directory)
        let outcome = try await ChildProcess.run(command)
        guard outcome.succeeded else {
            let said = outcome.errors.split(separator: "\n").first.map(String.init) ?? outcome.ending
            throw BuildError("git \(arguments.joined(separator: " ")) failed in \(directory): \(said)")
        }
        return outcome.output.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// The placeholders of a text, without their braces, in their order.
    public static func placeholders(in text: String) -> [String] { parts(of: text).parts.map(\.name) }

    /// The text with its placeholders replaced.
    ///
    /// - Throws: `BuildError` for a placeholder that there is not.
    public func filling(_ text: String) throws(BuildError) -> String {
        let values = ["version": version, "commit": commit, "date": date]
        let (parts, rest) = GitFacts.parts(of: text)
        var filled = ""
        for (before, name) in parts {
            guard let value = values[name] else {
                let known = values.keys.sorted().map { "{{\($0)}}" }.joined(separator: ", ")
                throw BuildError("there is no placeholder {{\(name)}}; there are \(known)")
            }
            filled += before + value
        }
        return filled + rest
    }

    /// Each placeholder with the text before it, and the text behind the last.
    private static func parts(of text: String) -> (parts: [(before: Substring, name: String)], rest: Substring) {
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

extension Substring {
    /// The first place of a text.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
