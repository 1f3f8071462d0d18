import ELF
import Verification

/// Looks for what an image starts, as a runtime does.
struct ProgramSearch {
    let root: ImageRoot
    let configuration: ImageConfiguration

    /// What was found.
    struct Found {
        let shown: String
        let entryPoint: Surroundings.EntryPoint
        var program: (path: String, bytes: [UInt8], mode: UInt32)?
    }

    /// The path of programs where an image does not say (moby, oci/defaults.go).
    private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// A variable of the image's environment.
    func variable(_ name: String) -> String? {
        configuration.config?.env?.last { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// The user, as rules speak of it.
    var imageUser: Surroundings.User {
        let text = configuration.config?.user ?? ""
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        let name = parts.first ?? ""
        if name.isEmpty || name == "root" { return .root(text) }
        // A group that the image does not know stops the runtime as a user does.
        if parts.count > 1, !parts[1].isEmpty, group(named: parts[1]) == nil { return .name(text, nil) }
        if let number = ProgramSearch.number(name) { return number == 0 ? .root(text) : .number(number) }
        let number = line(in: "/etc/passwd") { $0.count > 2 && $0[0] == name }.flatMap { ProgramSearch.number($0[2]) }
        return number == 0 ? .root(text) : .name(name, number)
    }

    /// Numbers that runtimes take for a user or a group.
    private static func number(_ text: String) -> UInt32? {
        UInt32(text).flatMap { $0 <= UInt32(Int32.max) ? $0 : nil }
    }

    private func group(named name: String) -> UInt32? {
        ProgramSearch.number(name)
            ?? line(in: "/etc/group") { $0.count > 2 && $0[0] == name }.flatMap { ProgramSearch.number($0[2]) }
    }

    /// The user's number.
    var user: UInt32? { imageUser.identifier }

    /// The group's number: the one that is named, else the user's own in /etc/passwd, else root's.
    var group: UInt32? {
        let parts = (configuration.config?.user ?? "").split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 1, !parts[1].isEmpty { return group(named: String(parts[1])) }
        let own = line(in: "/etc/passwd") { $0.count > 3 && ProgramSearch.number($0[2]) == user }
        return own.flatMap { ProgramSearch.number($0[3]) } ?? 0
    }

    /// The user and the group.
    var identity: ImageRoot.Identity { .init(user: user, group: group) }

    /// The fields of the first line that matches, split and trimmed as runtimes do it: by bytes.
    private func line(in file: String, where matches: ([String]) -> Bool) -> [String]? {
        guard case .file(let stored) = root.place(at: file)?.node.kind, let bytes = try? stored.all(limit: 1 << 20)
        else {
            return nil
        }
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0d, 0x0b, 0x0c]
        for line in bytes.split(separator: 0x0a) {
            let trimmed = line.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed()
            let fields = Array(trimmed).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            if matches(fields) { return fields }
        }
        return nil
    }

    /// The program, and whether the user may start it; a script stands for the interpreter that it names.
    func find() throws -> Found {
        guard let word = configuration.config?.words.first, !word.isEmpty else {
            return Found(shown: "(none)", entryPoint: .unnamed)
        }
        return try find(word, shown: word, scripts: 0)
    }

    /// Why nothing can start in a folder; one that is not there is made by the runtime.
    private func workingFolderFault(_ folder: String) -> String? {
        guard let place = root.place(at: folder) else { return nil }
        guard case .folder = place.node.kind else { return "cannot start: the working folder \(folder) is no folder" }
        let isOpen = root.place(at: folder, for: identity)?.node.permits(1, user: user, group: group) == true
        return isOpen ? nil : "cannot start: the image's user may not enter the working folder \(folder)"
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
            // It is there, behind a folder that the user may not enter.
            return Found(shown: shown, entryPoint: .notExecutable(barred.path, mode: barred.node.mode))
        }
        let files = places.filter { if case .file = $0.node.kind { true } else { false } }
        guard let place = files.first(where: { $0.node.permits(1, user: user, group: group) }) ?? files.first else {
            let isShell = ["/bin/sh", "sh"].contains(word)
            let reason =
                !places.isEmpty
                ? "is no file"
                : isShell ? "is not in the image: the shell form of ENTRYPOINT and CMD needs it" : "is not in the image"
            return Found(shown: shown, entryPoint: .missing(word, reason: reason))
        }
        guard case .file(let stored) = place.node.kind else { return Found(shown: shown, entryPoint: .unnamed) }
        guard place.node.permits(1, user: user, group: group) else {
            return Found(shown: shown, entryPoint: .notExecutable(place.path, mode: place.node.mode))
        }
        let bytes = try stored.all(limit: FileSnapshot.maximumSize)
        if bytes.starts(with: Array("#!".utf8)), scripts < 4 {
            let words = String(decoding: bytes.prefix(256).prefix { $0 != 0x0a }.dropFirst(2), as: UTF8.self)
                .split(whereSeparator: { $0 == " " || $0 == "\t" })
            if let interpreter = words.first.map(String.init), interpreter.utf8.first == UInt8(ascii: "/") {
                return try find(interpreter, shown: "\(shown) by \(interpreter)", scripts: scripts + 1)
            }
        }
        return Found(shown: shown, entryPoint: .found(place.path), program: (place.path, bytes, place.node.mode))
    }
}
