import ArgumentParser
import SystemPackage
import Workflows

/// `--sbom`.
struct BillOptions: ParsableArguments {
    @Option(
        name: .customLong("sbom"),
        help: ArgumentHelp(
            "Write a bill of materials, read from the binaries themselves: spdx=FILE (SPDX 2.3) or cyclonedx=FILE (1.6).",
            discussion: "May be given several times. Signed stamps then also contain the bill of each binary.",
            valueName: "format=file"),
        transform: Destination<BillFormat>.init(parsing:))
    var files: [Destination<BillFormat>] = []

    /// The bills that are asked for.
    ///
    /// - Throws: `UnusableOutput` if a file cannot be written.
    ///
    /// - Parameter created: A folder that the run creates, in which files may be too.
    func resolve(created: FilePath? = nil, in context: Context) throws -> BillDelivery {
        let delivery = BillDelivery(files: files)
        try delivery.checkPlaces(in: context, created: created)
        return delivery
    }
}
