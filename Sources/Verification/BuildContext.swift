public import Dockerfiles

/// What is known of the programs that go into the image of a Dockerfile, and of the files that it copies from its build context.
public struct BuildContext: Sendable {
    /// What the programs look for in their root.
    private(set) var needs: Set<RuntimeNeed>
    /// Why each file needs a loader or libraries, by the words of COPY and ADD that name it. Other files have no findings: what is not a
    /// program, such as an object file for eBPF, need not run.
    private var files: [String: [Finding]] = [:]

    /// Makes one without files.
    public init(needs: Set<RuntimeNeed> = []) { self.needs = needs }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - source: The file as COPY or ADD names it.
    ///   - program: What is known of it; nil if it is not an ELF file.
    public mutating func add(
        _ source: Dockerfile.ContextSource, _ program: (subject: Subject, judgement: Judgement)?
    ) {
        needs.formUnion(program?.subject.needs ?? [])
        files[source.text, default: []] += program?.judgement.errors.filter(\.isOfDynamicLinking) ?? []
    }

    /// Why a file that a copy takes from the build context needs a loader or libraries; nil if the context has no such file, and for
    /// copies from elsewhere.
    func faults(of source: Copy.Source, in copy: Copy) -> [Finding]? {
        copy.instruction.flag("from") == nil && !source.isDocument ? files[source.word.text] : nil
    }
}
