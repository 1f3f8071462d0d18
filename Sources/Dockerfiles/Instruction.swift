extension Dockerfile {
    /// One instruction.
    package struct Instruction: Sendable {
        /// In capitals.
        package let keyword: String
        /// Where the keyword stands.
        package let place: Place
        /// `--from=build`, without quotes.
        package let flags: [Word]
        /// The text after the flags, split as builders split it for this instruction: for a JSON array, its members; for USER and
        /// WORKDIR one word; for ENV and ARG at blanks outside quotes; else at blanks. Variables and quotes are as in the file.
        package internal(set) var words: [Word] = []
        /// Whether the words are the members of a JSON array.
        package internal(set) var isJSON = false
        /// Everything after the flags.
        package let text: String
        /// Its here-documents.
        package internal(set) var documents: [HereDocument] = []
        /// What ONBUILD adds to a stage that is based on this one: one instruction, or none.
        var triggers: [Instruction] = []

        init(keyword: String, place: Place, flags: [Word], text: String) {
            self.keyword = keyword
            self.place = place
            self.flags = flags
            self.text = text
        }

        /// The text with the lines of the here-documents.
        package var textWithDocuments: String {
            documents.isEmpty ? text : text + "\n" + documents.map(\.text).joined()
        }

        /// The value of a flag.
        package func flag(_ name: String) -> Word? {
            flags.first { $0.text.hasPrefix("--\(name)=") }.map { flag in
                let length = name.count + 3
                return Word(String(flag.text.dropFirst(length)), at: flag.place.moved(by: length))
            }
        }

        /// The names and values of ARG and ENV, including the old form `ENV name value`. Quotes and variables are as in the file.
        package var assignments: [(name: Word, value: String?)] {
            if keyword == "ENV", let first = words.first, !first.text.contains("=") {
                let value = text.drop { !$0.isWhitespace }.drop { $0.isWhitespace }
                return [(first, String(value))]
            }
            return words.map { word in
                guard let equals = word.text.firstIndex(of: "=") else { return (word, nil) }
                return (
                    Word(String(word.text[..<equals]), at: word.place),
                    String(word.text[word.text.index(after: equals)...])
                )
            }
        }
    }
}
