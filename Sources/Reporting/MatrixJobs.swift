import Text

/// A matrix that is divided into jobs for several machines.
public struct MatrixJobs: Sendable {
    private let jobs: [Job]
    private let plan: PlanReport

    /// One job: a shard, and what it builds.
    private struct Job: Encodable {
        let shard: String
        let index: Int
        let name: String
        let weight: Int
        let platforms: [String]
        let packages: [String]
    }

    /// Divides targets into jobs.
    ///
    /// - Parameters:
    ///   - targets: Each target with the number of its shard, from 1.
    ///   - count: The number of shards.
    public init(targets: [(target: PlanReport.Target, shard: Int)], count: Int) {
        plan = PlanReport(targets: targets.map(\.target), shard: 1, of: count)
        jobs = (1...max(1, count)).map { index in
            let own = targets.filter { $0.shard == index }.map(\.target)
            let platforms = own.map(\.platform).distinct
            return Job(
                shard: "\(index)/\(count)", index: index, name: MatrixJobs.name(platforms, own),
                weight: own.map(\.weight).reduce(0, +), platforms: platforms,
                packages: own.map(\.package).distinct)
        }
    }

    /// The document for a CI system.
    ///
    /// - Parameters:
    ///   - arguments: Further arguments of `check`, the same in each job.
    ///   - places: Where a job leaves its files.
    public func text(
        for reader: MatrixReader, arguments: [String], places: MatrixPlaces = MatrixPlaces()
    ) throws -> String {
        switch reader {
        case .github:
            // GITHUB_OUTPUT takes one line.
            return try JSONReporter.line(GitHubMatrix(include: jobs))
        case .gitlab: return try gitLab(arguments, places)
        case .buildkite: return try buildkite(arguments, places)
        case .json: return try JSONReporter.render(Plan(jobs: jobs, plan: plan, arguments: arguments))
        }
    }

    private struct GitHubMatrix: Encodable {
        let include: [Job]
    }

    private struct Plan: Encodable {
        let schemaVersion = "1"
        let jobs: [Job]
        let sha256: String
        let targets: [PlanReport.Target]
        let arguments: [String]

        init(jobs: [Job], plan: PlanReport, arguments: [String]) {
            self.jobs = jobs
            self.sha256 = plan.sha256
            self.targets = plan.targets
            self.arguments = arguments
        }
    }

    /// A child pipeline (https://docs.gitlab.com/ci/yaml/); JSON is YAML too, so the strings need no other quoting.
    private func gitLab(_ arguments: [String], _ places: MatrixPlaces) throws -> String {
        struct Artifacts: Encodable {
            let when = "always"
            let paths: [String]
        }
        struct PipelineJob: Encodable {
            let stage: String
            let script: [String]
            let artifacts: Artifacts
            var when: String?
        }
        var pipeline = Dictionary(
            uniqueKeysWithValues: jobs.map { job in
                (
                    "build \(job.index) of \(jobs.count)",
                    PipelineJob(
                        stage: "build", script: [places.check(shard: job.shard, index: job.index, arguments)],
                        artifacts: Artifacts(paths: [places.binaries + "/", places.report("\(job.index)")]))
                )
            })
        pipeline["join the reports"] = PipelineJob(
            stage: "test", script: [places.merge],
            artifacts: Artifacts(paths: ["report.json"]), when: "always")
        return try JSONReporter.render(pipeline)
    }

    /// Steps to upload (https://buildkite.com/docs/pipelines/configure/step-types/command-step).
    private func buildkite(_ arguments: [String], _ places: MatrixPlaces) throws -> String {
        struct Step: Encodable {
            let label: String
            let key: String
            let command: [String]
            let artifactPaths: [String]
            var dependsOn: [String]?
            var allowDependencyFailure: Bool?

            enum CodingKeys: String, CodingKey {
                case label, key, command
                case artifactPaths = "artifact_paths"
                case dependsOn = "depends_on"
                case allowDependencyFailure = "allow_dependency_failure"
            }
        }
        let builds = jobs.map { job in
            Step(
                label: job.name, key: "build-\(job.index)",
                command: [places.check(shard: job.shard, index: job.index, arguments).withoutInterpolation],
                artifactPaths: [places.binaries + "/**/*", places.report("\(job.index)")])
        }
        let merge = Step(
            label: "join the reports", key: "merge",
            command: [
                "buildkite-agent artifact download \(places.report("*").shellQuoted) .", places.merge,
            ].map(\.withoutInterpolation), artifactPaths: ["report.json"], dependsOn: builds.map(\.key),
            allowDependencyFailure: true)
        return try JSONReporter.render(["steps": builds + [merge]])
    }

    private static func name(_ platforms: [String], _ targets: [PlanReport.Target]) -> String {
        let places = platforms.prefix(3).joined(separator: ", ")
        let more = platforms.count > 3 ? " and \(platforms.count - 3) more" : ""
        return "\(places)\(more) (\(targets.count.counted("program")))"
    }
}

extension String {
    /// The command, written so that it survives the agent of Buildkite, which replaces variables in the pipelines that it uploads.
    ///
    /// To the agent, `$$` is a dollar sign, and so is `\$`; so no backslash may stand before one. All dollar signs are within single
    /// quotes.
    ///
    /// Source: https://buildkite.com/docs/pipelines/configure/environment-variables#runtime-variable-interpolation
    fileprivate var withoutInterpolation: String {
        replacing("\\$", with: "\\''$").replacing("$", with: "$$")
    }
}

/// The CI systems that a matrix can be written for.
public enum MatrixReader: String, Sendable, CaseIterable {
    /// GitHub Actions: a `strategy.matrix` for `fromJSON`, on one line.
    case github
    /// GitLab CI: a child pipeline.
    case gitlab
    /// Buildkite: a pipeline to upload.
    case buildkite
    /// The plan itself, for scripts.
    case json
}
