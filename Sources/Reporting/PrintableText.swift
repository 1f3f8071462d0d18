extension String {
    /// The text with every control character, line separator and bidirectional override written as an escape, so that a
    /// name from a file can neither steer a terminal nor add lines to a log.
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
}

extension Unicode.Scalar {
    /// Control characters, line separators, bidirectional overrides, and whatever has no agreed look.
    var isHazardous: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
        default: false
        }
    }
}
