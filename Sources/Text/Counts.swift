extension Int {
    /// The number with its noun: `1 package`, `2 packages`, `2 libraries`.
    ///
    /// - Parameters:
    ///   - noun: The noun for one.
    ///   - plural: The noun for any other number; nil for the noun with an s.
    public func counted(_ noun: String, plural: String? = nil) -> String {
        "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
    }
}
