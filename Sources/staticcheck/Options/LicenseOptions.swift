import ArgumentParser
import Configuration
import Licensing
import Verification

/// `--deny-license`.
struct LicenseOptions: ParsableArguments {
    @Option(
        name: .customLong("deny-license"),
        help: ArgumentHelp(
            "Refuse programs with a module under this licence: AGPL-3.0.",
            discussion:
                "May be given several times. The licence files of the sources are read, so only check and image find one; gate then admits only stamps of such a check.",
            valueName: "spdx-id"),
        transform: LicenseName.init(parsing:))
    var denied: [LicenseName] = []

    /// The policy that denies the licences of the command line and of the configuration.
    func resolve(_ policy: Policy, over configuration: Configuration) -> Policy {
        policy.denying(configuration.deniedLicenses + denied)
    }
}
