import Text

extension Platform {
    /// Reads a platform as people write it: with blanks around it, in any case, and with the names of `uname -m` and of
    /// container tools, such as `linux/x86_64`, `linux/aarch64` and `linux/armv7l`.
    ///
    /// What programs wrote is read with `init(parsing:)`, which takes the canonical form only.
    ///
    /// Source: containerd, platforms/database.go, for the names that container tools translate.
    ///
    /// - Throws: `PlatformError` with the text as it was written.
    public init(written text: String) throws(PlatformError) {
        let word = text.withoutOuterBlanks
        var parts = word.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { throw .notAPlatform(word) }
        if let meant = Platform.otherSystems[parts[0]] { parts[0] = meant }
        if let meant = Platform.otherNames[parts[1]] { parts.replaceSubrange(1...1, with: meant) }
        // Container tools write arm/7 too, and arm64/v8 for every arm64.
        if parts.count == 3, parts[1] == "arm", parts[2].first?.isNumber == true { parts[2] = "v" + parts[2] }
        if parts.count == 3, parts[1] == "arm64", parts[2] == "v8" || parts[2] == "8" { parts.removeLast() }
        guard parts.count < 4 else { throw .notAPlatform(word) }
        try self.init(parsing: parts.joined(separator: "/"))
    }

    /// Reads a platform as people write it, of those that Go has or had.
    ///
    /// - Throws: `PlatformError`, also for a platform that Go does not know.
    public init(known text: String) throws(PlatformError) {
        try self.init(written: text)
        try checkKnown()
    }

    /// Checks that Go has, or had, a port for the platform.
    ///
    /// - Throws: `PlatformError.unknown` with the nearest platform of Linux.
    public func checkKnown() throws(PlatformError) {
        let isKnown =
            isLinux ? MachineKind.of(goarch: goarch) != nil : NamedPlatform.isKnown(goos: goos, goarch: goarch)
        guard !isKnown else { return }
        let name = "\(goos)/\(goarch)"
        throw .unknown(name, nearest: Spelling.nearest(to: name, in: MachineKind.all.map { "linux/\($0.goarch)" }))
    }

    /// GOOS by other names of systems.
    private static let otherSystems = ["macos": "darwin", "osx": "darwin", "mac": "darwin", "win": "windows"]

    /// GOARCH, and the variant if the name says it, by other names of architectures.
    private static let otherNames: [String: [String]] = [
        "x86_64": ["amd64"], "x86-64": ["amd64"], "x64": ["amd64"],
        "i386": ["386"], "i486": ["386"], "i586": ["386"], "i686": ["386"], "x86": ["386"],
        "aarch64": ["arm64"], "arm64v8": ["arm64"], "armv8": ["arm64"],
        "armhf": ["arm", "v7"], "armv7": ["arm", "v7"], "armv7l": ["arm", "v7"], "armv7a": ["arm", "v7"],
        "arm32v7": ["arm", "v7"], "armv6": ["arm", "v6"], "armv6l": ["arm", "v6"], "arm32v6": ["arm", "v6"],
        "armv5": ["arm", "v5"], "armv5l": ["arm", "v5"], "armv5te": ["arm", "v5"], "armv5tel": ["arm", "v5"],
        "arm32v5": ["arm", "v5"],
        "ppc64el": ["ppc64le"], "powerpc64le": ["ppc64le"], "mipsel": ["mipsle"], "mips64el": ["mips64le"],
        "loongarch64": ["loong64"],
    ]

    /// The platform that a text without a slash means: `amd64`, `linux-amd64`; nil if that is not clear.
    static func meant(by text: String) -> Platform? {
        let word = text.lowercased()
        let candidates =
            ["linux/" + word]
            + "-_:".compactMap { mark in
                word.firstIndex(of: mark).map { "\(word[..<$0])/\(word[word.index(after: $0)...])" }
            }
        return candidates.lazy.compactMap { try? Platform(known: $0) }.first
    }
}

extension String {
    /// The text without blanks, tabs and line ends before and after it.
    fileprivate var withoutOuterBlanks: String {
        let rest = drop(while: \.isWhitespace)
        return rest.lastIndex { !$0.isWhitespace }.map { String(rest[...$0]) } ?? ""
    }
}
