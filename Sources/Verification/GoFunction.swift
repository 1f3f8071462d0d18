/// Functions of Go's standard library and runtime that show what a program needs in its root, and stubs of other packages.
///
/// The linker keeps only functions that can be reached. Whether the program ever calls one, the file does not show.
public enum GoFunction: String, CaseIterable, Sendable {
    case loadSystemRoots = "crypto/x509.loadSystemRoots"
    case systemCertPool = "crypto/x509.SystemCertPool"
    case verifyCertificate = "crypto/x509.(*Certificate).Verify"
    case verifyServer = "crypto/tls.(*Conn).verifyServerCertificate"
    case dialTLS = "crypto/tls.dial"
    case clientTLS = "crypto/tls.(*Conn).clientHandshake-fm"
    case serveHTTP = "net/http.(*conn).serve"
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
    case forkAndExecute = "syscall.forkExec"
    case execute = "syscall.Exec"
    case openPlugin = "plugin.Open"
    case callRaceDetector = "runtime.racecall"
    case callAddressSanitizer = "runtime.asanread"
    case callMemorySanitizer = "runtime.msanread"
    case panicFromC = "_cgo_panic"
    case startMain = "runtime.main"
    case openSQLite = "github.com/mattn/go-sqlite3.(*SQLiteDriver).Open"
    case openSQLiteMock = "github.com/mattn/go-sqlite3.(*SQLiteDriverMock).Open"
    case openSQLCipherMock = "github.com/mutecomm/go-sqlcipher/v4.(*SQLiteDriverMock).Open"
    case openRqliteMock = "github.com/rqlite/go-sqlite3.(*SQLiteDriverMock).Open"
    case openDexSQLite = "github.com/dexidp/dex/storage/sql.(*SQLite3).Open"

    /// Functions that a program without cgo can only have as stubs, because the real ones call C.
    static let stubs: [GoFunction] = [
        .openSQLite, .openSQLiteMock, .openSQLCipherMock, .openRqliteMock, .openDexSQLite,
    ]
}
