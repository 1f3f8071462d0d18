public import ArgumentParser
import Attestation
public import Configuration
public import GoBinary
import ScratchImage
import SystemPackage
import Text
import Verification
public import Workflows

/// An option with a fixed set of values.
///
/// The default implementations of the parser use reflection for each value at every start. These are faster.
public protocol NamedChoice: ExpressibleByArgument, CaseIterable, RawRepresentable<String> {}

extension NamedChoice {
    /// The names.
    public static var allValueStrings: [String] { allCases.map(\.rawValue) }

    /// Empty: the help text of the option explains the values.
    public static var allValueDescriptions: [String: String] { [:] }

    /// The name.
    public var defaultValueDescription: String { rawValue }
}

/// The formats of documents that are not reports on findings.
enum PlainForm: String, NamedChoice { case text, json }

extension ReportFormat: NamedChoice {}
extension BillFormat: NamedChoice {}
extension VEXFormat: NamedChoice {}
extension StampFormat: NamedChoice {}
extension ModuleMode: NamedChoice {}
extension CommitStamping: NamedChoice {}
extension CgoChoice: NamedChoice {}
extension LayerStorage: NamedChoice {}
extension ProofDepth: NamedChoice {}
extension FailureLevel: NamedChoice {}
extension GainedKind: NamedChoice {}
extension RuntimeNeed: NamedChoice {}
extension SigningKey.Kind: NamedChoice {}

extension GoVersion: ExpressibleByArgument {}

extension KeySource: ExpressibleByArgument {
    /// Reads `env:NAME` or a path.
    public init?(argument: String) { self.init(argument) }
}

extension ImageDestination: ExpressibleByArgument {
    /// Reads `form:path`.
    public init?(argument: String) { self.init(argument) }
}

/// A level that `--require-proof` can require.
enum RequiredProof: String, NamedChoice {
    case start, run

    /// The level.
    var level: ProofLevel {
        switch self {
        case .start: .start
        case .run: .run
        }
    }
}

/// An amount of memory: `4GiB`, `512M`, `2000000000`.
struct MemorySize: ExpressibleByArgument, Sendable, Hashable {
    let bytes: Int

    init?(argument: String) {
        guard let bytes = ByteCount.parse(argument), bytes >= 1 << 20 else { return nil }
        self.bytes = bytes
    }
}

/// A share: `5%`, `2.5`.
struct Percentage: ExpressibleByArgument, Sendable, Hashable {
    /// 0.05 for `5%`.
    let share: Double

    init?(argument: String) {
        guard let number = Double(argument.hasSuffix("%") ? String(argument.dropLast()) : argument), number.isFinite,
            number >= 0
        else { return nil }
        share = number / 100
    }
}

/// A length of time: `90m`, `12h`, `30d`.
struct Age: ExpressibleByArgument, Sendable, Hashable {
    let seconds: Int

    init?(argument: String) {
        let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = argument.last, let factor = factors[unit], let number = Int(argument.dropLast()),
            (0...1_000_000).contains(number)
        else { return nil }
        seconds = number * factor
    }
}

/// A number of things, at least 1.
struct Count: ExpressibleByArgument, Sendable, Hashable {
    let value: Int

    init?(argument: String) {
        guard let value = Int(argument), value > 0 else { return nil }
        self.value = value
    }
}

/// A number of jobs that `matrix` can make.
struct ShardCount: ExpressibleByArgument, Sendable, Hashable {
    let value: Int

    init?(argument: String) {
        guard let value = Int(argument), (1...MatrixWorkflow.maximumShards).contains(value) else { return nil }
        self.value = value
    }
}
