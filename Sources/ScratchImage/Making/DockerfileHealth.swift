import FoundationEssentials

extension DockerfileRecipe {
    /// How the container is asked whether it works, and the program that asks.
    public struct Health: Sendable {
        /// What is asked, and when.
        let check: HealthCheck
        /// The Go source of a program that the build stage adds; nil if the image has a program that asks.
        let source: String?

        /// Asks by a program of the image, or by one that is compiled from a source.
        public init(_ check: HealthCheck, source: String?) {
            self.check = check
            self.source = source
        }

        /// The name of the added program.
        static let program = "healthcheck"

        /// Brings the source into the build stage, as a here-document: nothing in it is expanded, because its end is quoted.
        var sourceInstruction: String {
            guard let source else { return "" }
            let name = Health.program
            // hadolint takes the line behind a here-document for a part of it.
            return
                "# The program that asks the container whether it works.\nCOPY <<'END' /\(name).go\n\(source)\nEND\n\n"
        }

        /// Compiles it, behind the program of the image.
        var buildCommand: String {
            guard source != nil else { return "" }
            return """
                 \\
                    && CGO_ENABLED=0 GOOS="$TARGETOS" GOARCH="$TARGETARCH" \\
                        go build -trimpath -ldflags="-s -w" -o /out/\(Health.program) /\(Health.program).go
                """
        }

        /// The instruction of the final stage. It has the exec form, because a scratch image has no shell.
        func instruction() -> String {
            let times = [("interval", check.interval), ("timeout", check.timeout), ("start-period", check.startPeriod)]
            var options = times.compactMap { name, seconds in seconds.map { "--\(name)=\(Health.time($0))" } }
            options += check.retries.map { ["--retries=\($0)"] } ?? []
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            let words = check.words.compactMap { word in
                (try? encoder.encode(word)).map { String(decoding: $0, as: UTF8.self) }
            }
            return (["HEALTHCHECK"] + options + ["CMD", "[\(words.joined(separator: ", "))]"]).joined(separator: " ")
        }

        /// A time as Go reads it. Whole seconds are written as such, because hadolint knows no others.
        private static func time(_ seconds: Double) -> String {
            seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(Int(seconds * 1000))ms"
        }
    }
}
