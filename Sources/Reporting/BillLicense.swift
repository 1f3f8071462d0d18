import Attestation
import Licensing

/// The licence of a component as bills state it.
struct BillLicense: Sendable, Hashable {
    /// The SPDX expression of everything that applies.
    let expression: String
    /// Whether the authors themselves say so: they have one licence, or one file that holds all.
    let isDeclared: Bool
    /// Texts that are not recognized, by their identifier.
    let extracted: [Extracted]
    /// The files, and how sure the identifiers are.
    let comment: String

    /// A text without an SPDX identifier.
    struct Extracted: Sendable, Hashable {
        /// `LicenseRef-` and the beginning of the text's digest, so that equal texts have one identifier.
        let identifier: String
        let file: String
        let text: String
    }

    /// The licence by the texts of a module; nil if it has none.
    init?(_ license: BillFacts.License) {
        guard !license.texts.isEmpty else { return nil }
        var names: [String] = []
        var extracted: [Extracted] = []
        var notes: [String] = []
        for text in license.texts {
            if text.identifiers.isEmpty {
                let words = text.text ?? ""
                let identifier = "LicenseRef-" + Digest(of: Array(words.utf8)).hexadecimal.prefix(16)
                extracted.append(Extracted(identifier: identifier, file: text.file, text: words))
                names.append(identifier)
                notes.append("\(text.file) is not recognized")
            } else {
                names += text.identifiers
                notes.append(
                    "\(text.file) is \(text.identifiers.joined(separator: " and ")), confidence \(text.percent)")
            }
        }
        let all = LicenseMatch.combined(names)
        expression = all.joined(separator: " AND ")
        isDeclared = license.texts.count == 1
        self.extracted = extracted
        comment = "By the texts in the sources: " + notes.joined(separator: "; ")
    }

    /// A licence that is known without its text.
    init(known identifier: String, source: String) {
        expression = identifier
        isDeclared = true
        extracted = []
        comment = source
    }
}

extension BillFacts.License.Text {
    fileprivate var percent: String { "\(Int(confidence * 100))%" }
}
