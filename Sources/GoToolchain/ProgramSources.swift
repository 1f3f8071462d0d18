import Files
import GoBinary
public import SystemPackage

/// The modules that a program is built from, as go lists its packages.
public struct ProgramSources: Sendable, Hashable {
    /// The modules by path; `std` is the standard library, and an empty path stands for files that are in no module.
    public let modules: [String: Module]
    /// Which modules import packages of which other modules.
    public let imports: [String: Set<String>]
    /// The path of the module of the program itself.
    public let main: String

    /// The path that stands for the standard library.
    public static let standardLibrary = "std"

    /// A module whose sources are at hand.
    public struct Module: Sendable, Hashable {
        /// The root folder; for the standard library GOROOT.
        public let folder: FilePath
        /// The Go files that are compiled into the program; none for the standard library.
        public let files: [FilePath]
        /// The path and the version in the build list, `example.com/m v1.2.3`.
        public let name: String

        /// Describes a module.
        public init(folder: FilePath, files: [FilePath], name: String) {
            self.name = name
            self.folder = folder
            self.files = files
        }
    }

    /// Takes the modules of a program out of what go lists.
    init(of program: Program, in packages: [SourcePackage]) {
        let known = Dictionary(packages.map { ($0.importPath, $0) }) { first, _ in first }
        var waiting = [program.package.importPath]
        var reached: Set<String> = Set(waiting)
        main = known[program.package.importPath]?.module ?? ""
        var folders: [String: FilePath] = [:]
        var names: [String: String] = [:]
        var files: [String: [FilePath]] = [:]
        var imports: [String: Set<String>] = [:]
        while let path = waiting.popLast() {
            guard let package = known[path] else { continue }
            let module = package.module
            if folders[module] == nil { folders[module] = package.root }
            names[module] = package.moduleName
            if !package.isStandard {
                files[module, default: []] += package.files.map { package.folder.appending($0) }
            }
            imports[module, default: []].formUnion([])
            for imported in package.imports {
                if reached.insert(imported).inserted { waiting.append(imported) }
                guard let other = known[imported]?.module else { continue }
                imports[module, default: []].formUnion(other == module ? [] : [other])
            }
        }
        modules = folders.reduce(into: [:]) { modules, entry in
            let own = (files[entry.key] ?? []).sorted { $0.string < $1.string }
            modules[entry.key] = Module(folder: entry.value, files: own, name: names[entry.key] ?? entry.key)
        }
        self.imports = imports
    }
}

/// A package that go lists with the folder and the module of its sources.
struct SourcePackage: Decodable {
    let importPath: String
    let folder: FilePath
    let files: [String]
    let imports: [String]
    let isStandard: Bool
    private let modulePath: String?
    private let moduleVersion: String?

    static let fields = ["ImportPath", "Dir", "GoFiles", "Imports", "Standard", "Module"]

    private enum CodingKeys: String, CodingKey {
        case importPath = "ImportPath"
        case folder = "Dir"
        case files = "GoFiles"
        case imports = "Imports"
        case isStandard = "Standard"
        case module = "Module"
    }

    private struct Module: Decodable {
        let path: String
        let version: String?

        private enum CodingKeys: String, CodingKey {
            case path = "Path"
            case version = "Version"
        }
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        importPath = try values.decodeIfPresent(String.self, forKey: .importPath) ?? ""
        folder = FilePath(try values.decodeIfPresent(String.self, forKey: .folder) ?? "")
        files = try values.decodeIfPresent([String].self, forKey: .files) ?? []
        imports = try values.decodeIfPresent([String].self, forKey: .imports) ?? []
        isStandard = try values.decodeIfPresent(Bool.self, forKey: .isStandard) ?? false
        let module = try values.decodeIfPresent(Module.self, forKey: .module)
        modulePath = module?.path
        moduleVersion = module?.version
    }

    /// The module; empty for files that are in none.
    var module: String { isStandard ? ProgramSources.standardLibrary : modulePath ?? "" }

    /// The module and its version, for people.
    var moduleName: String { module + (moduleVersion.map { " \($0)" } ?? "") }

    /// The root folder of the module: the import path below the module's is the folder below it. A folder of vendored packages
    /// looks the same, and go says nothing about it.
    var root: FilePath {
        let below = isStandard ? importPath : modulePath.map { String(importPath.dropFirst($0.count)) } ?? ""
        var root = folder
        for _ in below.split(separator: "/") { root.removeLastComponent() }
        // GOROOT/src
        if isStandard { root.removeLastComponent() }
        return root
    }
}

extension BuildStep {
    /// The sources of each program of the step. go reads nothing from the network for it that the build did not read.
    ///
    /// - Throws: `BuildError` if go fails; `ProcessError`; `CancellationError`.
    public func sources() async throws -> [Program: ProgramSources] {
        let packages: [SourcePackage] = try await listed(["-e", "-deps"], fields: SourcePackage.fields)
        return programs.reduce(into: [:]) { $0[$1] = ProgramSources(of: $1, in: packages) }
    }
}
