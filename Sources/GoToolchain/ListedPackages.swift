extension BuildStep {
    /// What `go list` says of the packages of the step's programs.
    ///
    /// - Parameters:
    ///   - options: Flags of `go list`, such as `-deps`.
    ///   - fields: The fields of its JSON that are decoded.
    ///   - buildFlags: The flags of the build; nil takes those that choose files.
    ///   - extra: More variables for go.
    ///   - isRemembered: Whether the answer may come from an earlier run with the same sources.
    /// - Throws: `BuildError` if go fails; `ProcessError`; `CancellationError`.
    func listed<Package: Decodable>(
        _ options: [String], fields: [String], buildFlags: [String]? = nil, extra: [String: String] = [:],
        isRemembered: Bool = false
    ) async throws -> [Package] {
        let arguments =
            ["list"] + options + [toolchain.jsonFlag(fields)] + (buildFlags ?? flags.listing) + ["--"]
            + programs.flatMap(\.package.arguments)
        let text = try await toolchain.output(
            of: arguments, in: directory, for: platform, extra: extra, isRemembered: isRemembered)
        return try GoOutput.decodeStream(text, of: arguments, in: directory)
    }
}
