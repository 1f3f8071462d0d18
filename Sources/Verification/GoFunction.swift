/// Functions of Go's standard library whose presence shows what a program will ask of its root.
///
/// The linker keeps only what can be reached, so a function that is there can be called; whether it ever is, the file does
/// not say.
public enum GoFunction: String, CaseIterable, Sendable {
    case loadSystemRoots = "crypto/x509.loadSystemRoots"
    case systemCertPool = "crypto/x509.SystemCertPool"
    case dialTLS = "crypto/tls.dial"
    case dialHTTP = "net/http.(*Transport).dialConn"
    case fallbackRoots = "golang.org/x/crypto/x509roots/fallback.init.0"
    case loadLocation = "time.LoadLocation"
    case embeddedZones = "time/tzdata.init.0"
    case currentUser = "os/user.Current"
    case lookupUser = "os/user.Lookup"
    case lookupUserByID = "os/user.LookupId"
    case lookupGroup = "os/user.LookupGroup"
    case lookupGroupByID = "os/user.LookupGroupId"
    case readResolverConfiguration = "net.dnsReadConfig"
    case createTemporaryFile = "os.CreateTemp"
    case makeTemporaryFolder = "os.MkdirTemp"
    case startProcess = "os.StartProcess"
    case openPlugin = "plugin.Open"
    case callRaceDetector = "runtime.racecall"
    case callAddressSanitizer = "runtime.asanread"
    case callMemorySanitizer = "runtime.msanread"
    case panicFromC = "_cgo_panic"
    case startMain = "runtime.main"
}

extension Subject {
    /// Those of some functions that the program holds.
    func present(_ wanted: GoFunction...) -> [GoFunction] { wanted.filter(functions.contains) }

    /// Names functions, as evidence.
    func evidence(_ functions: GoFunction...) -> String { evidence(functions) }

    /// Names functions, as evidence.
    func evidence(_ functions: [GoFunction]) -> String {
        "function\(functions.count == 1 ? "" : "s") \(functions.map(\.rawValue).joined(separator: ", "))"
    }
}
