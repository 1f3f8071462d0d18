public import Foundation

/// The places of this checkout that tests use.
public enum Checkout {
    /// The top folder.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A sample that `make samples` built.
    public static func sample(_ name: String) -> String { root.appending(path: "TestBinaries/out/\(name)").path }

    /// The bytes of a sample.
    public static func bytes(ofSample name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: sample(name))))
    }

    /// The permission bits of a sample.
    public static func permissions(ofSample name: String) throws -> UInt32? {
        let attributes = try FileManager.default.attributesOfItem(atPath: sample(name))
        return (attributes[.posixPermissions] as? NSNumber)?.uint32Value
    }

    /// The built program, beside the test bundle.
    public static var program: String {
        let arguments = CommandLine.arguments
        let bundle = arguments.first { $0.hasSuffix(".xctest") } ?? arguments.first ?? ""
        return URL(filePath: bundle).deletingLastPathComponent().appending(path: "staticcheck").path
    }

    /// The sources of the packages that the program is built from.
    public static var packages: String {
        URL(filePath: program).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "checkouts").path
    }
}
