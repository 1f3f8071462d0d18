/// What is known of a variable, or of a text that uses variables.
package enum Value: Sendable, Hashable {
    /// It has this value.
    case known(String)
    /// It has none.
    case unset
    /// It depends on the base image or on the command line of the builder.
    case unknown

    /// The text; nil if it is unset or unknown.
    package var text: String? {
        guard case .known(let text) = self else { return nil }
        return text
    }
}
