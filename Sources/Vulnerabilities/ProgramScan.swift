import GoBinary
import Text
public import Verification

extension VulnerabilityDatabase: AdvisoryLookup {
    /// Looks up the modules of a program.
    ///
    /// - Returns: The result, which says so if an entry could not be read or the file does not name its modules; nil if the file
    ///   is not a program.
    public func scan(_ subject: Subject) -> AdvisoryScan? {
        guard let info = subject.buildInfo, !info.path.isEmpty || info.main != nil else {
            guard subject.isProgram else { return nil }
            let isGo = subject.buildInfo != nil || subject.lineTable != nil || subject.image?.hasGoMarks == true
            return AdvisoryScan(
                databaseModified: modified,
                gaps: [
                    isGo
                        ? "the file has no build info, so its modules and their versions are not known"
                        : "it is not a Go program, or hides that it is one"
                ])
        }
        do { return try ProgramScan(info, subject, self).result() } catch {
            return AdvisoryScan(databaseModified: modified, failure: error.description)
        }
    }
}

/// The lookup of one program.
private struct ProgramScan {
    let info: BuildInfo
    let subject: Subject
    let database: VulnerabilityDatabase
    let modules: [LinkedModule]

    /// An advisory for the version of a module.
    private struct Match {
        let entry: DatabaseEntry
        let module: LinkedModule
        /// The affected packages, under their paths in the program. No packages means that the advisory names none.
        let packages: [(path: String, functions: [String])]
    }

    init(_ info: BuildInfo, _ subject: Subject, _ database: VulnerabilityDatabase) {
        self.info = info
        self.subject = subject
        self.database = database
        modules = LinkedModule.all(in: info)
    }

    func result() throws(VulnerabilityError) -> AdvisoryScan {
        let matches = try matches()
        var wanted: [String: Set<String>] = [:]
        for package in matches.flatMap(\.packages) { wanted[package.path, default: []].formUnion(package.functions) }
        let code = subject.lineTable.map { LinkedCode($0, wanted: wanted, mainPath: info.path) }
        let namesDependencies = code.map(areNamesOfDependenciesThere) ?? false
        let hasLibrary = modules.contains { $0.path == LinkedModule.library }
        return AdvisoryScan(
            databaseModified: database.modified,
            advisories: matches.map { advisory($0, in: code, namesDependencies) }.sorted {
                ($0.id, $0.module) < ($1.id, $1.module)
            },
            gaps: hasLibrary
                ? [] : ["'\(info.goVersion)' is not a version of Go, so the standard library is not looked up"])
    }

    private func matches() throws(VulnerabilityError) -> [Match] {
        var matches: [Match] = []
        for module in modules {
            for entry in try database.entries(about: module.path, at: module.version) where entry.withdrawn == nil {
                if let match = match(entry, module) { matches.append(match) }
            }
        }
        return matches
    }

    /// The part of an entry that is about a module at its version, on the program's platform; nil if there is none.
    private func match(_ entry: DatabaseEntry, _ module: LinkedModule) -> Match? {
        let platform = subject.platform
        var affected: [DatabaseEntry.Affected] = []
        var packages: [DatabaseEntry.Package] = []
        for one in entry.affected ?? [] where one.package.name == module.path {
            guard module.version.map({ (one.ranges ?? []).affect($0) }) ?? true else { continue }
            let own = one.packages.filter {
                $0.isFor(
                    goos: info.settings["GOOS"] ?? platform?.goos, goarch: info.settings["GOARCH"] ?? platform?.goarch)
            }
            guard one.packages.isEmpty || !own.isEmpty else { continue }
            affected.append(one)
            packages += own
        }
        guard !affected.isEmpty else { return nil }
        // If one of them names no package, all packages are affected.
        let isOfModule = affected.contains { $0.packages.isEmpty }
        return Match(
            entry: entry, module: module,
            packages: isOfModule ? [] : packages.map { (module.codePath(of: $0.path), $0.symbols ?? []) })
    }

    private func advisory(_ match: Match, in code: LinkedCode?, _ namesDependencies: Bool) -> Advisory {
        let (state, functions, reason) = state(of: match, in: code, namesDependencies)
        return Advisory(
            id: match.entry.id, aliases: (match.entry.aliases ?? []).distinct, summary: match.entry.headline,
            module: match.module.path, version: match.module.shownVersion,
            fixedVersion: match.entry.ranges(of: match.module.path).firstFix(after: match.module.version).map {
                match.module.codePath == nil ? $0 : "v" + $0
            },
            state: state, functions: functions, reason: reason)
    }

    private func state(
        of match: Match, in code: LinkedCode?, _ namesDependencies: Bool
    ) -> (Advisory.State, [String], reason: String?) {
        guard let code else { return (.unknown, [], "the file has no line table") }
        guard code.isReadable, namesDependencies || match.module.codePath == nil else {
            return (.unknown, [], "the names of functions are missing or garbled")
        }
        guard !match.packages.isEmpty else {
            let isThere = code.packages.contains { match.module.owns($0, among: modules) }
            return isThere ? (.unknown, [], "the advisory names no packages") : (.notLinked, [], nil)
        }
        let functions = match.packages.flatMap { package -> [String] in
            if package.functions.isEmpty { return code.packages.contains(package.path) ? [package.path] : [] }
            let found = code.functions[package.path] ?? []
            return package.functions.filter(found.contains).map { "\(package.path).\($0)" }
        }
        if functions.isEmpty {
            return match.packages.contains { code.packages.contains($0.path) }
                ? (.packageOnly, [], nil) : (.notLinked, [], nil)
        }
        return match.module.version == nil
            ? (.unknown, functions, "the version of \(match.module.path) is not known") : (.linked, functions, nil)
    }

    /// Whether a function of any dependency is named. A program that hides their names shows none.
    private func areNamesOfDependenciesThere(_ code: LinkedCode) -> Bool {
        let paths = ModulePaths(info.dependencies.map(\.importedPath))
        return info.dependencies.isEmpty || code.packages.contains { paths.owner(of: $0) != nil }
    }
}
