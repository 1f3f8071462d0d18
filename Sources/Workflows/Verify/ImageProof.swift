import Files
import GoBinary
public import Proving
import ScratchImage
import Verification

/// How far images must get when they are started.
public struct ImageProofSettings: Sendable {
    /// How far the program of an image must get.
    public var mode: ProofMode
    /// What a running program must answer.
    public var probes: [Probe] = []
    /// How long it has for the answers, in seconds.
    public var secondsToAnswer = 10.0
    /// How long it has to end when it is asked to, in seconds.
    public var secondsToStop = 10.0

    /// Settings with the usual times.
    public init(mode: ProofMode) { self.mode = mode }
}

/// Starts images, each in a container of its own.
struct ImageProver: Sendable {
    let settings: ImageProofSettings
    let prover: ContainerProver

    init(_ settings: ImageProofSettings, in context: Context) {
        self.settings = settings
        prover = ContainerProver(searchPath: context.searchPath)
    }

    /// Starts the program of an image in its root, as its user.
    ///
    /// - Returns: The result; if it could not be tried, the result says why.
    func prove(_ inspection: ImageInspection) async throws -> Proof {
        guard let platform = inspection.platform else {
            return Proof(.notProved, detail: "the platform of the image is unknown")
        }
        let facts = inspection.container
        guard let user = facts.user else { return Proof(.refused, detail: "the image does not know its user") }
        guard !facts.words.isEmpty else { return Proof(.refused, detail: "the image names no program") }
        guard let signal = StopSignal.number(of: facts.stopSignal) else {
            return Proof(.refused, detail: "the stop signal '\(facts.stopSignal ?? "")' is unknown")
        }
        let specification = ContainerSpecification(
            words: facts.words(with: settings.mode.arguments), environment: facts.environment,
            workingFolder: facts.workingFolder, user: user, group: facts.group, groups: facts.groups,
            volumes: facts.volumes, aim: aim(stopSignal: signal))
        return try await prover.prove(specification, goarch: platform.goarch) { root in
            try inspection.forEachMember { member in
                try root.add(RootMember(member))
                if case .file(let content) = member.kind { try content.stream { try root.add($0) } }
            }
        }
    }

    private func aim(stopSignal: Int32) -> ContainerSpecification.Aim {
        guard case .run = settings.mode else { return .start }
        var conditions = ContainerSpecification.Conditions(stopSignal: stopSignal)
        conditions.probes = settings.probes
        conditions.secondsToAnswer = settings.secondsToAnswer
        conditions.secondsToStop = settings.secondsToStop
        return .run(conditions)
    }
}

extension ProofMode {
    fileprivate var arguments: [String] {
        if case .run(let words) = self { words } else { [] }
    }
}

extension RootMember {
    fileprivate init(_ member: ImageMember) {
        let kind: Kind =
            switch member.kind {
            case .folder: .folder
            case .file(let content): .file(size: content.count)
            case .link(let target): .link(target: target)
            case .hardLink(let path): .hardLink(path: path)
            }
        self.init(path: member.path, kind: kind, mode: member.mode, user: member.user, group: member.group)
    }
}
