import Text

extension Rule {
    /// A limit is set so that somebody looks when an image grows.
    static let imageSize = Rule(
        RuleDocument(
            identifier: "image-size", level: .error,
            summary: "The image is larger than the limit that was set",
            rationale:
                "Each machine that runs the image pulls and stores it. A file that was added by accident, symbols that are not "
                + "stripped, or a large dependency is noticed before the image is shipped.",
            detection:
                "--max-size sets the limit. The layers of each platform count as plain tar archives (UNPACKED in the report "
                + "of image), which is what a machine stores, and the same for every compression.",
            limits:
                "What is pulled is compressed, and so less. A layer that several images share counts in each of them.",
            remedy:
                "Look at the largest files; 'staticcheck inspect' shows what a program consists of. Strip programs with "
                + "--ldflags '-s -w', or raise --max-size.",
            reference: "https://github.com/opencontainers/image-spec/blob/main/layer.md"),
        reads: StartedImage.self
    ) { image in
        guard let budget = image.budget, budget.size > budget.limit else { return [] }
        let parts = budget.largest.map { "\($0.path) \(ByteCount.text($0.size))" }
        return [
            .init(
                "the image unpacks to \(ByteCount.text(budget.size)), and its limit is \(ByteCount.text(budget.limit))",
                evidence: "\(budget.size) bytes, limit \(budget.limit); largest: \(parts.joined(separator: ", "))")
        ]
    }
}
