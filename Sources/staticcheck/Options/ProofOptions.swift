import ArgumentParser
import Configuration
import Proving
import Workflows

/// `--prove`, and the arguments that `--prove=run` takes.
struct ProofOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Try each file, alone in an empty root of its own: --prove lets the kernel load it and runs nothing;"
                + " --prove=run -- ARGS runs it, for \(Prover.secondsToRun) s at most. An image is tried in its own root, "
                + "as its user. gate tries images alone.",
            discussion:
                "Needs root, or a kernel that permits user namespaces; files for other machines need qemu-user-static.",
            valueName: "start|run"))
    var prove: ProofDepth?

    @Option(
        help: ArgumentHelp(
            "With --prove=run, for images: a question that the program must answer.",
            discussion: "http://127.0.0.1:8080/healthz, tcp:8080 or exec:/app,--version. May be given several times.",
            valueName: "probe"),
        transform: ProbeWord.init(parsing:))
    var probe: [ProbeWord] = []

    @Option(
        help: ArgumentHelp("How long the program has to answer; default: 10s.", valueName: "time"),
        transform: WaitingTime.init(parsing:))
    var probeTimeout: WaitingTime?

    @Option(
        help: ArgumentHelp(
            "How long the program has to end after the stop signal of its image; default: 10s.", valueName: "time"),
        transform: WaitingTime.init(parsing:))
    var stopTimeout: WaitingTime?

    /// - Throws: `ValidationError` for options that need another.
    func validate() throws {
        guard prove != .run, asksImages else { return }
        throw ValidationError("--probe, --probe-timeout and --stop-timeout are for --prove=run")
    }

    /// Whether an option is given that only images have.
    var asksImages: Bool { !probe.isEmpty || probeTimeout != nil || stopTimeout != nil }

    /// How images are tried; nil tries none.
    ///
    /// - Parameter arguments: Arguments for the programs, in place of those that the image gives.
    func imageProof(arguments: [String]) throws -> ImageProofSettings? {
        guard let mode = try resolve(arguments: arguments) else { return nil }
        var settings = ImageProofSettings(mode: mode)
        settings.probes = probe.map(\.probe)
        if let seconds = probeTimeout?.seconds { settings.secondsToAnswer = seconds }
        if let seconds = stopTimeout?.seconds { settings.secondsToStop = seconds }
        return settings
    }

    /// How an image that is made is tried: as these options say, else as the configuration says.
    ///
    /// - Parameter health: The image's own check, which a program that runs must pass too.
    func imageProof(over section: ImageSection?, asking health: HealthSettings?) throws -> ImageProofSettings? {
        var settings = try imageProof(arguments: [])
        if settings == nil, let mode = section?.proof {
            settings = ImageProofSettings(mode: mode == .run ? .run([]) : .start)
        }
        if probe.isEmpty, case .run = settings?.mode {
            let configured: [ProbeWord] = try section?.configured("probes", section?.probes) ?? []
            settings?.probes = configured.map(\.probe)
        }
        if let health, case .run = settings?.mode { settings?.probes.append(.execute(health.words)) }
        return settings
    }

    /// How files are tried; nil tries none.
    ///
    /// - Parameter arguments: Arguments for the programs.
    func resolve(arguments: [String]) throws -> ProofMode? {
        guard prove == .run || arguments.isEmpty else {
            throw ValidationError("arguments after -- are for --prove=run")
        }
        switch prove {
        case nil: return nil
        case .start: return .start
        case .run: return .run(arguments)
        }
    }

    /// Divides the words after `--` between go and the programs. Without `--prove=run` all are for go. With it, the words
    /// after the last further `--` are for the programs; without a further `--`, all are.
    func divide(_ words: [String]) -> (toGo: [String], toProgram: [String]) {
        guard prove == .run else { return (words, []) }
        guard let divider = words.lastIndex(of: "--") else { return ([], words) }
        return (Array(words[..<divider]), Array(words[(divider + 1)...]))
    }

    /// Writes `--prove` alone out as `--prove=start`: the parser would take the next word for its value, whatever it is.
    static func spelledOut(_ arguments: [String]) -> [String] {
        var own = Array(arguments.prefix { $0 != "--" })
        let rest = arguments.dropFirst(own.count)
        for index in own.indices.reversed() where own[index] == "--prove" {
            let next = index + 1 < own.count ? ProofDepth(rawValue: own[index + 1]) : nil
            own.replaceSubrange(
                index...(next == nil ? index : index + 1), with: ["--prove=\((next ?? .start).rawValue)"])
        }
        return own + rest
    }
}
