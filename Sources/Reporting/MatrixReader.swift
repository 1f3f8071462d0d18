/// Who reads the plan of a matrix.
public enum MatrixReader: String, Sendable, CaseIterable {
    /// GitHub Actions: a `strategy.matrix` for `fromJSON`.
    case github
    /// GitLab CI: a child pipeline.
    case gitlab
    /// Buildkite: a pipeline to upload.
    case buildkite
    /// The plan alone.
    case json
}
