import ArgumentParser
import Verification

/// What is demanded of the inside of programs.
struct DemandOptions: ParsableArguments {
    @Option(
        name: .customLong("require-fact"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Refuse programs without this fact: CGO_ENABLED=0, -trimpath=true, vcs.modified=false, go>=1.26, fips140=on, golang.org/x/net>=v0.38.0.",
            discussion:
                "May be given several times. Build settings are those that 'go version -m' shows. See the rule required-fact.",
            valueName: "name=value"),
        transform: FactDemand.init(parsing:))
    var facts: [FactDemand] = []

    @Option(
        name: .customLong("deny-module"),
        help: ArgumentHelp(
            "Refuse programs with a module of this path: github.com/owner/....", valueName: "pattern"),
        transform: ImportPattern.init(parsing:))
    var deniedModules: [ImportPattern] = []

    @Option(
        name: .customLong("deny-package"),
        help: ArgumentHelp("Refuse programs with a function of this package: net/http/pprof.", valueName: "pattern"),
        transform: ImportPattern.init(parsing:))
    var deniedPackages: [ImportPattern] = []

    @Option(
        help: ArgumentHelp(
            "Refuse programs that can do more than this: some of network,exec,plugin,cgo, or none.",
            valueName: "capability,…"),
        transform: AllowedCapabilities.init(parsing:))
    var allowCapabilities: [AllowedCapabilities] = []

    func validate() throws {
        guard allowCapabilities.count > 1 else { return }
        throw ValidationError("--allow-capabilities is given twice; name all capabilities in one: network,exec")
    }

    /// The policy with these demands, besides those of the configuration.
    func resolve(_ policy: Policy) -> Policy {
        policy.demanding(
            Demands(
                facts: facts, deniedModules: deniedModules, deniedPackages: deniedPackages,
                allowed: allowCapabilities.first?.all))
    }
}

/// Some capabilities, with commas between, or `none`.
struct AllowedCapabilities: Sendable {
    let all: Set<Capability>

    init(parsing text: String) throws(DemandError) { all = try Capability.list(parsing: text) }
}
