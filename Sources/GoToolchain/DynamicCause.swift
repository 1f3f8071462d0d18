import Files
public import GoBinary
public import SystemPackage

/// A reason why a program that was built with CGO_ENABLED=0 needs a loader or libraries.
public enum DynamicCause: Sendable, Hashable, CustomStringConvertible {
    /// A flag of the build.
    case flag(String, isFromEnvironment: Bool)
    /// A line of the sources that makes the linker import a symbol of a library, and the chain of imports from the program to
    /// its package.
    case dynamicImport(file: String, line: Int, chain: [String])

    /// The flag, or the line with the imports that lead to it.
    public var description: String {
        switch self {
        case .flag(let flag, let isFromEnvironment): "the flag \(flag)" + (isFromEnvironment ? ", from GOFLAGS" : "")
        case .dynamicImport(let file, let line, let chain):
            "\(file):\(line) imports a symbol of a library (//go:cgo_import_dynamic)"
                + (chain.count > 1 ? "; imported through \(chain.joined(separator: " → "))" : "")
        }
    }
}

extension Toolchain {
    /// Finds what made a program dynamic: the flags of its build, then the packages that it consists of.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - directory: Where it was built.
    ///   - flags: The flags of the build.
    ///   - platform: The platform of the build.
    /// - Returns: The causes, the most likely first; empty if none was found, or go cannot list the packages.
    public func causesOfDynamicLinking(
        of program: Program, in directory: FilePath, flags: BuildFlags, for platform: Platform
    ) async throws -> [DynamicCause] {
        let arguments =
            ["list", "-e", "-deps", jsonFlag(GoPackage.fields)] + flags.listing + ["--", program.package.importPath]
        let packages: [GoPackage]
        do {
            let text = try await output(of: arguments, in: directory, for: platform)
            packages = try GoOutput.decodeStream(text, of: arguments, in: directory)
        } catch BuildError.goFailed {
            packages = []
        }
        return DynamicCause.inFlags(flags.building, isFromEnvironment: false)
            + DynamicCause.inFlags(environment.goFlags, isFromEnvironment: true)
            + DynamicCause.inPackages(packages, of: program.package.importPath) { path in
                try? FileSnapshot.text(path, maximumSize: 64 << 20)
            }
    }
}

extension DynamicCause {
    /// Those flags of go and of its linker that make programs which need a loader.
    static func inFlags(_ flags: [String], isFromEnvironment: Bool) -> [DynamicCause] {
        flags.filter(makesDynamic).map { .flag($0, isFromEnvironment: isFromEnvironment) }
    }

    private static func makesDynamic(_ flag: String) -> Bool {
        let text = flag.drop { $0 == "-" }
        if text.hasPrefix("buildmode=") { return !["buildmode=exe", "buildmode=default"].contains(text) }
        guard text.hasPrefix("ldflags=") else { return text == "linkshared" || text == "race" || text == "asan" }
        if text.contains("-I") { return true }
        return !text.contains("-static") && (text.contains("linkmode=external") || text.contains("linkmode external"))
    }

    /// The first line with `//go:cgo_import_dynamic` of each package that the program imports. Go's own library is left out: its
    /// lines have no effect without cgo.
    ///
    /// - Parameters:
    ///   - packages: The packages of the program.
    ///   - program: The import path of the program.
    ///   - text: The text of a file; nil if it cannot be read.
    static func inPackages(
        _ packages: [GoPackage], of program: String, text: (FilePath) -> String?
    ) -> [DynamicCause] {
        let graph = ImportGraph(packages)
        return packages.filter { !$0.isStandard }.compactMap { package in
            guard let (file, line) = package.dynamicImport(text),
                let chain = graph.chain(from: program, to: package.importPath)
            else { return nil }
            return .dynamicImport(file: file, line: line, chain: chain)
        }
    }
}

extension GoPackage {
    fileprivate func dynamicImport(_ text: (FilePath) -> String?) -> (file: String, line: Int)? {
        for file in files {
            guard let text = text(FilePath(directory).appending(file)) else { continue }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            if let index = lines.firstIndex(where: { $0.hasPrefix("//go:cgo_import_dynamic") }) {
                return (importPath + "/" + file, index + 1)
            }
        }
        return nil
    }
}
