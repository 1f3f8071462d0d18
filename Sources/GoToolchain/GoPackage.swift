/// A package as `go list -json` describes it, with the fields that are used.
public struct GoPackage: Sendable, Hashable, Decodable {
    /// The import path.
    public let importPath: String
    /// The package name; `main` for a program.
    public let name: String
    /// The folder of its sources; an absolute path.
    public let directory: String
    /// The names of its Go files.
    public let files: [String]
    /// The names of its Go files that import "C"; none without cgo.
    public let cgoFiles: [String]
    /// The names of Go files in its folder that are left out, because they use cgo or are for other platforms.
    public let ignoredFiles: [String]
    /// The patterns of the command line that match it.
    let patterns: [String]
    /// The import paths of the packages that it imports.
    public let imports: [String]
    /// Whether it belongs to Go's standard library.
    public let isStandard: Bool
    /// Why go could not load it; nil if it could.
    public let error: Failure?

    /// An error that go reports for a package.
    public struct Failure: Sendable, Hashable, Decodable {
        /// The message of go.
        public let message: String
        /// The place in a file, `main.go:1:1`, relative to the folder that go was started in; nil or empty if go names none.
        let place: String?

        private enum CodingKeys: String, CodingKey {
            case message = "Err"
            case place = "Pos"
        }

        /// The message. If go gives its place, a new line begins with the place, as in the compiler's messages.
        var text: String { place.flatMap { $0.isEmpty ? nil : "\n\($0): \(message)" } ?? message }
    }

    /// The flags for the linker in its files that import "C".
    let linkerFlags: [String]

    /// Whether a build has any file to compile.
    var hasFiles: Bool { !files.isEmpty || !cgoFiles.isEmpty }

    /// The names of its Go files, those that import "C" among them.
    public var allFiles: [String] { cgoFiles.isEmpty ? files : (files + cgoFiles).sorted() }

    /// Whether it is a program.
    public var isMain: Bool { name == "main" }

    /// Whether the user named files instead of a package, so that it has no real import path.
    public var isNamedByFiles: Bool { importPath == "command-line-arguments" }

    /// The name that go gives the program: the last element of the import path, or the one before a major version (`go help
    /// build`).
    public var programName: String {
        if isNamedByFiles, let first = allFiles.first {
            return first.hasSuffix(".go") ? String(first.dropLast(3)) : first
        }
        let elements = importPath.split(separator: "/").map(String.init)
        guard let last = elements.last else { return importPath }
        return elements.count > 1 && GoPackage.isMajorVersion(last) ? elements[elements.count - 2] : last
    }

    private static func isMajorVersion(_ element: String) -> Bool {
        let digits = element.dropFirst()
        return element.hasPrefix("v") && !digits.isEmpty && digits.allSatisfy(\.isNumber) && digits != "0"
            && digits != "1"
            && !digits.hasPrefix("0")
    }

    /// The fields of go's objects that are read.
    static let fields = CodingKeys.allCases.map(\.rawValue)
    /// The fields that tell what packages lose because cgo is off. go lists many packages then.
    static let closureFields = [
        CodingKeys.importPath, .isStandard, .imports, .cgoFiles, .ignoredFiles, .linkerFlags, .error,
    ].map(\.rawValue)

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case importPath = "ImportPath"
        case name = "Name"
        case directory = "Dir"
        case files = "GoFiles"
        case cgoFiles = "CgoFiles"
        case ignoredFiles = "IgnoredGoFiles"
        case linkerFlags = "CgoLDFLAGS"
        case patterns = "Match"
        case imports = "Imports"
        case isStandard = "Standard"
        case error = "Error"
    }

    /// Decodes one object of go's output. A field that is absent is empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        importPath = try values.decodeIfPresent(String.self, forKey: .importPath) ?? ""
        name = try values.decodeIfPresent(String.self, forKey: .name) ?? ""
        directory = try values.decodeIfPresent(String.self, forKey: .directory) ?? ""
        files = try values.decodeIfPresent([String].self, forKey: .files) ?? []
        cgoFiles = try values.decodeIfPresent([String].self, forKey: .cgoFiles) ?? []
        ignoredFiles = try values.decodeIfPresent([String].self, forKey: .ignoredFiles) ?? []
        linkerFlags = try values.decodeIfPresent([String].self, forKey: .linkerFlags) ?? []
        patterns = try values.decodeIfPresent([String].self, forKey: .patterns) ?? []
        imports = try values.decodeIfPresent([String].self, forKey: .imports) ?? []
        isStandard = try values.decodeIfPresent(Bool.self, forKey: .isStandard) ?? false
        error = try values.decodeIfPresent(Failure.self, forKey: .error)
    }

    /// Makes a package from its parts.
    public init(
        importPath: String, name: String, directory: String, files: [String] = [], cgoFiles: [String] = [],
        imports: [String] = []
    ) {
        self.importPath = importPath
        self.name = name
        self.directory = directory
        self.files = files
        self.cgoFiles = cgoFiles
        ignoredFiles = []
        linkerFlags = []
        patterns = []
        self.imports = imports
        self.isStandard = false
        self.error = nil
    }
}
