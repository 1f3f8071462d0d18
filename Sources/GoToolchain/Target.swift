public import GoBinary

/// One program on one platform: a cell of the matrix.
public struct Target: Sendable, Hashable {
    /// The import path of the main package.
    public let package: String
    /// The platform.
    public let platform: Platform
    /// The name of its file.
    public let fileName: String

    /// Where the file lies below the output folder: `linux/arm/v7/app`.
    public var place: String { "\(platform)/\(fileName)" }
}
