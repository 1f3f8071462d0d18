import Verification

extension String {
    /// The text with each character that could steer a terminal or a log written as an escape, `\u{1b}`.
    ///
    /// Every text from outside (names of files, messages of tools, fields of reports that were read) passes through here
    /// before it is printed.
    public var printable: String {
        if utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.isHazardous {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The text with its lines and tabs kept, and all else as in ``printable``.
    public var printableText: String {
        let isHarmless = utf8.allSatisfy { (0x20..<0x7f).contains($0) || $0 == 0x0a || $0 == 0x09 }
        return isHarmless ? self : printableLines.joined(separator: "\n")
    }

    /// The lines of a text from outside, each printable. Tabs, which go indents its messages with, and empty lines are kept.
    public var printableLines: [String] {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).printable }
                .joined(separator: "\t")
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character, a line separator, a bidirectional override, for private use, or no character, such as
    /// U+FFFF (Unicode, section 23.7), which XML does not allow.
    var isHazardous: Bool {
        // The common characters need no look into a table.
        if (0x20..<0x7f).contains(value) { return false }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
        default: properties.isNoncharacterCodePoint
        }
    }
}

/// The colours of a terminal (ECMA-48, "Select Graphic Rendition").
public enum Style {
    /// Green, for success.
    public static func green(_ text: String) -> String { "\u{1b}[32m\(text)\u{1b}[0m" }
    /// Yellow, for warnings.
    public static func yellow(_ text: String) -> String { "\u{1b}[33m\(text)\u{1b}[0m" }
    /// Red, for errors.
    public static func red(_ text: String) -> String { "\u{1b}[31m\(text)\u{1b}[0m" }
    /// Dim, for what matters less.
    public static func dim(_ text: String) -> String { "\u{1b}[2m\(text)\u{1b}[0m" }

    static func painted(_ text: String, _ level: Level) -> String {
        switch level {
        case .error: red(text)
        case .warning: yellow(text)
        case .note: dim(text)
        }
    }
}
