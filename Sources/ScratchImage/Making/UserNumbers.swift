/// An unprivileged user and its group.
public struct UserNumbers: Sendable, Hashable, CustomStringConvertible {
    /// The user, never 0.
    public let user: UInt32
    /// The group.
    public let group: UInt32

    /// The user `nonroot` of distroless images.
    public static let standard = UserNumbers(user: 65532, group: 65532)

    private init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
    }

    /// Reads `user` or `user:group`, in numbers; nil for names, and for root.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
        guard (1...2).contains(parts.count), let user = parts[0], let group = parts.last ?? nil, user != 0,
            user < UInt32(Int32.max), group < UInt32(Int32.max)
        else { return nil }
        self.init(user: user, group: group)
    }

    /// `65532:65532`.
    public var description: String { "\(user):\(group)" }
}
