import ArgumentParser
import Configuration
import Workflows

/// How engines ask an image whether it works.
struct HealthOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How engines ask the container whether it works: http://127.0.0.1:8080/healthz or tcp:8080 with a small program that is "
                + "built and added, or exec:/app,--healthy with a program of the image.",
            valueName: "probe"),
        transform: HealthWord.init(parsing:))
    var healthcheck: HealthWord?

    @Option(
        help: ArgumentHelp("The time between two questions; default: the engine's, 30s.", valueName: "time"),
        transform: WaitingTime.init(parsing:))
    var healthcheckInterval: WaitingTime?

    @Option(
        help: ArgumentHelp("How long an answer may take; default: the engine's, 30s.", valueName: "time"),
        transform: WaitingTime.init(parsing:))
    var healthcheckTimeout: WaitingTime?

    @Option(
        help: ArgumentHelp(
            "How long after the start a failure does not count; default: the engine's, 0s.", valueName: "time"),
        transform: WaitingTime.init(parsing:))
    var healthcheckStartPeriod: WaitingTime?

    @Option(
        help: ArgumentHelp("How many failures in a row count; default: the engine's, 3.", valueName: "number"),
        transform: Count.init(parsing:))
    var healthcheckRetries: Count<RetryLimit>?

    /// The check; nil if none is asked for.
    ///
    /// - Throws: `ValidationError` for a configured value that is wrong, or for options that need another.
    func resolve(over section: ImageSection?) throws -> HealthSettings? {
        func time(_ option: WaitingTime?, _ key: String, _ text: String?) throws -> Double? {
            try (option ?? section?.configured(key, text))?.seconds
        }
        let health = section?.health
        guard let word = try healthcheck ?? section?.configured("healthcheck", health?.question) else {
            guard !hasDetails, health == nil || health == .init() else {
                throw ValidationError("--healthcheck-interval and the like are for --healthcheck")
            }
            return nil
        }
        var settings = HealthSettings(word.question)
        settings.interval = try time(healthcheckInterval, "healthcheck-interval", health?.interval)
        settings.timeout = try time(healthcheckTimeout, "healthcheck-timeout", health?.timeout)
        settings.startPeriod = try time(healthcheckStartPeriod, "healthcheck-start-period", health?.startPeriod)
        settings.retries = try (healthcheckRetries ?? section?.configured("healthcheck-retries", health?.retries))?
            .value
        return settings
    }

    private var hasDetails: Bool {
        healthcheckInterval != nil || healthcheckTimeout != nil || healthcheckStartPeriod != nil
            || healthcheckRetries != nil
    }
}

/// A question to a container.
struct HealthWord: OptionForm, Hashable {
    let question: HealthQuestion

    init(parsing text: String) throws(OptionFormError) {
        do { question = try HealthQuestion(parsing: text) } catch { throw .probe("\(error)") }
    }
}
