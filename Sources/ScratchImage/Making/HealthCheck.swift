/// How an engine asks a container whether it works (HEALTHCHECK of a Dockerfile). What is nil is as the engine has it.
public struct HealthCheck: Sendable, Hashable {
    /// The program of the image that asks, and its arguments. Exit code 0 means that the container works.
    public var words: [String]
    /// The seconds between two questions; Docker's default is 30.
    public var interval: Double?
    /// The seconds that an answer may take; Docker's default is 30.
    public var timeout: Double?
    /// The seconds after the start in which a failure does not count; Docker's default is 0.
    public var startPeriod: Double?
    /// How many failures in a row mean that the container does not work; Docker's default is 3.
    public var retries: Int?

    /// Makes a check.
    public init(words: [String]) { self.words = words }
}

extension ImageConfiguration {
    /// A check as Docker and podman write it. It is not part of the OCI specification, which lets others ignore it.
    ///
    /// Source: https://github.com/moby/docker-image-spec/blob/main/spec.md#image-json-field-descriptions
    public struct Healthcheck: Sendable, Hashable, Codable {
        let test: [String]?
        // In nanoseconds.
        let interval: Int?
        let timeout: Int?
        let startPeriod: Int?
        let retries: Int?

        enum CodingKeys: String, CodingKey {
            case test = "Test"
            case interval = "Interval"
            case timeout = "Timeout"
            case startPeriod = "StartPeriod"
            case retries = "Retries"
        }

        /// Reads nothing: the specification lets others write anything here, and nothing is made of it.
        public init(from decoder: any Decoder) {
            test = nil
            interval = nil
            timeout = nil
            startPeriod = nil
            retries = nil
        }

        init(_ check: HealthCheck) {
            func nanoseconds(_ seconds: Double?) -> Int? { seconds.map { Int($0 * 1e9) } }
            test = ["CMD"] + check.words
            interval = nanoseconds(check.interval)
            timeout = nanoseconds(check.timeout)
            startPeriod = nanoseconds(check.startPeriod)
            retries = check.retries
        }
    }
}
