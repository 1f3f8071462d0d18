import ELF
import Files
import Verification

/// Finds the program that an image starts, as a runtime does (config.md: Entrypoint, Cmd, Env, WorkingDir).
struct ProgramSearch {
    let root: ImageRoot
    let configuration: ImageConfiguration
    /// The user, as rules read it.
    let imageUser: Surroundings.User
    /// The user and the group in numbers.
    let identity: ImageRoot.Identity

    init(root: ImageRoot, configuration: ImageConfiguration) {
        self.root = root
        self.configuration = configuration
        let lookup = UserLookup(root: root, text: configuration.config?.user ?? "")
        imageUser = lookup.user
        identity = ImageRoot.Identity(user: imageUser.identifier, group: lookup.group(of: imageUser.identifier))
    }

    /// The result of the search.
    struct Found {
        let shown: String
        let entryPoint: Surroundings.EntryPoint
        var program: (path: String, bytes: [UInt8], mode: UInt32)?
    }

    /// PATH if the image does not set it (moby, oci/defaults.go).
    private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// A variable of the image's environment.
    func variable(_ name: String) -> String? {
        configuration.config?.env?.last { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// The program, and whether the user may start it. For a script, the interpreter in its first line is searched.
    func find() throws -> Found {
        guard let word = configuration.config?.words.first, !word.isEmpty else {
            return Found(shown: "(none)", entryPoint: .unnamed)
        }
        if let fault = containerFault {
            return Found(shown: word, entryPoint: .missing(word, reason: "cannot start: \(fault)"))
        }
        return try find(word, shown: word, scripts: 0)
    }

    /// Why nothing can start in a working folder; nil if it can. The runtime makes a missing folder, but not the target of a link
    /// (`os.MkdirAll` of Go, by which runc does it).
    private func workingFolderFault(_ folder: String) -> String? {
        switch root.destination(of: folder) {
        case .nothing: return nil
        case .deadLink: return "cannot start: the working folder \(folder) is a link that leads to nothing"
        case .place(let place):
            guard case .folder = place.node.kind else {
                return "cannot start: the working folder \(folder) is not a folder"
            }
        }
        let isOpen = root.place(at: folder, for: identity)?.node.permits(1, to: identity) == true
        return isOpen ? nil : "cannot start: the image's user may not enter the working folder \(folder)"
    }

    /// How many interpreters in a row the kernel loads (fs/exec.c, exec_binprm).
    private static let maximumInterpreters = 5

    /// The interpreter of a script; nil for another file (fs/binfmt_script.c: the name ends at a space, a tab or a NUL byte).
    private static func interpreter(inFirstLineOf bytes: [UInt8]) -> String? {
        guard bytes.starts(with: Array("#!".utf8)) else { return nil }
        let line = bytes.prefix(256).prefix { $0 != 0x0a }.dropFirst(2)
        let name = line.drop { $0 == 0x20 || $0 == 0x09 }.prefix { ![0x20, 0x09, 0].contains($0) }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    private func find(_ word: String, shown: String, scripts: Int) throws -> Found {
        let folder = configuration.config?.workingDir.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        if let barred = workingFolderFault(folder) {
            return Found(shown: shown, entryPoint: .missing(word, reason: barred))
        }
        let path = variable("PATH") ?? ProgramSearch.defaultPath
        let isPath = word.utf8.contains(UInt8(ascii: "/"))
        let candidates = isPath ? [word] : path.split(separator: ":").map { "\($0)/\(word)" }
        let places = candidates.compactMap { root.place(at: $0, from: folder, for: identity) }
        if places.isEmpty, let barred = candidates.lazy.compactMap({ root.place(at: $0, from: folder) }).first {
            // The program exists in a folder that the user may not enter.
            return Found(shown: shown, entryPoint: .notExecutable(barred.path, mode: barred.node.mode))
        }
        let files = places.filter { if case .file = $0.node.kind { true } else { false } }
        guard let place = files.first(where: { $0.node.permits(1, to: identity) }) ?? files.first else {
            // What builders make of the shell form.
            let isShell = ["/bin/sh", "sh"].contains(word) && configuration.config?.words.dropFirst().first == "-c"
            let reason =
                !places.isEmpty
                ? "is not a file"
                : isShell ? "is not in the image: the shell form of ENTRYPOINT and CMD needs it" : "is not in the image"
            return Found(shown: shown, entryPoint: .missing(word, reason: reason))
        }
        if !isPath, let other = otherProgram(named: word, in: path, from: folder, than: place) {
            let reason = "is \(place.path) to some runtimes and \(other) to others, by the image's PATH"
            return Found(shown: shown, entryPoint: .missing(word, reason: reason))
        }
        if let mount = RuntimeMount.over(place.path) {
            let reason = "is below \(mount), where the runtime mounts another file system"
            return Found(shown: shown, entryPoint: .missing(word, reason: reason))
        }
        guard case .file(let stored) = place.node.kind else { return Found(shown: shown, entryPoint: .unnamed) }
        guard place.node.permits(1, to: identity) else {
            return Found(shown: shown, entryPoint: .notExecutable(place.path, mode: place.node.mode))
        }
        if let fault = capabilityFault(place.node.capabilities) {
            return Found(shown: shown, entryPoint: .missing(word, reason: fault))
        }
        let bytes = try stored.all(limit: FileSnapshot.maximumSize)
        if let interpreter = ProgramSearch.interpreter(inFirstLineOf: bytes) {
            guard scripts < ProgramSearch.maximumInterpreters else {
                let reason = "is a script whose interpreter is a script too, more often than the kernel follows"
                return Found(shown: shown, entryPoint: .missing(word, reason: reason))
            }
            // The kernel looks up a relative name in the working folder, not along PATH.
            let path = interpreter.hasPrefix("/") ? interpreter : "./\(interpreter)"
            return try find(path, shown: "\(shown) by \(interpreter)", scripts: scripts + 1)
        }
        return Found(shown: shown, entryPoint: .found(place.path), program: (place.path, bytes, place.node.mode))
    }
}

extension ProgramSearch {
    /// Another file that runtimes start for a name without a slash; nil if all start the one that was found.
    ///
    /// An empty part of PATH is the root to crun and the working folder to others, and runc starts nothing from there. crun takes a
    /// name with a leading dot from the working folder, and stops at the first file of the name, also where only root may go
    /// (crun 1.8.1 and runc 1.1.5; find_executable in crun's utils.c).
    private func otherProgram(
        named word: String, in path: String, from folder: String, than found: ImageRoot.Place
    ) -> String? {
        var candidates: [String] = word.hasPrefix(".") ? ["\(folder)/\(word)"] : []
        for part in path.split(separator: ":", omittingEmptySubsequences: false) {
            candidates += part.isEmpty ? ["/\(word)", "\(folder)/\(word)"] : ["\(part)/\(word)"]
            if !part.isEmpty, root.place(at: "\(part)/\(word)", from: folder)?.path == found.path { break }
        }
        let places = candidates.compactMap { root.place(at: $0, from: folder) }
        let other = places.first { place in
            guard case .file = place.node.kind, place.node.mode & 0o111 != 0 else { return false }
            return place.path != found.path
        }
        return other?.path
    }
}
