import Attestation
import Verification

/// What is said about a vulnerability, and of which binaries it is said.
struct VEXStatement {
    /// The advisory of the first binary. Those of the others differ in the functions at most.
    let advisory: Advisory
    /// The binaries, in the order of the report.
    let binaries: [BillOfMaterials.Binary]

    /// The statements about all binaries, sorted by advisory. What is said of several binaries is said once.
    static func all(in bill: BillOfMaterials) -> [VEXStatement] {
        var claims: [Key: (advisory: Advisory, binaries: [BillOfMaterials.Binary])] = [:]
        for binary in bill.binaries {
            for advisory in binary.advisories?.advisories ?? [] {
                claims[Key(advisory), default: (advisory, [])].binaries.append(binary)
            }
        }
        return claims.sorted { $0.key < $1.key }.map { VEXStatement(advisory: $1.advisory, binaries: $1.binaries) }
    }

    /// What statements that are said as one have in common.
    private struct Key: Hashable, Comparable {
        let words: [String]

        init(_ advisory: Advisory) {
            words = [
                advisory.id, advisory.module, advisory.version ?? "", advisory.state.rawValue, advisory.reason ?? "",
            ]
        }

        static func < (one: Key, other: Key) -> Bool { one.words.lexicographicallyPrecedes(other.words) }
    }

    /// Why it is said, in a sentence.
    var explanation: String {
        switch advisory.state {
        case .linked: "linked: \(advisory.functions.listed(5)); whether they are called is not known"
        case .packageOnly: "the package is linked, none of the functions that the advisory names is"
        case .notLinked: "no package that the advisory names is linked"
        case .unknown: advisory.reason ?? "too little is known"
        }
    }
}
