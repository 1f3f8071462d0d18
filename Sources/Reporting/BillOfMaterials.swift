public import Attestation
public import GoBinary

/// What a binary is made of, by its own build info: what the linker wrote into it, and not what a go.mod asks for.
public struct BillOfMaterials: Sendable {
    /// The binaries, in the order of the report.
    public let binaries: [Binary]
    /// When the bill was made, RFC 3339 in UTC without fractions.
    public let created: String

    /// A binary with its modules.
    public struct Binary: Sendable {
        /// Its path, as the report has it.
        public let path: String
        /// SHA-256 of its bytes.
        public let digest: Digest
        /// The main module, or the program itself where it was built in none.
        public let main: Component
        /// The modules that it depends on, and the standard library, each once, in the order of their names.
        public let dependencies: [Component]

        /// Reads the bill of a binary.
        public init(path: String, digest: Digest, buildInfo: BuildInfo) {
            self.path = path
            self.digest = digest
            main = Component(
                url: buildInfo.packageURL ?? PackageURL(module: buildInfo.path, version: ""),
                sum: buildInfo.main?.sum ?? "")
            let modules = buildInfo.dependencies.map {
                Component(url: PackageURL(module: $0.path, version: $0.version), sum: $0.sum)
            }
            let library = GoVersion(buildInfo.goVersion).map {
                Component(
                    url: PackageURL(module: "stdlib", version: String($0.description.dropFirst(2))), sum: "")
            }
            dependencies = Set(modules + (library.map { [$0] } ?? [])).sorted { $0.packageURL < $1.packageURL }
        }
    }

    /// A Go module at a version.
    public struct Component: Sendable, Hashable {
        /// The module path and version, with the path of the main package in the module.
        public let url: PackageURL
        /// The `h1:` sum of the module's files, or an empty text. It is no digest of any file.
        public let sum: String

        /// The module path.
        public var name: String { url.module }
        /// The version, where there is one.
        public var knownVersion: String? { url.knownVersion }
        /// `pkg:golang/example.com/m@v1.2.3`.
        public var packageURL: String { url.text() }
    }

    /// Makes a bill of binaries.
    public init(binaries: [Binary], created: String) {
        self.binaries = binaries
        self.created = created
    }

    /// The digest of all binaries' digests, for what must be unique to the bill and the same each time.
    var identity: Digest { Digest(of: binaries.flatMap { Array($0.digest.hexadecimal.utf8) }) }

    /// Every component of every binary, each once, in the order of their names.
    var components: [Component] {
        Set(binaries.flatMap(\.dependencies)).sorted { $0.packageURL < $1.packageURL }
    }
}
