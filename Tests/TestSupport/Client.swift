import Foundation

/// Programs of others that the tests ask, installed in .build-python.
public enum Client {
    /// Runs one of them.
    public static func run(_ name: String, _ arguments: [String]) throws -> Execution {
        try Execution(Checkout.root.appending(path: ".build-python/bin/\(name)").path, arguments)
    }

    /// Runs a Python script with the packages that are there.
    public static func python(_ script: String, _ arguments: [String]) throws -> Execution {
        try run("python", ["-c", script] + arguments)
    }
}
