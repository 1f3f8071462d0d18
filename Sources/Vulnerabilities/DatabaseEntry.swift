import Text

/// An entry of the Go vulnerability database.
///
/// Source: https://go.dev/doc/security/vuln/database#schema. Fields that are not used here are left out.
struct DatabaseEntry: Decodable, Sendable {
    let id: String
    let withdrawn: Time?
    let aliases: [String]?
    let summary: String?
    let details: String?
    let affected: [Affected]?

    /// A time as RFC 3339 writes it. Any other text makes the entry unreadable, because nobody can tell whether it was withdrawn.
    struct Time: Decodable, Sendable {
        init(from decoder: any Decoder) throws {
            let values = try decoder.singleValueContainer()
            let text = try values.decode(String.self)
            guard Timestamp(rfc3339: text) != nil else {
                throw DecodingError.dataCorruptedError(in: values, debugDescription: "'\(text)' is not a time")
            }
        }
    }

    /// A module, its versions and its code.
    struct Affected: Decodable, Sendable {
        let package: Module
        let ranges: [VersionRange]?
        let ecosystemSpecific: Code?

        private enum CodingKeys: String, CodingKey {
            case package, ranges
            case ecosystemSpecific = "ecosystem_specific"
        }

        /// The affected packages; empty if the entry names none.
        var packages: [Package] { ecosystemSpecific?.imports ?? [] }
    }

    /// A module. The schema calls it a package.
    struct Module: Decodable, Sendable {
        let name: String
    }

    struct Code: Decodable, Sendable {
        let imports: [Package]?
    }

    /// A package and what of it is affected.
    struct Package: Decodable, Sendable {
        let path: String
        let goos: [String]?
        let goarch: [String]?
        /// Functions and methods, `Template.Execute`; all of the package is affected if there are none.
        let symbols: [String]?

        /// Whether it is affected in a program for a system and a machine. An empty list means all of them.
        func isFor(goos system: String?, goarch machine: String?) -> Bool {
            func accepts(_ list: [String]?, _ word: String?) -> Bool {
                guard let list, let word, !list.isEmpty else { return true }
                return list.contains(word)
            }
            return accepts(goos, system) && accepts(goarch, machine)
        }
    }

    /// The affected versions of a module, whatever the platform and the package.
    func ranges(of module: String) -> [VersionRange] {
        (affected ?? []).filter { $0.package.name == module }.flatMap { $0.ranges ?? [] }
    }

    /// The number of boundaries between versions.
    var eventCount: Int {
        (affected ?? []).flatMap { $0.ranges ?? [] }.reduce(0) { $0 + ($1.events?.count ?? 0) }
    }

    /// What is wrong, in one line.
    var headline: String {
        let text = summary ?? details ?? ""
        return String(text.split(separator: "\n").first ?? "no summary")
    }
}
