import Attestation
import GoBinary
import Licensing

extension BillOfMaterials {
    /// A Go module as it is linked into a program, at a version or from a folder; or a package that a note of the program names.
    public struct Component: Sendable, Hashable {
        /// The module whose content is linked; of a folder the module that it takes the place of.
        let url: PackageURL
        /// The version; nil if it is unknown.
        let version: String?
        /// The version of a main module that the linker wrote into the program, by which scanners know it; nil if it is `(devel)`.
        private(set) var recordedVersion: String?
        /// The `h1:` sum of the module, or an empty string. It is not the digest of a file.
        let sum: String
        /// What it takes the place of in the build list; nil without a `replace`.
        let replaced: Replaced?
        let supplier: Supplier?
        /// nil if nothing is known about it.
        let license: BillLicense?
        /// The statements of copyright; nil if no source was read.
        let copyrights: [String]?
        /// Whether sources were read, and say nothing about a licence.
        let hasNoLicense: Bool
        /// What is not a Go module; nil for one.
        private(set) var note: PackageNote?

        /// A `replace` in go.mod.
        enum Replaced: Sendable, Hashable {
            /// By another module; this was asked for.
            case module(PackageURL)
            /// By a folder of this path, as go.mod names it.
            case folder(String)

            /// The line of go.mod, in words.
            func text(of name: String) -> String {
                switch self {
                case .module(let old):
                    "takes the place of \(old.module) \(old.version)".trimmedEnd + " (replace in go.mod)"
                case .folder(let path):
                    "the content is that of the folder \(path), which takes the place of \(name) (replace in go.mod)"
                }
            }
        }

        /// Hashes what tells most components apart. The texts of licences are long.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(url)
            hasher.combine(version)
            hasher.combine(sum)
            hasher.combine(note?.name)
        }

        /// The module path, or the name of the package.
        var name: String { note?.name ?? url.module }
        /// `pkg:golang/example.com/m@v1.2.3`.
        var packageURL: String { note?.packageURL ?? url.text() }
        /// Where it is from, if that is not plain.
        var remark: String? {
            note.map { _ in "named by a note of the program (.note.package)" } ?? replaced?.text(of: name)
        }
    }
}

extension BillOfMaterials.Component {
    /// A module of the build list.
    init(_ module: BuildInfo.Module, _ facts: BillFacts) {
        let known = facts.modules[module.importedPath]
        let isFolder = module.isFolder
        // The published module at this version is not what is linked, so that the URL of a folder has no version.
        url =
            isFolder
            ? PackageURL(module: module.importedPath, version: "")
            : PackageURL(module: module.path, version: module.version)
        version =
            isFolder ? PackageURL(module: "", version: module.replaced?.version ?? "").knownVersion : url.knownVersion
        sum = module.sum.isEmpty ? known?.sum ?? "" : module.sum
        replaced = module.replaced.map {
            isFolder ? .folder(module.path) : .module(PackageURL(module: $0.path, version: $0.version))
        }
        // The named supplier is also that of a folder; without one it is the owner of the module that the folder replaces.
        supplier = isFolder ? facts.supplier ?? Supplier(module: module.importedPath) : Supplier(module: module.path)
        (license, copyrights, hasNoLicense) = Self.rights(known?.license)
    }

    /// The main module, or the program itself if it was built outside of any module.
    init(mainOf info: BuildInfo, _ facts: BillFacts) {
        let plain = info.packageURL ?? PackageURL(module: info.path, version: "")
        version = facts.mainVersion ?? info.mainVersion
        recordedVersion = plain.knownVersion
        url = PackageURL(module: plain.module, version: version ?? "", subpath: plain.subpath)
        sum = info.main?.sum ?? ""
        replaced = nil
        supplier = facts.supplier ?? Supplier(module: plain.module)
        (license, copyrights, hasNoLicense) = Self.rights(facts.modules[plain.module]?.license)
    }

    /// The standard library, which belongs to the version of Go.
    init?(standardLibraryOf info: BuildInfo, _ facts: BillFacts) {
        guard let go = GoVersion(info.goVersion) else { return nil }
        url = PackageURL(module: "stdlib", version: String(go.description.dropFirst(2)))
        version = url.version
        sum = ""
        replaced = nil
        supplier = .goAuthors
        let read = facts.modules["std"]?.license
        let isRead = read?.texts.isEmpty == false
        license = isRead ? read.flatMap(BillLicense.init) : .go
        copyrights = read?.copyrights.isEmpty == false ? read?.copyrights : ["Copyright 2009 The Go Authors."]
        hasNoLicense = false
    }

    /// A package that a note names. Its licence is not in the note.
    init(_ note: PackageNote, supplier: Supplier? = nil) {
        url = PackageURL(module: "", version: "")
        version = note.version
        sum = ""
        replaced = nil
        self.supplier = supplier ?? note.system.map { Supplier(name: $0, address: nil) }
        (license, copyrights, hasNoLicense) = Self.rights(nil)
        self.note = note
    }

    private static func rights(_ license: BillFacts.License?) -> (BillLicense?, [String]?, Bool) {
        (license.flatMap(BillLicense.init), license?.copyrights, license?.texts.isEmpty == true)
    }
}

extension BillLicense {
    /// Go's own licence, which some distributions leave out of GOROOT.
    fileprivate static let go = BillLicense(known: "BSD-3-Clause", source: "By https://go.dev/LICENSE")
}

extension String {
    fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}
