extension String {
    /// The text as one word of a POSIX shell (POSIX.1, Shell Command Language, 2.2.2), bare where it can stand so.
    public var shellQuoted: String {
        let isPlain = utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-_./=:,+@%".utf8.contains(byte)
        }
        return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
