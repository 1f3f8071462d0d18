import FoundationEssentials
public import GoBinary
import Processes
public import SystemPackage

/// Why a program that was built with CGO_ENABLED=0 asks for a loader or libraries all the same.
public struct DynamicCause: Sendable, Hashable, CustomStringConvertible {
    /// One sentence: the flag, or the package with the imports that lead to it.
    public let description: String
}

extension Toolchain {
    /// Looks for what made a program dynamic: the flags of its build, then the packages that it is made of.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - directory: Where it was built.
    /// - Returns: What was found, the likeliest first; an empty list where nothing was.
    public func causesOfDynamicLinking(
        of program: Program, in directory: FilePath, flags: BuildFlags, for platform: Platform
    ) async throws -> [DynamicCause] {
        let fromEnvironment = (environment.variables["GOFLAGS"] ?? "").split(separator: " ").map(String.init)
        let suspects =
            DynamicCause.flags(flags.building).map { "the flag \($0)" }
            + DynamicCause.flags(fromEnvironment).map { "the flag \($0), from GOFLAGS" }
        let arguments =
            ["list", "-e", "-deps", jsonFlag(GoPackage.fields)] + flags.listing + ["--", program.package.importPath]
        let outcome = try await ChildProcess.run(command(arguments, in: directory, for: platform))
        let packages = outcome.succeeded ? try PackageStream.decode(outcome.output) : []
        let graph = ImportGraph(packages)
        let imports = packages.filter { !$0.isStandard }.compactMap { package -> String? in
            guard let line = package.dynamicImport,
                let chain = graph.chain(from: program.package.importPath, to: package.importPath)
            else { return nil }
            let way = chain.count > 1 ? "; imported by way of \(chain.joined(separator: " → "))" : ""
            return "\(line.file):\(line.number) asks for a library (//go:cgo_import_dynamic)\(way)"
        }
        return (suspects + imports).map(DynamicCause.init)
    }
}

extension DynamicCause {
    /// Those flags of go and of its linker that make programs which need a loader.
    static func flags(_ flags: [String]) -> [String] {
        flags.filter { flag in
            let text = flag.drop { $0 == "-" }
            if text.hasPrefix("buildmode=") { return !["buildmode=exe", "buildmode=default"].contains(text) }
            guard text.hasPrefix("ldflags=") else { return text == "linkshared" || text == "race" || text == "asan" }
            return text.contains("linkmode=external") || text.contains("linkmode external") || text.contains("-I")
        }
    }
}

extension GoPackage {
    /// The first line of the package's sources that asks the linker for a dynamic symbol.
    fileprivate var dynamicImport: (file: String, number: Int)? {
        for file in files {
            let path = FilePath(directory).appending(file).string
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            if let index = lines.firstIndex(where: { $0.hasPrefix("//go:cgo_import_dynamic") }) {
                return (importPath + "/" + file, index + 1)
            }
        }
        return nil
    }
}
