import Text

/// The commented `scratchcheck.yaml` that `staticcheck init` writes.
public enum ConfigurationTemplate {
    /// A program that was found.
    public struct Program: Sendable {
        /// Its package, as go takes it: `./cmd/app`.
        public let pattern: String
        /// Whether package main has a variable `version`.
        public let hasVersion: Bool

        /// Describes a program.
        public init(pattern: String, hasVersion: Bool) {
            self.pattern = pattern
            self.hasVersion = hasVersion
        }
    }

    /// The file for the programs that were found.
    public static func text(_ programs: [Program]) -> String {
        let plain = programs.filter { !$0.hasVersion }
        let builds = programs.filter(\.hasVersion).map { build([$0]) } + (plain.isEmpty ? [] : [build(plain)])
        return """
            # What staticcheck builds, and with which rules: docs/configuration.md. Command line options override this file.
            version: 1

            # The packages of an entry are built alike; each program goes to dist/<os>/<arch>[/<variant>]/<name>.
            builds:
            \(builds.joined(separator: "\n"))

            # The folder for the binaries.
            output: dist

            # Each binary that passes gets a stamp beside it, signed if there is a key ('staticcheck keygen' makes one).
            stamps: true
            # stamps:
            #   key: env:STAMP_KEY

            # Build every program twice and compare.
            reproduce: false

            # The cache program on PATH that is asked for compiled packages (Go 1.24 or later): docs/cache.md.
            # cache: go-cacher

            policy:
              # 'staticcheck explain' lists the rules. Levels are error, warning, note and off.
              rules: {}
              #  time-zones: "off"
              #  ca-certificates:
              #    level: note
              #    reason: every image copies them

              # Findings that are accepted: in which packages, why, and until which day.
              exceptions: []
              #  - rule: other-programs
              #    packages: [example.com/app/cmd/runner]
              #    reason: running programs is its job, and its image is not from scratch
              #    until: 2027-06-30

            # What is demanded of the inside of each program; the gate checks it again.
            # require:
            #   facts: [go>=1.26, CGO_ENABLED=0, vcs.modified=false]
            #   deny-packages: [net/http/pprof]
            #   allow: [network]

            # How 'staticcheck image' makes the image; default: what the program needs.
            # image:
            #   tag: registry.example.com/app:1.0
            #   user: 65532:65532
            #   expose: [8080]
            #   with: [tmp]

            # Reports to write to files, besides the one on standard output.
            reports: []
            #  - format: json
            #    file: dist/report.json

            """
    }

    private static func build(_ programs: [Program]) -> String {
        let version = programs[0].hasVersion ? " -X main.version={{version}}" : ""
        return """
              - packages:
            \(programs.map { "      - \(quoted($0.pattern))" }.joined(separator: "\n"))
                platforms: [linux/amd64, linux/arm64]
                # {{version}}, {{commit}} and {{date}} are what git says of the sources.
                ldflags: -s -w\(version)
                # go-version: 1.26.4
                # tags: [timetzdata]
                # Programs that need C (import "C"): zig compiles it for each platform (docs/cgo.md).
                # cgo: zig
            """
    }

    /// Quotes a path that YAML would read as something else. In single quotes, a quote is doubled.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_./".utf8.contains($0) }
        return isPlain ? text : "'" + text.replacing("'", with: "''") + "'"
    }
}
