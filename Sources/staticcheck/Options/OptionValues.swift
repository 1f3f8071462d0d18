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
struct MemorySize: OptionForm, Hashable {
    let bytes: Int

    init(parsing text: String) throws(OptionFormError) {
        guard let bytes = ByteCount.parse(text), bytes >= 1 << 20 else { throw .memory(text) }
        self.bytes = bytes
    }
}

/// A share: `5%`, `2.5`.
struct Percentage: OptionForm, Hashable {
    /// 0.05 for `5%`.
    let share: Double

    init(parsing text: String) throws(OptionFormError) {
        guard let number = Double(text.hasSuffix("%") ? String(text.dropLast()) : text), number.isFinite, number >= 0
        else { throw .share(text) }
        share = number / 100
    }
}

/// A length of time: `90m`, `12h`, `30d`.
struct Age: OptionForm, Hashable {
    let seconds: Int

    init(parsing text: String) throws(OptionFormError) {
        let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = text.last, let factor = factors[unit], let number = Int(text.dropLast()),
            (0...1_000_000).contains(number)
        else { throw .age(text) }
        seconds = number * factor
    }
}

/// A number of things, at least 1.
struct Count<Limit: CountLimit>: OptionForm, Hashable {
    let value: Int

    init(parsing text: String) throws(OptionFormError) {
        guard let value = Int(text), value > 0, value <= Limit.most else { throw .number(text, upTo: Limit.most) }
        self.value = value
    }
}

/// The highest number that an option takes.
protocol CountLimit {
    static var most: Int { get }
}

enum JobLimit: CountLimit { static let most = Int.max }
enum RetryLimit: CountLimit { static let most = 1000 }
enum ShardLimit: CountLimit { static let most = MatrixWorkflow.maximumShards }
