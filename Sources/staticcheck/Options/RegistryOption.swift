import ArgumentParser
import Workflows

/// `--insecure`, for images that are read from a registry.
struct RegistryOption: ParsableArguments {
    @Flag(help: "For docker://NAME: a registry without TLS, or with a certificate that is not trusted.")
    var insecure = false

    /// Checks that the option has something to be about.
    ///
    /// - Throws: `ValidationError` if it is given and no image is named.
    func check(_ targets: ImageTargets) throws {
        guard insecure, targets.images.isEmpty else { return }
        throw ValidationError("--insecure is for images in registries: docker://NAME")
    }
}
