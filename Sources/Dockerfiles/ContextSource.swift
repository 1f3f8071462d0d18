public import GoBinary

extension Dockerfile {
    /// A source of a COPY or ADD in the build context.
    public struct ContextSource: Sendable {
        /// The source as the instruction spells it, variables included.
        package let text: String
        let lexer: WordLexer

        /// The path relative to the context for a platform; nil if it contains another variable.
        public func filled(platform: Platform) -> String? {
            let values = [
                "TARGETPLATFORM": platform.description, "TARGETOS": platform.goos, "TARGETARCH": platform.goarch,
                "TARGETVARIANT": platform.variant?.name ?? "",
            ]
            return lexer.value(of: text) { values[$0].map(Value.known) ?? .unknown }.text
        }
    }

    /// The sources that any stage copies from the build context.
    public var copiedFromContext: [ContextSource] {
        stages.flatMap(\.instructions).filter { ["COPY", "ADD"].contains($0.keyword) && $0.flag("from") == nil }
            .flatMap { instruction in
                instruction.words.dropLast().filter { instruction.isJSON || HereDocument(word: $0.text) == nil }
                    .map { ContextSource(text: $0.text, lexer: lexer) }
            }
    }
}
