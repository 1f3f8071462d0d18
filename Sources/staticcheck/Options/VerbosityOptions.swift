import ArgumentParser

/// `--quiet` and `--verbose`.
struct VerbosityOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing but the report and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show each go command, ready to be copied, and how cores and memory are divided.")
    var verbose = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other") }
    }

    /// Writes a line to standard error, unless all is to be quiet.
    func note(_ line: String) {
        if !quiet { Terminal.write(line + "\n", to: .error) }
    }
}
