/// What is wrong in a configuration file, and where.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, as messages name it.
    public let file: String
    /// The line, from 1; nil if the whole file is meant.
    public let line: Int?
    /// The column, from 1.
    public let column: Int?
    /// What is wrong there.
    public let fault: Fault

    /// What can be wrong. `key` is the path of a value in the document, `builds[0].platforms`; empty for the document itself.
    public enum Fault: Sendable, Hashable {
        /// The content is not UTF-8 text.
        case notUTF8
        /// The file has more bytes than are read.
        case tooLarge(limit: Int)
        /// The text is not YAML; the reason is that of the YAML reader.
        case notYAML(String)
        /// The file has a second YAML document.
        case secondDocument
        /// The value has another type than the key takes.
        case wrongType(key: String, wanted: String, found: String)
        /// A mapping has a key that does not exist.
        case unknownKey(String, in: String, known: [String])
        /// A key of a mapping is a list or a mapping.
        case keyIsNotText(in: String)
        /// A mapping lacks keys that it must have.
        case missingKeys([String], in: String)
        /// The value is not one of the words that the key takes.
        case unknownWord(key: String, found: String, known: [String])
        /// The value has the right type, but not the form that the key takes.
        case wrongForm(key: String, wanted: String, found: String)
        /// Another module refuses the value, for this reason.
        case refused(key: String, reason: String)
        /// The flag or variable could run a program or write anywhere.
        case unsafe(key: String, UnsafeSetting)
        /// The path is, or leads, outside of the repository.
        case outsideRepository(key: String, path: String, OutsidePath)
        /// The path is that of a source, of the configuration, or in git's folder.
        case source(key: String, path: String)
    }

    /// How a path leaves the repository.
    public enum OutsidePath: Sendable, Hashable {
        /// It is absolute.
        case absolute
        /// It has a component `..`.
        case upwards
        /// It goes through a symbolic link to this place.
        case link(to: String)
    }

    /// Makes an error.
    public init(file: String, line: Int? = nil, column: Int? = nil, _ fault: Fault) {
        self.file = file
        self.line = line
        self.column = column
        self.fault = fault
    }

    /// `scratchcheck.yaml:3:5: unknown key …`, as editors and CI systems find it.
    public var description: String {
        let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
        return "\(file)\(place): \(fault)"
    }
}
