public import Licensing

/// What is known of a program's modules besides what the linker wrote: from the sources it was built from, and from git.
public struct BillFacts: Sendable, Hashable {
    /// The version of the main module, by its tag; nil for the one in the build info.
    public var mainVersion: String?
    /// The supplier of the main module; nil for the one by its path.
    public var supplier: Supplier?
    /// What the sources say, by the path under which the module is imported; `std` is the standard library.
    public var modules: [String: Module] = [:]
    /// Which modules import packages of which; nil if it is not known. The keys are as in `modules`.
    public var imports: [String: Set<String>]?
    /// Whether the bill is made by the build, and not afterwards from the file.
    public var isOfBuild = false

    /// What the sources of a module say.
    public struct Module: Sendable, Hashable {
        /// The licence; nil if the sources could not be read.
        public var license: License?
        /// The `h1:` sum in go.sum; nil if there is none.
        public var sum: String?

        /// Makes a module; nil says that it is not known.
        public init(license: License? = nil, sum: String? = nil) {
            self.license = license
            self.sum = sum
        }
    }

    /// The licence of a module, by the texts in its root folder.
    public struct License: Sendable, Hashable {
        /// The texts, sorted by the name of the file.
        public let texts: [Text]
        /// The statements of copyright in these texts; if they have none, in the sources that were compiled.
        public let copyrights: [String]

        /// A text.
        public struct Text: Sendable, Hashable {
            /// The name of the file.
            public let file: String
            /// The line on which the licence begins; nil if the text is not recognized.
            public let line: Int?
            /// SPDX identifiers; empty if the text is not recognized.
            public let identifiers: [String]
            /// How sure that is, 0 to 1.
            public let confidence: Double
            /// The text, if it is not recognized.
            public let text: String?

            /// Describes a text.
            public init(file: String, line: Int?, identifiers: [String], confidence: Double, text: String?) {
                self.file = file
                self.line = line
                self.identifiers = identifiers
                self.confidence = confidence
                self.text = text
            }
        }

        /// Makes a licence.
        public init(texts: [Text], copyrights: [String]) {
            self.texts = texts
            self.copyrights = copyrights
        }
    }

    /// Nothing but the build info is known.
    public init() {}
}
