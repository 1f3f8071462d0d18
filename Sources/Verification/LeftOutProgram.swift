public import GoBinary

/// A program that was asked for and is not built on a platform, because all its files are excluded there.
public struct LeftOutProgram: Sendable, Hashable {
    /// The import path of the main package.
    public let package: String
    /// The platform.
    public let platform: Platform
    /// Whether it would be built with cgo. If not, build constraints exclude its files.
    public let needsCgo: Bool
    /// The names of the files that are excluded for this reason.
    public let files: [String]

    /// Describes a program.
    public init(package: String, platform: Platform, needsCgo: Bool, files: [String]) {
        self.package = package
        self.platform = platform
        self.needsCgo = needsCgo
        self.files = files
    }
}

/// A package of a program that is built without some of its files, because these need cgo.
public struct CgoLoss: Sendable, Hashable {
    /// The import path of the package.
    public let package: String
    /// The names of the files.
    public let files: [String]

    /// Describes a loss.
    public init(package: String, files: [String]) {
        self.package = package
        self.files = files
    }
}
