public import Attestation
public import GoBinary
public import Verification

/// The Go modules in binaries, read from the build info that the linker wrote into them, not from a go.mod.
public struct BillOfMaterials: Sendable {
    /// The binaries, in the order of the report.
    public let binaries: [Binary]
    /// The time of the document, RFC 3339 in UTC without fractions.
    public let created: String

    /// A binary and its modules.
    public struct Binary: Sendable {
        /// The path, as in the report.
        public let path: String
        /// The SHA-256 digest of the file.
        public let digest: Digest
        /// The main module, or the program itself if it was built outside of any module.
        public let main: Component
        /// The modules that it depends on and the standard library, without duplicates, sorted by package URL.
        public let dependencies: [Component]
        /// The known vulnerabilities of the modules; nil if they were not looked up.
        public var advisories: AdvisoryScan?

        /// Takes the modules out of a build info.
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
        /// The module path, the version, and the path of the main package in the module.
        public let url: PackageURL
        /// The `h1:` sum of the module, or an empty string. It is not the digest of a file.
        public let sum: String

        /// The module path, `example.com/m`.
        public var name: String { url.module }
        /// The version; nil for a development build.
        public var knownVersion: String? { url.knownVersion }
        /// `pkg:golang/example.com/m@v1.2.3`.
        public var packageURL: String { url.text() }
    }

    /// Lists the modules of binaries.
    public init(binaries: [Binary], created: String) {
        self.binaries = binaries
        self.created = created
    }

    /// A UUID of version 8 (RFC 9562, section 5.8) from the digest of the binaries' digests: unique to the document, and the same
    /// for the same binaries.
    var uniqueURI: String {
        var digits = Array(Digest(of: binaries.flatMap { Array($0.digest.hexadecimal.utf8) }).hexadecimal.prefix(32))
        digits[12] = "8"
        digits[16] = "8"
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return "urn:uuid:" + parts.joined(separator: "-")
    }

    /// The components of all binaries, without duplicates, sorted by package URL.
    var components: [Component] {
        Set(binaries.flatMap(\.dependencies)).sorted { $0.packageURL < $1.packageURL }
    }
}
