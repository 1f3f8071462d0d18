import ArgumentParser

/// `FORMAT=FILE`, as options take it that write a document beside the report.
enum FormatFile {
    /// Reads the values of an option.
    ///
    /// - Throws: `ValidationError` that names the formats.
    static func parse<Format: RawRepresentable<String> & CaseIterable>(
        _ texts: [String], option: String
    ) throws -> [(Format, String)] {
        try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let format = Format(rawValue: parts[0]) else {
                let formats = Format.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(option) '\(text)': write format=file, where format is one of \(formats)")
            }
            return (format, parts[1])
        }
    }
}
