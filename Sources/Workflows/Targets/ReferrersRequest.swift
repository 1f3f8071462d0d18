import FoundationEssentials
import Processes
import ScratchImage
import SystemPackage
import Text

/// Asks a registry for what refers to an image, with curl. skopeo cannot.
///
/// Only public repositories, and those that `~/.netrc` has a password for, answer. For others, summaries are found by their tag.
struct ReferrersRequest: Sendable {
    private let curl: ForeignTool
    private let name: RegistryName
    private let isInsecure: Bool
    private let folder: FilePath

    /// - Parameter folder: Where curl runs.
    init?(to name: String, isInsecure: Bool, in folder: FilePath, _ context: Context) {
        guard let curl = try? ForeignTool.first(of: ["curl"], for: "", in: context) else { return nil }
        self.curl = curl
        self.name = RegistryName(name)
        self.isInsecure = isInsecure
        self.folder = folder
    }

    /// The digests of the summaries and stamps of a manifest or an index; empty if the registry does not say.
    func digests(of digest: String) async throws -> [String] {
        for scheme in isInsecure ? ["https", "http"] : ["https"] {
            let url = "\(scheme)://\(name.host)/v2/\(name.repository)/referrers/\(digest)"
            guard let answer = try await get(url) else { continue }
            if answer.status == 200 { return Referrers.stamps(in: Array(answer.body.utf8)) }
            guard answer.status == 401, let challenge = BearerChallenge(answer.challenge),
                let token = try await token(for: challenge),
                let second = try await get(url, token: token), second.status == 200
            else { return [] }
            return Referrers.stamps(in: Array(second.body.utf8))
        }
        return []
    }

    private struct Answer {
        let status: Int
        let challenge: String
        let body: String
    }

    /// Gets a document; nil if the registry does not answer.
    ///
    /// - Parameter token: Goes to curl's standard input, because every user of a machine can read command lines.
    private func get(_ url: String, token: String? = nil) async throws -> Answer? {
        let options = [
            "--silent", "--max-time", "30", "--max-filesize", "4194304", "--netrc-optional", "--proto", "=http,https",
            "--header", "Accept: application/vnd.oci.image.index.v1+json", "--header", "@-",
            "--write-out", "\n%header{www-authenticate}\n%{http_code}",
        ]
        let input = token.map { "Authorization: Bearer \($0)\n" } ?? ""
        let outcome = try await curl.outcome(
            of: options + (isInsecure ? ["--insecure"] : []) + ["--url", url], input: Array(input.utf8), in: folder)
        var lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        guard outcome.succeeded, let status = lines.popLast().flatMap({ Int($0) }), let challenge = lines.popLast()
        else { return nil }
        return Answer(status: status, challenge: String(challenge), body: lines.joined(separator: "\n"))
    }

    /// A token for reading, from where the registry says
    /// (https://distribution.github.io/distribution/spec/auth/token/).
    private func token(for challenge: BearerChallenge) async throws -> String? {
        let scope = "repository:\(name.repository):pull".percentEncoded(keeping: "-._~")
        let service = challenge.service.map { "&service=" + $0.percentEncoded(keeping: "-._~") } ?? ""
        guard challenge.realm.hasPrefix("https://") || isInsecure,
            let answer = try await get("\(challenge.realm)?scope=\(scope)\(service)"), answer.status == 200,
            let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(answer.body.utf8))
        else { return nil }
        let token = tokens.token ?? tokens.accessToken
        return token.flatMap { $0.utf8.allSatisfy { (0x21...0x7e).contains($0) } ? $0 : nil }
    }

    private struct Tokens: Decodable {
        let token: String?
        let accessToken: String?

        enum CodingKeys: String, CodingKey {
            case token
            case accessToken = "access_token"
        }
    }
}

/// Where to get a token: the header `WWW-Authenticate: Bearer realm="…",service="…"` (RFC 6750, section 3).
struct BearerChallenge: Sendable, Hashable {
    let realm: String
    let service: String?

    init?(_ header: String) {
        guard header.lowercased().hasPrefix("bearer ") else { return nil }
        func value(_ key: String) -> String? {
            guard let start = header.firstRange(of: key + "=\"")?.upperBound,
                let end = header[start...].firstIndex(of: "\"")
            else { return nil }
            return String(header[start..<end])
        }
        guard let realm = value("realm"), !realm.contains("?"), !realm.contains(" ") else { return nil }
        self.realm = realm
        service = value("service")
    }
}
