import Files
import Verification

/// Looks up the user of an image in the image's /etc/passwd and /etc/group, as runtimes do.
///
/// Source: https://github.com/moby/sys/blob/main/user/user.go
struct UserLookup {
    let root: ImageRoot
    /// `user` or `user:group`, in names or numbers.
    let text: String

    /// The user, as rules read it.
    var user: Surroundings.User {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        let name = parts.first ?? ""
        if name.isEmpty || name == "root" { return .root(text) }
        // A runtime does not start with an unknown group, as with an unknown user.
        if parts.count > 1, !parts[1].isEmpty, group(named: parts[1]) == nil { return .name(text, nil) }
        if let number = UserLookup.number(name) { return number == 0 ? .root(text) : .number(number) }
        let number = line(in: "/etc/passwd") { $0.count > 2 && $0[0] == name }.flatMap { UserLookup.number($0[2]) }
        return number == 0 ? .root(text) : .name(name, number)
    }

    /// A number that runtimes accept as user or group: at most 2^31 - 1.
    private static func number(_ text: String) -> UInt32? {
        UInt32(text).flatMap { $0 <= UInt32(Int32.max) ? $0 : nil }
    }

    private func group(named name: String) -> UInt32? {
        UserLookup.number(name)
            ?? line(in: "/etc/group") { $0.count > 2 && $0[0] == name }.flatMap { UserLookup.number($0[2]) }
    }

    /// The group's number: the one in the configuration, else the user's group in /etc/passwd, else 0.
    func group(of user: UInt32?) -> UInt32? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 1, !parts[1].isEmpty { return group(named: String(parts[1])) }
        let own = line(in: "/etc/passwd") { $0.count > 3 && UserLookup.number($0[2]) == user }
        return own.flatMap { UserLookup.number($0[3]) } ?? 0
    }

    /// The other groups of the user, in /etc/group; none if the image names a group.
    func otherGroups(of user: UInt32?) -> [UInt32] {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count < 2 || parts[1].isEmpty,
            let name = line(in: "/etc/passwd", where: { $0.count > 2 && UserLookup.number($0[2]) == user })?.first
        else { return [] }
        return lines(in: "/etc/group") { $0.count > 3 && $0[3].split(separator: ",").contains { $0 == name } }
            .compactMap { UserLookup.number($0[2]) }
    }

    /// The fields of the first line that matches, split and trimmed by bytes, as runtimes do it.
    private func line(in file: String, where matches: ([String]) -> Bool) -> [String]? {
        lines(in: file, limit: 1, where: matches).first
    }

    private func lines(in file: String, limit: Int = .max, where matches: ([String]) -> Bool) -> [[String]] {
        guard case .file(let stored) = root.place(at: file)?.node.kind, let bytes = try? stored.all(limit: 1 << 20)
        else {
            return []
        }
        var found: [[String]] = []
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0d, 0x0b, 0x0c]
        for line in bytes.split(separator: 0x0a) {
            let trimmed = line.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed()
            let fields = Array(trimmed).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            if matches(fields) { found.append(fields) }
            if found.count == limit { break }
        }
        return found
    }
}
