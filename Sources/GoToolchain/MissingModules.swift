import Files
import SystemPackage

extension BuildPlan {
    /// A step for each module or workspace that several steps build and that needs modules which are not in the module cache:
    /// if go lists its packages first, the modules are downloaded once, and not by each of the builds at the same time.
    ///
    /// `go mod download` is not used: it may write go.sum, and downloads modules that no program needs.
    public var stepsThatDownload: [Int] {
        var first: [ModuleRoot: (index: Int, count: Int)] = [:]
        for (index, step) in steps.enumerated() {
            guard let root = ModuleRoot(of: step) else { continue }
            first[root] = (first[root]?.index ?? index, (first[root]?.count ?? 0) + 1)
        }
        return first.filter { $1.count > 1 && $0.lacksModules }.map(\.value.index).sorted()
    }
}

/// A go.mod or go.work, with the go command and the environment that read it.
private struct ModuleRoot: Hashable {
    let file: FilePath
    let executable: FilePath
    let environment: BuildEnvironment

    /// nil if the modules are not downloaded: outside of a module, and with a vendor folder.
    init?(of step: BuildStep) {
        let variables = step.toolchain.environment.variables
        guard let required = RequiredGo(in: step.directory, goWork: variables["GOWORK"]) else { return nil }
        file = required.file
        executable = step.toolchain.executable
        environment = step.toolchain.environment
        let flags = step.flags.building + environment.goFlags
        let mode = flags.last { $0.hasPrefix("-mod=") || $0.hasPrefix("--mod=") }
        let vendored = file.removingLastComponent().appending("vendor/modules.txt").isFile
        guard mode?.hasSuffix("=vendor") != true, !(mode == nil && vendored) else { return nil }
    }

    /// Whether the file requires a module that is not in the module cache. A workspace has several files, and go is asked.
    var lacksModules: Bool {
        guard file.lastComponent?.string == "go.mod" else { return true }
        guard let text = try? FileSnapshot.text(file, maximumSize: 16 << 20), let cache = moduleCache else {
            return true
        }
        return RequiredModule.all(in: text).contains { !cache.pushing(FilePath($0.place)).isFolder }
    }

    private var moduleCache: FilePath? {
        let variables = environment.variables
        if let folder = variables["GOMODCACHE"], !folder.isEmpty { return FilePath(folder) }
        if let path = variables["GOPATH"]?.split(separator: ":").first {
            return FilePath(String(path)).appending("pkg/mod")
        }
        return variables["HOME"].map { FilePath($0).appending("go/pkg/mod") }
    }
}

/// A module that a go.mod requires, or that replaces one.
struct RequiredModule: Hashable {
    let path: String
    let version: String

    /// The modules that the lines `require` and `replace` of a go.mod name. What is replaced by a folder is not downloaded.
    ///
    /// Source: https://go.dev/ref/mod#go-mod-file-grammar
    static func all(in text: String) -> [RequiredModule] {
        var required: [RequiredModule] = []
        var replaced: [String: RequiredModule?] = [:]
        var block: String?
        for line in ModuleFileLine.all(in: text) {
            var names = line.words
            if names.count == 2, names[1] == "(" {
                block = names[0]
                continue
            }
            if names.first == ")" { block = nil }
            let verb = block ?? names.removeFirst()
            if verb == "require", names.count == 2 {
                required.append(RequiredModule(path: names[0], version: names[1]))
            } else if verb == "replace", let arrow = names.firstIndex(of: "=>"), arrow > 0 {
                let target = names[(arrow + 1)...]
                replaced[names[0]] =
                    target.count == 2
                    ? RequiredModule(path: target[arrow + 1], version: target[arrow + 2]) : .some(nil)
            }
        }
        return required.compactMap { module in replaced[module.path] ?? module }
    }

    /// Its folder in the module cache, in which capital letters are written as an exclamation mark and the small letter.
    ///
    /// Source: https://go.dev/ref/mod#goproxy-protocol
    var place: String { "\(RequiredModule.escaped(path))@\(RequiredModule.escaped(version))" }

    private static func escaped(_ text: String) -> String {
        text.map { $0.isASCII && $0.isUppercase ? "!\($0.lowercased())" : String($0) }.joined()
    }
}
