extension Rule {
    /// No image builder writes such names. They are an attack, or damage.
    static let climbingName = Rule(
        RuleDocument(
            identifier: "climbing-name", level: .error,
            summary: "A layer contains names that point outside the root",
            rationale:
                "With a name whose `..` leads above the root a layer would write to the machine that unpacks it. Some"
                + " runtimes refuse the image, others put the file somewhere below the root.",
            detection:
                "Names of entries, and targets of hard links, whose `..` lead above the root.",
            limits:
                "Symbolic links may lead above the root: in a container the kernel stops them there, and they are "
                + "followed that way.",
            remedy:
                "Build the layer again, with names below the root.",
            reference: "https://github.com/opencontainers/image-spec/blob/main/layer.md"),
        reads: StartedImage.self
    ) { image in
        image.climbingNames.prefix(4).map { name in
            .init("unpacking the image may fail or write outside the root", evidence: "a layer's entry \(name)")
        }
    }
}
