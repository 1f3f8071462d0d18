import ELF
import Files
import GoBinary
public import ScratchImage
import SystemPackage
import Text

/// A word that names something else than the command takes, with what to write instead.
public enum WrongTarget: Error, Sendable, Hashable {
    /// A file or folder is an image, and is named like a file.
    case image(String, ImageSource.Form)
    /// There is no such file, and the word is the name of an image at a registry.
    case registryImage(String, name: String)
    /// The word names an image in a store of this machine, which is not read.
    case storedImage(String, name: String)
    /// The word is a package pattern, or a file of Go source.
    case package(String)
    /// An image or a folder is named where one binary is wanted.
    case notOneBinary(String, named: String)

    /// What is wrong, up to the command to type instead.
    public var reason: String {
        switch self {
        case .image(let word, .layout): "\(word) is an image (an OCI layout), and images are named with their form"
        case .image(let word, .archive): "\(word) is an image (an OCI archive), and images are named with their form"
        case .image(let word, .docker): "\(word) is an image (of docker save), and images are named with their form"
        case .registryImage(let word, _): "\(word): file not found; if it is an image in a registry"
        case .storedImage(let word, let name):
            "\(word): images in the store of an engine are not read; save it with "
                + "'docker save -o app.tar \(name.shellQuoted)', and then"
        case .package(let word): "\(word) is a Go package; to build and verify it"
        case .notOneBinary(let word, _): "inspect shows one binary, and \(word) is not one; to verify what it holds"
        }
    }

    /// The word that was written, and the one to write instead; nil if another command is meant.
    public var correction: (from: String, to: String)? {
        switch self {
        case .image(let word, let form): (word, "\(form.rawValue):\(word)")
        case .registryImage(let word, let name): (word, "docker://\(name)")
        case .storedImage(let word, _): (word, "docker-archive:app.tar")
        case .package, .notOneBinary: nil
        }
    }

    /// The words of the command that is meant instead; nil if it is the same command with another word.
    public var otherCommand: [String]? {
        switch self {
        case .image, .registryImage, .storedImage: nil
        case .package(let word): [word]
        case .notOneBinary(_, let named): ["verify", named]
        }
    }
}

extension ImageTargets {
    /// Checks that the words that count as files are not meant as anything else.
    public func checkFiles() throws(WrongTarget) {
        for word in fileWords {
            if let wrong = WrongTarget(word) { throw wrong }
        }
    }
}

extension WrongTarget {
    /// The way out if a word of `inspect` does not name one binary; nil if it may.
    public static func ofInspect(_ word: String) -> WrongTarget? {
        guard ImageTargets([word]).images.isEmpty else { return .notOneBinary(word, named: word) }
        switch WrongTarget(word) {
        case .image(_, let form)?: return .notOneBinary(word, named: "\(form.rawValue):\(word)")
        case .registryImage(_, let name)?: return .notOneBinary(word, named: "docker://\(name)")
        case let other?: return other
        case nil: return FilePath(word).isFolder ? .notOneBinary(word, named: word) : nil
        }
    }

    /// What else a word means; nil if it may be a file or a folder.
    init?(_ word: String) {
        let path = FilePath(word)
        if path.exists {
            if word.hasSuffix(".go") { self = .package(word); return }
            guard !path.isELF, let form = ImageSource.Form(recognizing: path) else { return nil }
            self = .image(word, form)
        } else if word == "..." || word.hasSuffix("/...") {
            self = .package(word)
        } else if let (prefix, name) = WrongTarget.transport(of: word) {
            self =
                WrongTarget.stores.contains(prefix) ? .storedImage(word, name: name) : .registryImage(word, name: name)
        } else if WrongTarget.isAtRegistry(word) {
            self = .registryImage(word, name: word)
        } else {
            return nil
        }
    }

    /// Names of stores as skopeo and scanners of images write them.
    private static let stores: Set<String> = ["docker-daemon:", "containers-storage:", "podman:"]
    private static let registries: Set<String> = ["docker:", "registry:", "oci://", "https://"]

    private static func transport(of word: String) -> (prefix: String, name: String)? {
        stores.union(registries).sorted { $0.count > $1.count }.first(where: word.hasPrefix).map {
            ($0, String(word.dropFirst($0.count)))
        }
    }

    /// Whether a word looks like an image of a registry: with a tag or digest, or with a host that has a dot.
    private static func isAtRegistry(_ word: String) -> Bool {
        let parts = word.split(separator: "@", maxSplits: 1)
        guard let name = parts.first, let reference = ImageReference(String(name)) else { return false }
        let host = reference.name.split(separator: "/").first ?? ""
        let hasTag = reference.description == name
        let isHosted = reference.name.contains("/") && (host.contains(".") || host.contains(":"))
        return hasTag || isHosted || parts.count == 2 && parts[1].hasPrefix("sha256:")
    }
}

extension FilePath {
    fileprivate var isELF: Bool { (try? OpenFile(self).isELF()) ?? false }
}
