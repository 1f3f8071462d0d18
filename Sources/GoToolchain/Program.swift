public import GoBinary

/// A program to build, and the name that its file gets.
public struct Program: Sendable, Hashable {
    /// The package.
    public let package: GoPackage
    /// The file's name, unique in the plan, without a suffix for the system.
    public let name: String

    /// Names a program.
    public init(package: GoPackage, name: String) {
        self.package = package
        self.name = name
    }

    /// The file's name on a platform.
    public func fileName(on platform: Platform) -> String { platform.goos == "windows" ? name + ".exe" : name }
}
