import ArgumentParser
import SystemPackage
import Workflows

/// Documents that tell scanners which vulnerabilities are linked.
struct VEXOptions: ParsableArguments {
    @Option(
        name: .customLong("vex"),
        help: ArgumentHelp(
            "With --vulnerabilities: write what is linked and what is not for scanners: openvex=FILE (0.2.0) or cyclonedx=FILE (1.6).",
            discussion: "May be given several times.", valueName: "format=file"),
        transform: Destination<VEXFormat>.init(parsing:))
    var files: [Destination<VEXFormat>] = []

    @Option(
        name: .customLong("vex-product"),
        help: ArgumentHelp(
            "With --vex openvex=FILE: a further name of what is scanned, such as pkg:oci/app@sha256:….",
            discussion: "May be given several times. Files have the names by which Trivy and Grype know them anyway.",
            valueName: "purl"))
    var products: [String] = []

    /// The documents that are asked for.
    ///
    /// - Parameter created: A folder that the run creates, in which files may be too.
    /// - Throws: `UnusableOutput` if a file cannot be written, `ValidationError` if there is nothing to say.
    func resolve(isLookingUp: Bool, created: FilePath? = nil, in context: Context) throws -> VEXDelivery {
        guard files.isEmpty || isLookingUp else { throw ValidationError("--vex needs --vulnerabilities") }
        guard products.isEmpty || files.contains(where: { $0.format == .openvex }) else {
            throw ValidationError("--vex-product needs --vex openvex=FILE")
        }
        if let name = products.first(where: { !$0.hasPrefix("pkg:") }) {
            throw ValidationError("--vex-product \(name): not a package URL, pkg:TYPE/NAME@VERSION")
        }
        try files.checkPlaces(from: context.folder, created: created)
        return VEXDelivery(files: files, products: products)
    }
}
