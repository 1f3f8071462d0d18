/// A question to a running program, from inside its namespaces.
public enum Probe: Sendable, Hashable, Codable {
    /// GET a path from a port of 127.0.0.1: a status from 200 to 399 is an answer.
    case http(port: UInt16, path: String)
    /// Connect to a port of 127.0.0.1.
    case tcp(port: UInt16)
    /// Run another program of the image, which must exit with 0.
    case execute([String])

    /// Reads `http://127.0.0.1:8080/healthz`, `tcp:8080` or `exec:/app,--version`.
    public init(parsing text: String) throws(ProbeFormError) {
        if text.hasPrefix("http://") {
            self = try Probe.http(text.dropFirst(7), text)
        } else if text.hasPrefix("tcp:") {
            guard let port = UInt16(text.dropFirst(4)), port > 0 else { throw .port(text) }
            self = .tcp(port: port)
        } else if text.hasPrefix("exec:") {
            let words = text.dropFirst(5).split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard let first = words.first, !first.isEmpty else { throw .form(text) }
            self = .execute(words)
        } else {
            throw .form(text)
        }
    }

    private static func http(_ rest: Substring, _ text: String) throws(ProbeFormError) -> Probe {
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let parts = rest[..<slash].split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, ["127.0.0.1", "localhost"].contains(host), parts.count <= 2 else {
            throw .host(text)
        }
        guard let port = parts.count == 1 ? 80 : UInt16(parts[1]), port > 0 else { throw .port(text) }
        let path = String(rest[slash...])
        guard path.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw .form(text) }
        return .http(port: port, path: path.isEmpty ? "/" : path)
    }

    /// The probe as it is written.
    public var text: String {
        switch self {
        case .http(let port, let path): "http://127.0.0.1:\(port)\(path)"
        case .tcp(let port): "tcp:\(port)"
        case .execute(let words): "exec:" + words.joined(separator: ",")
        }
    }
}

/// Why a text is no probe.
public enum ProbeFormError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It has none of the three forms.
    case form(String)
    /// The port is not a number from 1 to 65535.
    case port(String)
    /// It asks another host than the container.
    case host(String)

    /// What is wrong, and how to write it.
    public var description: String {
        switch self {
        case .form(let text):
            "'\(text)' is not a probe: write http://127.0.0.1:8080/healthz, tcp:8080 or exec:/app,--version"
        case .port(let text): "'\(text)': the port is not a number from 1 to 65535"
        case .host(let text): "'\(text)': only 127.0.0.1 is there, because the container has a network of its own"
        }
    }
}
