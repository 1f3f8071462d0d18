import Verification

/// Colours of a terminal (ECMA-48, "Select Graphic Rendition").
public enum Style {
    /// For what is well.
    public static func green(_ text: String) -> String { "\u{1b}[32m\(text)\u{1b}[0m" }
    /// For what may fail.
    public static func yellow(_ text: String) -> String { "\u{1b}[33m\(text)\u{1b}[0m" }
    /// For what is not.
    public static func red(_ text: String) -> String { "\u{1b}[31m\(text)\u{1b}[0m" }
    /// For what is beside the point.
    public static func dim(_ text: String) -> String { "\u{1b}[2m\(text)\u{1b}[0m" }

    static func painted(_ text: String, _ level: Level) -> String {
        switch level {
        case .error: red(text)
        case .warning: yellow(text)
        case .note: dim(text)
        }
    }
}
