public import Foundation

/// Programs of others that the tests ask, installed in .build-python.
public enum Client {
    /// Runs one of them.
    public static func run(
        _ name: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> Execution {
        let program = Checkout.root.appending(path: ".build-python/bin/\(name)").path
        return try Execution(program, arguments, in: folder, environment: environment)
    }

    /// Runs a Python script with the packages that are there.
    public static func python(_ script: String, _ arguments: [String], in folder: URL? = nil) throws -> Execution {
        try run("python", ["-c", script] + arguments, in: folder)
    }
}
