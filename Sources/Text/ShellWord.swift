extension String {
    /// The text as one word of a POSIX shell (POSIX.1, Shell Command Language, 2.2.2), bare where it can stand so.
    public var shellQuoted: String {
        let isPlain = utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_./=:,+@%".utf8.contains($0) }
        return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
