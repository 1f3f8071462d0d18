extension Configuration {
    /// The cache program: a name that is looked up on PATH, without arguments.
    ///
    /// A configuration is found in the tree that is checked, so it must not be able to start any program in any way. The name says
    /// that the program is a cache, which no shell, interpreter or build tool does. Arguments, and a program at a path, are for
    /// the command line and the environment.
    static func cacheProgram(_ value: Value) throws(ConfigurationError) -> String {
        let name = try value.text()
        let isName = name.utf8.allSatisfy { $0.isASCIILetterOrDigitOrMark }
        guard name == "off" || isName && !name.hasPrefix("-") && name.lowercased().contains("cach") else {
            throw value.error(
                .wrongForm(
                    key: value.path,
                    wanted: "the name of a cache program on PATH, with \"cach\" in it and without folder and arguments "
                        + "(--cache and SCRATCHCHECK_CACHE take any program), or off", found: name))
        }
        return name
    }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigitOrMark: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+")].contains(self)
        }
    }
}
