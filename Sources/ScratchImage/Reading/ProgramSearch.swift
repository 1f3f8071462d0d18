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
        let name = text.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        if let number = UInt32(name) { return number == 0 ? .root(text) : .number(number) }
        if name.isEmpty || name == "root" { return .root(text) }
        let number = line(of: name, in: "/etc/passwd").flatMap { $0.count > 2 ? UInt32($0[2]) : nil }
        return number == 0 ? .root(text) : .name(name, number)
    }

    /// The user's number.
    var user: UInt32? { imageUser.identifier }

    /// The group's number: the one that is named, else the user's own in /etc/passwd, else root's.
    var group: UInt32? {
        let parts = (configuration.config?.user ?? "").split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 1, !parts[1].isEmpty {
            return UInt32(parts[1]) ?? line(of: String(parts[1]), in: "/etc/group").flatMap { UInt32($0[2]) }
        }
        let own = line { $0.count > 3 && UInt32($0[2]) == user }
        return own.flatMap { UInt32($0[3]) } ?? 0
    }

    private func line(of name: String, in file: String) -> [Substring]? {
        line(in: file) { $0.first == name[...] && $0.count > 2 }
    }

    private func line(in file: String = "/etc/passwd", where matches: ([Substring]) -> Bool) -> [Substring]? {
        guard case .file(let stored) = root.place(at: file)?.node.kind, let bytes = try? stored.all(limit: 1 << 20)
        else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").lazy
            .map { $0.split(separator: ":", omittingEmptySubsequences: false) }.first(where: matches)
    }

    /// The program, and whether the user may start it; a script stands for the interpreter that it names.
    func find() throws -> Found {
        guard let word = configuration.config?.words.first, !word.isEmpty else {
            return Found(shown: "(none)", entryPoint: .unnamed)
        }
        return try find(word, shown: word, scripts: 0)
    }

    private func find(_ word: String, shown: String, scripts: Int) throws -> Found {
        let folder = configuration.config?.workingDir.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        let path = variable("PATH") ?? ProgramSearch.defaultPath
        let candidates = word.contains("/") ? [word] : path.split(separator: ":").map { "\($0)/\(word)" }
        let places = candidates.compactMap { root.place(at: $0, from: folder) }
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
            if let interpreter = words.first.map(String.init), interpreter.hasPrefix("/") {
                return try find(interpreter, shown: "\(shown) by \(interpreter)", scripts: scripts + 1)
            }
        }
        return Found(shown: shown, entryPoint: .found(place.path), program: (place.path, bytes, place.node.mode))
    }
}
