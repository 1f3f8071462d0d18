import Files
import GoBinary
import GoToolchain
import Licensing
import Reporting
import SystemPackage
import Verification

/// Learns of the sources what bills of materials and licence rules need. Each module is read once for the whole matrix.
actor BillSurvey {
    private let settings: BillSettings
    private let environment: [String: String]
    private var licenses: [FilePath: BillFacts.License?] = [:]
    private var versions: [FilePath: String?] = [:]
    private var sums: [FilePath: [String: String]] = [:]

    /// What the sources of one program say.
    struct Sources: Sendable {
        let program: ProgramSources
        /// The licences of the modules that could be read, by path.
        let licenses: [String: BillFacts.License]

        /// The modules whose licence is denied or not known; nil if no licence is denied.
        func licenses(denying names: [LicenseName]) -> [ModuleLicense]? {
            guard !names.isEmpty else { return nil }
            // The standard library has the licence of Go, and some distributions leave its text out. The program's own module
            // is its authors' business.
            let own = program.main
            return program.modules.keys.sorted().flatMap { path -> [ModuleLicense] in
                guard path != own, path != ProgramSources.standardLibrary else { return [] }
                let texts = licenses[path]?.texts ?? []
                let name = program.modules[path]?.name ?? path
                guard !texts.isEmpty else {
                    return [ModuleLicense(module: name, identifiers: [], place: nil, denying: names)].compactMap(\.self)
                }
                return texts.compactMap { text in
                    ModuleLicense(
                        module: name, identifiers: text.identifiers,
                        place: text.file + (text.line.map { ":\($0)" } ?? ""), denying: names)
                }
            }
        }
    }

    init(_ settings: BillSettings, in context: Context) {
        self.settings = settings
        environment = context.environment
    }

    /// What the sources of a step's programs say.
    ///
    /// - Throws: `BuildError` if go fails; `ProcessError`; `CancellationError`.
    func sources(of step: BuildStep) async throws -> [Program: Sources] {
        try await step.sources().mapValues { program in
            let main = MainFolder(of: step.directory)
            let licenses = program.modules.compactMapValues { module in license(of: module, main: main) }
            return Sources(program: program, licenses: licenses)
        }
    }

    /// What is known of a program besides its build info.
    ///
    /// - Parameter sources: nil if go did not list them.
    func facts(of info: BuildInfo, in directory: FilePath, _ sources: Sources?) async -> BillFacts {
        var facts = BillFacts()
        let main = MainFolder(of: directory)
        facts.isOfBuild = true
        facts.mainVersion = await version(of: info, in: main)
        facts.supplier = settings.supplier
        facts.imports = sources?.program.imports
        for (path, license) in sources?.licenses ?? [:] { facts.modules[path, default: .init()].license = license }
        for module in info.dependencies where module.sum.isEmpty {
            guard let sum = sums(in: main)["\(module.path) \(module.version)"] else { continue }
            facts.modules[module.importedPath, default: .init()].sum = sum
        }
        return facts
    }

    private func license(of module: ProgramSources.Module, main: MainFolder) -> BillFacts.License? {
        if let known = licenses[module.folder] { return known }
        var license = ModuleLicenses.read(module)
        // A module without a licence of its own has that of the repository around it.
        if license?.texts.isEmpty == true, let repository = main.repository, module.folder == main.root,
            repository != main.root,
            let outer = ModuleLicenses.read(.init(folder: repository, files: module.files, name: module.name))
        {
            license = outer
        }
        licenses[module.folder] = .some(license)
        return license
    }

    private func version(of info: BuildInfo, in main: MainFolder) async -> String? {
        if let stated = info.main?.version, stated != "(devel)", !stated.isEmpty { return nil }
        guard let root = main.root, main.repository != nil else { return nil }
        if let known = versions[root] { return known }
        let version = await GitFacts.version(of: info, in: root, environment: environment)
        versions[root] = .some(version)
        return version
    }

    /// The sums in go.sum, by path and version.
    private func sums(in main: MainFolder) -> [String: String] {
        guard let root = main.root else { return [:] }
        if let known = sums[root] { return known }
        let text = (try? FileSnapshot.text(root.appending("go.sum"), maximumSize: 16 << 20)) ?? ""
        var found: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: " ")
            guard fields.count == 3, !fields[1].hasSuffix("/go.mod"), fields[2].hasPrefix("h1:") else { continue }
            found["\(fields[0]) \(fields[1])"] = String(fields[2])
        }
        sums[root] = found
        return found
    }
}

/// The module and the repository around the folder in which go runs.
private struct MainFolder {
    let root: FilePath?
    let repository: FilePath?

    init(of directory: FilePath) {
        root = FolderSearch.nearest("go.mod", from: directory)
        repository = FolderSearch.nearest(".git", from: directory)
    }
}
