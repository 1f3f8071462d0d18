import GoBinary
public import Verification

/// The modules and packages that a Go program is made of, and what its code can do.
public struct ProgramContents: Sendable, Hashable, Codable {
    /// What the code can do.
    public let capabilities: [Capability]
    /// The version of each module, by the path that packages import it by.
    public let modules: [String: String]
    /// The import paths of the packages with functions, sorted.
    public let packages: [String]

    /// Takes the contents out of a program; nil if it has no line table.
    public init?(of subject: Subject) {
        guard let table = subject.lineTable else { return nil }
        let info = subject.buildInfo
        let main = info.map(\.path).flatMap { $0.isEmpty ? nil : $0 }
        capabilities = Capabilities(of: table).all
        modules = ProgramContents.modules(of: info)
        packages = Set(table.packages.map { $0 == "main" ? main ?? $0 : $0 }).sorted()
    }

    /// The version of each module that a build info names, by the path that packages import it by.
    static func modules(of info: BuildInfo?) -> [String: String] {
        let versions = (info?.dependencies ?? []).map { ($0.importedPath, $0.fullVersion) }
        return Dictionary(versions) { first, _ in first }
    }

    /// Nothing.
    static let none = ProgramContents()

    private init() {
        capabilities = []
        modules = [:]
        packages = []
    }

    /// What is here and was not there before.
    func gain(since before: ProgramContents) -> Gain {
        Gain(
            capabilities: capabilities.filter { !before.capabilities.contains($0) },
            modules: modules.keys.filter { before.modules[$0] == nil }.sorted(),
            packages: Set(packages).subtracting(before.packages).sorted())
    }

    /// What a program has that it did not have before.
    public struct Gain: Sendable, Hashable, Codable {
        /// The new capabilities.
        public let capabilities: [Capability]
        /// The paths of the new modules.
        public let modules: [String]
        /// The import paths of the new packages.
        public let packages: [String]

        /// Whether there is nothing new.
        var isEmpty: Bool { capabilities.isEmpty && modules.isEmpty && packages.isEmpty }

        /// What is new, of each kind at most some: `capability exec; module example.com/m; 3 packages (a, b, c)`.
        var words: [String] {
            [
                ("capability", "capabilities", capabilities.map(\.rawValue)), ("module", "modules", modules),
                ("package", "packages", packages),
            ]
            .filter { !$0.2.isEmpty }.map { one, several, names in
                let shown = names.prefix(3).map(\.printable).joined(separator: ", ")
                return names.count == 1
                    ? "\(one) \(shown)" : "\(names.count) \(several) (\(shown)\(names.count > 3 ? "…" : ""))"
            }
        }
    }
}
