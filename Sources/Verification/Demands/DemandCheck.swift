import GoBinary

/// What was demanded of a program, and whether it holds.
public struct DemandCheck: Sendable, Hashable, Codable {
    /// One result for each demand, in their order.
    public let results: [Result]

    /// Whether one demand holds.
    public struct Result: Sendable, Hashable, Codable {
        /// The demand, as ``Demands/texts`` has it.
        public let demand: String
        /// What kind it is.
        let kind: Kind
        /// Whether it holds.
        public let state: State
        /// What shows it, or why it is not known.
        public let evidence: String
    }

    /// The kinds of demands, each with its rule.
    enum Kind: String, Codable { case fact, denial, capability }

    /// Whether a demand holds.
    public enum State: String, Sendable, Hashable, Codable {
        /// It holds.
        case held
        /// It does not hold.
        case violated
        /// The file does not say enough.
        case unknown
    }

    /// The demands that hold.
    public var held: [String] { results.filter { $0.state == .held }.map(\.demand) }

    /// The demands that do not hold, or are not known to.
    public var notHeld: [String] { results.filter { $0.state != .held }.map(\.demand) }

    /// Checks demands of a program.
    ///
    /// - Returns: nil if nothing is demanded, or if there is no file.
    init?(_ demands: Demands, of subject: Subject) {
        if case .absent = subject.content { return nil }
        guard !demands.isEmpty else { return nil }
        let program = DemandedProgram(subject)
        typealias Answer = DemandedProgram.Answer
        func result(_ demand: String, _ kind: Kind, _ answer: Answer) -> Result {
            switch answer {
            case .held(let evidence): Result(demand: demand, kind: kind, state: .held, evidence: evidence)
            case .violated(let evidence): Result(demand: demand, kind: kind, state: .violated, evidence: evidence)
            case .unknown(let reason): Result(demand: demand, kind: kind, state: .unknown, evidence: reason)
            }
        }
        results =
            demands.facts.map { result($0.description, .fact, program.check($0)) }
            + demands.deniedModules.map {
                result(Demands.text(ofModule: $0), .denial, program.check(denyingModules: $0))
            }
            + demands.deniedPackages.map {
                result(Demands.text(ofPackage: $0), .denial, program.check(denyingPackages: $0))
            }
            + (demands.allowed.map { [result(Demands.text(of: $0), .capability, program.check(allowing: $0))] } ?? [])
    }
}

extension DemandCheck: Evidence {
    static var isFromElsewhere: Bool { true }

    static let reading = Reading.goTables

    init?(of subject: borrowing Subject) {
        guard let check = subject.demandCheck else { return nil }
        self = check
    }
}
