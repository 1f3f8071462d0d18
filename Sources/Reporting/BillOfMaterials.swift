public import Attestation
public import ELF
public import GoBinary
public import Licensing
public import Verification

/// The Go modules in binaries, read from the build info that the linker wrote into them, not from a go.mod.
public struct BillOfMaterials: Sendable {
    /// The binaries, in the order of the report.
    public let binaries: [Binary]
    /// The time of the document, RFC 3339 in UTC without fractions.
    public let created: String
    /// Who makes the document; nil if nobody but this program is known.
    let author: Supplier?

    /// A binary and its modules.
    public struct Binary: Sendable {
        /// The path, as in the report.
        public let path: String
        /// The SHA-256 digest of the file.
        public let digest: Digest
        /// The SHA-512 digest of the file; nil if it was not computed.
        let longDigest: LongDigest?
        /// The main module, or the program itself if it was built outside of any module.
        let main: Component
        /// The modules that it depends on and the standard library, without duplicates, sorted by package URL.
        let dependencies: [Component]
        /// Which of these modules import which, the main module among them; nil if it is not known.
        let edges: [Component: [Component]]?
        /// Whether everything that is linked is in the list: without cgo, the linker takes nothing but Go modules.
        let isComplete: Bool
        /// Whether the bill is made by the build, and not afterwards from the file.
        let isOfBuild: Bool
        /// The known vulnerabilities of the modules; nil if they were not looked up.
        public var advisories: AdvisoryScan?

        /// Takes the modules out of a build info.
        ///
        /// - Parameter notes: The notes of the program; what is linked besides Go modules may be named there.
        public init(
            path: String, digest: Digest, longDigest: LongDigest? = nil, buildInfo: BuildInfo, notes: [Note] = [],
            facts: BillFacts = BillFacts()
        ) {
            self.path = path
            self.digest = digest
            self.longDigest = longDigest
            main = Component(mainOf: buildInfo, facts)
            var named: [String: Component] = [buildInfo.main?.path ?? buildInfo.path: main]
            for module in buildInfo.dependencies { named[module.importedPath] = Component(module, facts) }
            named["std"] = Component(standardLibraryOf: buildInfo, facts)
            // The packages of files that are named on the command line are in no module.
            named[""] = main
            let main = main
            let others = PackageNote.all(in: notes).map { Component($0) }
            dependencies = Set(named.values.filter { $0 != main } + others).inOrder
            let all = dependencies
            edges = facts.imports.map { Binary.edges($0, named, from: main, to: all) }
            isComplete = buildInfo.settings["CGO_ENABLED"] == "0"
            isOfBuild = facts.isOfBuild
        }

        /// Takes packages out of the notes of a program that has no build info.
        ///
        /// - Returns: nil if they name none.
        public init?(
            path: String, digest: Digest, longDigest: LongDigest? = nil, notes: [Note], facts: BillFacts = BillFacts()
        ) {
            dependencies = PackageNote.all(in: notes).map { Component($0) }.inOrder
            if dependencies.isEmpty { return nil }
            self.path = path
            self.digest = digest
            self.longDigest = longDigest
            main = Component(PackageNote(program: Binary.fileName(of: path)), supplier: facts.supplier)
            edges = nil
            isComplete = false
            isOfBuild = facts.isOfBuild
        }

        /// The imports between modules. What the linker names and no import leads to, such as the runtime of a program without
        /// imports, belongs to the main module.
        private static func edges(
            _ imports: [String: Set<String>], _ named: [String: Component], from main: Component, to all: [Component]
        ) -> [Component: [Component]] {
            var edges: [Component: Set<Component>] = [:]
            for (path, others) in imports {
                guard let component = named[path] else { continue }
                edges[component, default: []].formUnion(others.compactMap { named[$0] }.filter { $0 != component })
            }
            var reached: Set<Component> = [main]
            var waiting = [main]
            while let component = waiting.popLast() {
                waiting += (edges[component] ?? []).filter { reached.insert($0).inserted }
            }
            edges[main, default: []].formUnion(all.filter { !reached.contains($0) })
            return edges.mapValues(\.inOrder)
        }

        /// What it depends on itself: all modules, if it is not known which of them import which.
        var direct: [Component] { edges.map { $0[main] ?? [] } ?? dependencies }

        private init(_ other: Binary, path: String) {
            self.path = path
            digest = other.digest
            longDigest = other.longDigest
            main = other.main
            dependencies = other.dependencies
            edges = other.edges
            isComplete = other.isComplete
            isOfBuild = other.isOfBuild
        }

        /// The same binary under another path.
        public func named(_ path: String) -> Binary { Binary(self, path: path) }

        /// The name of the binary inside a document.
        var reference: String { "sha256:\(digest)" }

        /// The file name.
        var fileName: String { Binary.fileName(of: path) }

        private static func fileName(of path: String) -> String {
            path.split(separator: "/").last.map(String.init) ?? path
        }
    }

    /// Lists the modules of binaries.
    ///
    /// - Parameter author: Who makes the document; nil takes the supplier of the programs, if they have one.
    public init(binaries: [Binary], created: String, author: Supplier? = nil) {
        self.binaries = binaries
        self.created = created
        let suppliers = Set(binaries.map(\.main.supplier))
        self.author = author ?? (suppliers.count == 1 ? suppliers.first ?? nil : nil)
    }

    /// A UUID of version 8 (RFC 9562, section 5.8) from the digest of the binaries' digests: unique to the document, and the same
    /// for the same binaries.
    var uniqueURI: String { uniqueURI(with: []) }

    /// The same for a document that also depends on something else.
    func uniqueURI(with more: [UInt8]) -> String {
        let own = binaries.flatMap { Array($0.digest.hexadecimal.utf8) }
        var digits = Array(Digest(of: own + more).hexadecimal.prefix(32))
        digits[12] = "8"
        digits[16] = "8"
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return "urn:uuid:" + parts.joined(separator: "-")
    }

    /// The components of all binaries, without duplicates, sorted by package URL.
    var components: [Component] { Set(binaries.flatMap(\.dependencies)).inOrder }

    /// Which components import which, over all binaries.
    var edges: [Component: [Component]] {
        var all: [Component: Set<Component>] = [:]
        for binary in binaries {
            for (component, others) in binary.edges ?? [:] where component != binary.main {
                all[component, default: []].formUnion(others)
            }
        }
        return all.mapValues(\.inOrder)
    }

    /// The texts of all components that are not recognized, each once.
    var extractedTexts: [BillLicense.Extracted] {
        let all = (binaries.map(\.main) + components).flatMap { $0.license?.extracted ?? [] }
        return Dictionary(all.map { ($0.identifier, $0) }) { first, _ in first }.values.sorted {
            $0.identifier < $1.identifier
        }
    }
}

extension Collection<BillOfMaterials.Component> {
    /// The order of components in documents.
    var inOrder: [BillOfMaterials.Component] {
        map { (key: ($0.packageURL, $0.name, $0.version ?? "", $0.sum), component: $0) }
            .sorted { $0.key < $1.key }.map(\.component)
    }
}
