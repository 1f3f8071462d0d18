/// The C code of a program, as the build that made it tells.
public struct CCode: Sendable, Hashable {
    /// The C compiler, with its version if that is known: `zig 0.15.2`.
    public let compiler: String
    /// The packages outside of Go's standard library that contain it; nil if go did not tell.
    public let packages: [Package]?

    /// A package with files that import "C".
    public struct Package: Sendable, Hashable {
        /// The import path.
        public let path: String
        /// The libraries that it links: `m` for `-lm`.
        public let libraries: [String]

        /// Describes a package.
        public init(path: String, libraries: [String]) {
            self.path = path
            self.libraries = libraries
        }
    }

    /// Describes the C code.
    public init(compiler: String, packages: [Package]?) {
        self.compiler = compiler
        self.packages = packages
    }
}

extension CCode: Evidence {
    init?(of subject: borrowing Subject) {
        guard let code = subject.cCode else { return nil }
        self = code
    }

    /// The compiler and the packages, in words.
    var evidence: String {
        let packages = (packages ?? []).map { package in
            package.path
                + (package.libraries.isEmpty ? "" : " (\(package.libraries.map { "-l" + $0 }.joined(separator: " ")))")
        }
        return "compiled by \(compiler)" + (packages.isEmpty ? "" : "; C in \(packages.joined(separator: ", "))")
    }
}
