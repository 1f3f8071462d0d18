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

        /// Reads what has the form that engines write. The specification lets others write anything here, so nothing is an error.
        public init(from decoder: any Decoder) {
            let values = try? decoder.container(keyedBy: CodingKeys.self)
            func number(_ key: CodingKeys) -> Int? { try? values?.decode(Int.self, forKey: key) }
            test = try? values?.decode([String].self, forKey: .test)
            interval = number(.interval)
            timeout = number(.timeout)
            startPeriod = number(.startPeriod)
            retries = number(.retries)
        }

        /// The command with its form, such as `CMD` before words; nil if there is none.
        public var words: [String]? { test }

        /// The times and the number of failures, by name, for people.
        public var times: [String: String] {
            func text(_ nanoseconds: Int?) -> String? { nanoseconds.map { "\(Double($0) / 1e9) s" } }
            let all = [
                "interval": text(interval), "timeout": text(timeout), "start period": text(startPeriod),
                "retries": retries.map { "\($0)" },
            ]
            return all.compactMapValues { $0 }
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
