import Text

extension ConfigurationError.Fault: CustomStringConvertible {
    /// What is wrong, and what to write instead.
    public var description: String {
        switch self {
        case .notUTF8: "is not UTF-8 text"
        case .tooLarge(let limit): "is larger than \(limit >> 20) MiB, too large for a configuration"
        case .notYAML(let reason): reason
        case .secondDocument: "a second YAML document; write only one"
        case .wrongType(let key, let wanted, let found): "\(Self.named(key)) must be \(wanted), but is \(found)"
        case .unknownKey(let key, let parent, let known):
            "unknown key '\(key)'\(parent.isEmpty ? "" : " in '\(parent)'")\(Self.hint(for: key, in: known))"
        case .keyIsNotText(let parent): "a key of \(Self.named(parent)) is not text"
        case .missingKeys(let keys, let parent):
            "\(Self.named(parent)) needs \(keys.count > 1 ? "both " : "")\(keys.map { "'\($0)'" }.joined(separator: " and "))"
        case .unknownWord(let key, let found, let known):
            "\(Self.named(key)) must be one of \(known.joined(separator: ", ")), but is '\(found)'"
                + Spelling.hint(for: found, in: known)
        case .wrongForm(let key, let wanted, let found): "\(Self.named(key)) must be \(wanted), but is '\(found)'"
        case .refused(let key, let reason): "\(Self.named(key)): \(reason)"
        case .unsafe(let key, let setting): "\(Self.named(key)): \(setting)"
        case .outsideRepository(let key, let path, let way):
            "\(Self.named(key)): '\(path)' \(way); write a path below the folder of this file, or use the command line"
        case .source(let key, let path):
            "\(Self.named(key)): '\(path)' is a source, or belongs to git, and would be replaced; name another file"
        }
    }

    private static func named(_ key: String) -> String { key.isEmpty ? "the file" : "'\(key)'" }

    private static func hint(for key: String, in known: [String]) -> String {
        let hint = Spelling.hint(for: key, in: known)
        return hint.isEmpty ? "; known are \(known.joined(separator: ", "))" : hint
    }
}

extension ConfigurationError.OutsidePath: CustomStringConvertible {
    /// How the path leaves the repository, in words.
    public var description: String {
        switch self {
        case .absolute: "is absolute"
        case .upwards: "contains '..'"
        case .link(let target): "leads through a link to \(target), outside of the repository"
        }
    }
}
