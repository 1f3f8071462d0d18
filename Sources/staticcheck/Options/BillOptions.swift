import ArgumentParser
import Configuration
import Licensing
import SystemPackage
import Workflows

/// `--sbom` and what is in it.
struct BillOptions: ParsableArguments {
    @Option(
        name: .customLong("sbom"),
        help: ArgumentHelp(
            "Write a bill of materials, read from the binaries themselves: spdx=FILE (SPDX 2.3), spdx3=FILE (3.0.1) or cyclonedx=FILE (1.6).",
            discussion:
                "May be given several times. check adds licences and dependencies from the sources. Signed stamps then also contain the bill of each binary.",
            valueName: "format=file"),
        transform: Destination<BillFormat>.init(parsing:))
    var files: [Destination<BillFormat>] = []

    @Option(
        help: ArgumentHelp(
            "Who supplies the programs, for bills of materials: 'Example Corp <https://example.com>'.",
            discussion: "Default: what the module path tells.", valueName: "name"),
        transform: Supplier.init(parsing:))
    var supplier: Supplier?

    /// How bills are made; nil if none is asked for.
    func settings(over file: ConfigurationFile) -> BillSettings? {
        files.isEmpty ? nil : BillSettings(supplier: supplier ?? file.settings.supplier)
    }

    /// The bills that are asked for.
    ///
    /// - Throws: `UnusableOutput` if a file cannot be written.
    ///
    /// - Parameter created: A folder that the run creates, in which files may be too.
    func resolve(over file: ConfigurationFile, created: FilePath? = nil, in context: Context) throws -> BillDelivery {
        let delivery = BillDelivery(files: files, supplier: supplier ?? file.settings.supplier)
        try delivery.checkPlaces(in: context, created: created)
        return delivery
    }
}
