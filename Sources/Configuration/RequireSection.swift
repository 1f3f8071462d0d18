import Verification

extension Configuration {
    /// `require`: what is demanded of the inside of programs.
    static func demands(_ value: Value) throws(ConfigurationError) -> Demands {
        let entries = try value.entries(["facts", "deny-modules", "deny-packages", "allow"])
        func patterns(_ key: String) throws(ConfigurationError) -> [ImportPattern] {
            try entries[key]?.texts().map { (value) throws(ConfigurationError) in
                try value.read(ImportPattern.init(parsing:))
            } ?? []
        }
        return Demands(
            facts: try entries["facts"]?.texts().map { (value) throws(ConfigurationError) in
                try value.read(FactDemand.init(parsing:))
            } ?? [],
            deniedModules: try patterns("deny-modules"), deniedPackages: try patterns("deny-packages"),
            allowed: try entries["allow"].map(allowed))
    }

    /// A list of capabilities, which may be empty; `none` is the empty list too.
    private static func allowed(_ value: Value) throws(ConfigurationError) -> Set<Capability> {
        let words = try value.strings()
        guard !words.isEmpty else { return [] }
        do { return try Capability.list(parsing: words.joined(separator: ",")) } catch {
            throw value.error(.refused(key: value.path, reason: error.description))
        }
    }
}
