public import GoBinary

/// A program to build, and the name of its file.
public struct Program: Sendable, Hashable {
    /// The main package.
    public let package: GoPackage
    /// The name of the file, unique in the plan, without the suffix `.exe`.
    public let name: String

    /// Names a program.
    public init(package: GoPackage, name: String) {
        self.package = package
        self.name = name
    }

    /// The name of the file on a platform.
    public func fileName(on platform: Platform) -> String { platform.goos == "windows" ? name + ".exe" : name }
}

/// One program on one platform: a cell of the matrix.
public struct Target: Sendable, Hashable {
    /// The import path of the main package.
    public let package: String
    /// The platform.
    public let platform: Platform
    /// The name of the file.
    public let fileName: String

    /// The path of the file below the output folder: `linux/arm/v7/app`.
    public var place: String { "\(platform)/\(fileName)" }
}
