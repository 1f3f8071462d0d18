import Text

/// What is demanded of the inside of programs.
///
/// Demands are not part of a policy's digest: they are checked again wherever the bytes are, by the gate too, so that a stamp need
/// not vouch for them, and a gate may demand more than whoever made the stamp.
public struct Demands: Sendable, Hashable {
    /// Facts that must be.
    public var facts: [FactDemand]
    /// Modules that must not be linked.
    public var deniedModules: [ImportPattern]
    /// Packages that must not be linked.
    public var deniedPackages: [ImportPattern]
    /// The only capabilities that a program may have; nil for any.
    public var allowed: Set<Capability>?

    /// Nothing is demanded.
    public static let none = Demands()

    /// Makes demands.
    public init(
        facts: [FactDemand] = [], deniedModules: [ImportPattern] = [], deniedPackages: [ImportPattern] = [],
        allowed: Set<Capability>? = nil
    ) {
        self.facts = facts.distinct
        self.deniedModules = deniedModules.distinct
        self.deniedPackages = deniedPackages.distinct
        self.allowed = allowed
    }

    /// Whether nothing is demanded.
    public var isEmpty: Bool { self == .none }

    /// These and other demands. The other capabilities count if any are named.
    public func adding(_ other: Demands) -> Demands {
        Demands(
            facts: facts + other.facts, deniedModules: deniedModules + other.deniedModules,
            deniedPackages: deniedPackages + other.deniedPackages, allowed: other.allowed ?? allowed)
    }

    /// Each demand in words, as stamps and reports name it.
    public var texts: [String] {
        facts.map(\.description) + deniedModules.map(Demands.text(ofModule:))
            + deniedPackages.map(Demands.text(ofPackage:)) + (allowed.map { [Demands.text(of: $0)] } ?? [])
    }

    static func text(ofModule pattern: ImportPattern) -> String { "deny-module \(pattern)" }

    static func text(ofPackage pattern: ImportPattern) -> String { "deny-package \(pattern)" }

    static func text(of allowed: Set<Capability>) -> String {
        let names = Capability.allCases.filter(allowed.contains).map(\.rawValue)
        return "allow-capabilities \(names.isEmpty ? "none" : names.joined(separator: ","))"
    }
}
