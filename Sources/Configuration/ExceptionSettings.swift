import GoBinary
import Verification

extension Configuration {
    /// One entry of `policy.exceptions`.
    static func exception(_ value: Value) throws(ConfigurationError) -> Exception {
        let entries = try value.entries(["rule", "reason", "until", "packages", "platforms", "paths", "advisories"])
        guard let rule = entries["rule"], let reason = entries["reason"] else {
            throw value.error(.missingKeys(["rule", "reason"], in: value.path))
        }
        let name = try rule.text()
        _ = try rule.read { try Policy.check(rule: $0) }
        return Exception(
            rule: name, reason: try reason.words(), until: try entries["until"].map(day),
            packages: try entries["packages"]?.someStrings() ?? [],
            platforms: try entries["platforms"]?.someTexts().map { (text) throws(ConfigurationError) in
                try text.read(Platform.init(known:))
            } ?? [],
            paths: try entries["paths"]?.someTexts().map(path) ?? [],
            advisories: try entries["advisories"]?.someStrings() ?? [])
    }

    /// The path of a program in an image, or of a folder with a slash at the end.
    private static func path(_ value: Value) throws(ConfigurationError) -> String {
        let text = try value.text()
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard text.hasPrefix("/"), !parts.dropLast().contains(""), !parts.contains("."), !parts.contains("..") else {
            throw value.error(
                .wrongForm(key: value.path, wanted: "an absolute path such as /usr/bin/tool", found: text))
        }
        return text
    }

    /// A day as ISO 8601 writes it, `2027-01-31`. February may have 29 days in any year.
    private static func day(_ value: Value) throws(ConfigurationError) -> String {
        let text = try value.text()
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
            (1...days[month - 1]).contains(day)
        else { throw value.error(.wrongForm(key: value.path, wanted: "a day such as 2027-01-31", found: text)) }
        return text
    }
}

extension Value {
    /// A list with an entry at least. A list that a template left empty must not open the exception for all.
    fileprivate func someTexts() throws(ConfigurationError) -> [Value] {
        let texts = try texts()
        guard !texts.isEmpty else {
            throw error(.wrongForm(key: path, wanted: "at least one entry, or no such key for all", found: "none"))
        }
        return texts
    }

    fileprivate func someStrings() throws(ConfigurationError) -> [String] {
        try someTexts().map { (value) throws(ConfigurationError) in try value.text() }
    }

    /// A text that says something.
    fileprivate func words() throws(ConfigurationError) -> String {
        let text = try text()
        guard !text.allSatisfy(\.isWhitespace) else {
            throw error(.wrongForm(key: path, wanted: "a reason", found: "blanks"))
        }
        return text
    }
}
