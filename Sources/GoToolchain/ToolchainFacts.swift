import Files
import FoundationEssentials
public import GoBinary
import Processes
public import SystemPackage
import Text

extension Toolchain {
    /// The archive of time zones in GOROOT; nil if go does not tell, or the system's package leaves it out.
    public func zoneArchive(in directory: FilePath) async -> FilePath? {
        guard let root = try? await output(of: ["env", "GOROOT"], in: directory).split(separator: "\n").first else {
            return nil
        }
        let path = FilePath(String(root)).appending("lib/time/zoneinfo.zip")
        return path.exists ? path : nil
    }

    /// The platforms that this version of Go can build for (`go tool dist list`).
    ///
    /// - Throws: `BuildError` if go fails.
    public func platforms() async throws -> [Platform] {
        try await ports().map { Platform(goos: $0.goos, goarch: $0.goarch) }
    }

    /// The platforms for which this version of Go supports cgo.
    func platformsWithCgo() async throws -> Set<Platform> {
        Set(try await ports().filter(\.supportsCgo).map { Platform(goos: $0.goos, goarch: $0.goarch) })
    }

    private func ports() async throws -> [Port] {
        let arguments = ["tool", "dist", "list", "-json"]
        return try GoOutput.decode(try await output(of: arguments, in: "/"), of: arguments, in: "/")
    }

    /// Checks that the toolchain knows platforms. go is asked only if there is one that not every version knows.
    ///
    /// - Throws: `BuildError.unknownPlatform` with the nearest name.
    public func check(_ platforms: [Platform]) async throws {
        let doubtful = platforms.filter { !$0.isKnownToEveryGo }
        guard !doubtful.isEmpty else { return }
        let known = try await self.platforms().map { "\($0.goos)/\($0.goarch)" }
        for platform in doubtful {
            let name = "\(platform.goos)/\(platform.goarch)"
            guard !known.contains(name) else { continue }
            throw BuildError.unknownPlatform(name, goVersion: version, known: known)
        }
    }

    /// The versions that a go.mod asks for.
    public struct ModuleFile: Sendable, Hashable, Decodable {
        /// The language version, for example `1.22`.
        public let go: String?
        /// The toolchain, for example `go1.22.5`.
        public let toolchain: String?

        enum CodingKeys: String, CodingKey {
            case go = "Go"
            case toolchain = "Toolchain"
        }
    }

    /// Reads the go.mod in a module's root, with `go mod edit -json`.
    ///
    /// - Throws: `BuildError` if go fails.
    public func moduleFile(in root: FilePath) async throws -> ModuleFile {
        let arguments = ["mod", "edit", "-json"]
        return try GoOutput.decode(try await output(of: arguments, in: root), of: arguments, in: root)
    }
}

/// An element of `go tool dist list -json`.
struct Port: Decodable {
    let goos: String
    let goarch: String
    let supportsCgo: Bool

    enum CodingKeys: String, CodingKey {
        case goos = "GOOS"
        case goarch = "GOARCH"
        case supportsCgo = "CgoSupported"
    }
}

/// Decodes the JSON that go prints.
enum GoOutput {
    /// Decodes one document.
    ///
    /// - Throws: `BuildError.unexpectedOutput` with the command if it is not of this type.
    static func decode<Value: Decodable>(
        _ text: String, of arguments: [String], in directory: FilePath
    ) throws(BuildError) -> Value {
        try decode(Data(text.utf8), of: arguments, in: directory)
    }

    private static func decode<Value: Decodable>(
        _ text: Data, of arguments: [String], in directory: FilePath
    ) throws(BuildError) -> Value {
        do { return try JSONDecoder().decode(Value.self, from: text) } catch {
            throw .unexpectedOutput(arguments, directory: directory)
        }
    }

    /// Decodes a stream of objects, one after the other, as `go list -json` prints them.
    ///
    /// go writes the closing brace of each object alone at the start of a line, and nothing else there.
    ///
    /// - Throws: `BuildError.unexpectedOutput` with the command if an object is not of this type, or cut off.
    static func decodeStream<Value: Decodable>(
        _ text: String, of arguments: [String], in directory: FilePath
    ) throws(BuildError) -> [Value] {
        let bytes = Data(text.utf8)
        var values: [Value] = []
        var start = 0
        for line in bytes.split(separator: UInt8(ascii: "\n")) where line.elementsEqual("}".utf8) {
            values.append(try decode(bytes[start..<line.endIndex], of: arguments, in: directory))
            start = line.endIndex
        }
        guard bytes[start...].allSatisfy({ $0 == UInt8(ascii: "\n") }) else {
            throw .unexpectedOutput(arguments, directory: directory)
        }
        return values
    }
}
