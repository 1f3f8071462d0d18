public import Files
import Verification

/// What a runtime needs to know of an image to start a container of it.
public struct ContainerFacts: Sendable {
    private let entryPoint: [String]
    private let arguments: [String]
    /// Variables, `NAME=value`.
    public let environment: [String]
    /// The folder that the program starts in, an absolute path.
    public let workingFolder: String
    /// The user, as a number; nil if the image does not know the user that it names.
    public let user: UInt32?
    /// The user's group.
    public let group: UInt32
    /// Other groups of the user.
    public let groups: [UInt32]
    /// The folders that an engine makes volumes for: absolute paths without links, sorted.
    public let volumes: [String]
    /// The signal that asks the program to end, as the image names it; nil means SIGTERM.
    public let stopSignal: String?

    /// The program and its arguments.
    public var words: [String] { entryPoint + arguments }

    /// The program and its arguments, as engines put them together: words replace those that the image gives (Cmd).
    public func words(with own: [String]) -> [String] { entryPoint + (own.isEmpty ? arguments : own) }

    init(_ configuration: ImageConfiguration, root: ImageRoot) {
        let execution = configuration.config
        let lookup = UserLookup(root: root, text: execution?.user ?? "")
        entryPoint = execution?.entrypoint ?? []
        arguments = execution?.cmd ?? []
        environment = execution?.env ?? []
        let folder = execution?.workingDir ?? ""
        workingFolder = folder.hasPrefix("/") ? folder : "/" + folder
        user =
            switch lookup.user {
            case .root: 0
            case .number(let number): number
            case .name(_, let number): number
            }
        group = lookup.group(of: user) ?? 0
        groups = lookup.otherGroups(of: user)
        volumes = Set((execution?.volumes ?? [:]).keys.compactMap { root.volume(at: $0) }).sorted()
        stopSignal = execution?.stopSignal
    }
}

/// A file, folder or link of an image's root.
public struct ImageMember: Sendable {
    /// What it is.
    public enum Kind: Sendable {
        /// A folder.
        case folder
        /// A file.
        case file(StoredBytes)
        /// A symbolic link.
        case link(target: String)
        /// Another name of a file that came before.
        case hardLink(path: String)
    }

    /// Its absolute path.
    public let path: String
    /// What it is.
    public let kind: Kind
    /// Its permission bits.
    public let mode: UInt32
    /// Its owner.
    public let user: UInt32
    /// Its group.
    public let group: UInt32
}

extension ImageRoot {
    /// Where the volume of a path is mounted; nil if it would cover the root, what a runtime mounts itself, or a file.
    fileprivate func volume(at path: String) -> String? {
        guard path.utf8.first == ImageRoot.slash else { return nil }
        var place = "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        if let found = self.place(at: path) {
            guard case .folder = found.node.kind else { return nil }
            place = found.path
        }
        let parts = place.split(separator: "/")
        guard !parts.isEmpty, !parts.contains(".."), RuntimeMount.over(place) == nil else { return nil }
        return place
    }

    /// Calls a body with each member, folders before what they hold. Devices and pipes are left out: runtimes bring their own.
    func forEachMember(_ body: (ImageMember) throws -> Void) throws {
        var names: [Int: String] = [:]
        var waiting: [(path: String, node: Int)] = [("/", 0)]
        while let (path, index) = waiting.popLast() {
            try Task.checkCancellation()
            let node = nodes[index]
            let kind: ImageMember.Kind
            switch node.kind {
            case .folder(let children):
                kind = .folder
                for (name, child) in children {
                    waiting.append(((path == "/" ? "" : path) + "/" + String(decoding: name, as: UTF8.self), child))
                }
            case .file(let content):
                kind = names[index].map { .hardLink(path: $0) } ?? .file(content)
                names[index] = names[index] ?? path
            case .link(let target): kind = .link(target: target)
            case .special: continue
            }
            try body(ImageMember(path: path, kind: kind, mode: node.mode, user: node.user, group: node.group))
        }
    }
}
