/// The packages that come with Go.
public enum StandardLibrary {
    /// Whether a package comes with Go: one of the standard library or of the go command.
    ///
    /// Names that an obfuscator makes have no dot either, so that only known ones count. Source: the folders of GOROOT/src,
    /// Go 1.19 to 1.27.
    public static func contains(_ package: String) -> Bool {
        package.split(separator: "/", maxSplits: 1).first.map { folders.contains(String($0)) } ?? false
    }

    static let folders: Set<String> = [
        "archive", "arena", "bufio", "builtin", "bytes", "cmd", "cmp", "compress", "container", "context", "crypto",
        "database", "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image",
        "index", "internal", "io", "iter", "log", "maps", "math", "mime", "net", "os", "path", "plugin", "reflect",
        "regexp", "runtime", "simd", "slices", "sort", "strconv", "strings", "structs", "sync", "syscall", "testing",
        "text", "time", "unicode", "unique", "unsafe", "uuid", "vendor", "weak",
    ]
}
