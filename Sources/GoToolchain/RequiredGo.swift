import Files
import GoBinary
import SystemPackage

/// What a go.mod or go.work says of itself and of the version of Go that it needs.
///
/// It is read without go, because a go command that is too old refuses the file.
struct RequiredGo: Sendable, Hashable {
    /// The file.
    let file: FilePath
    /// The module path; nil in a go.work.
    let module: String?
    /// The version in the `go` line; nil if there is none.
    let version: GoVersion?
    /// The version in the `toolchain` line, which go1.21 and later take as advice; nil if there is none.
    let toolchain: GoVersion?
    /// Whether there is a `toolchain` line, or a `go` line with a bug-fix release: Go before 1.21 refuses both.
    let needsGo121: Bool

    /// Reads the text of a go.mod or go.work.
    init(_ text: String, file: FilePath) {
        var lines: [String: String] = [:]
        for line in ModuleFileLine.all(in: text) where line.words.count == 2 { lines[line.words[0]] = line.words[1] }
        self.file = file
        module = lines["module"]
        version = lines["go"].flatMap { GoVersion($0) }
        toolchain = lines["toolchain"].flatMap { GoVersion($0) }
        needsGo121 = lines["toolchain"] != nil || version?.patch != nil || version?.preview.isEmpty == false
    }

    /// The file that is in force in a folder: the go.work of the workspace, else the nearest go.mod. nil if there is none.
    ///
    /// - Parameter goWork: The value of GOWORK.
    init?(in directory: FilePath, goWork: String?) {
        let module = FolderSearch.nearest("go.mod", from: directory)?.appending("go.mod")
        guard let file = Workspace.file(in: directory, goWork: goWork) ?? module,
            let text = try? FileSnapshot.text(file, maximumSize: 16 << 20)
        else { return nil }
        self.init(text, file: file)
    }

    /// The version that the file asks a go command for; nil if any can read it.
    ///
    /// - Parameter isFetching: Whether go tries to download the version of the `toolchain` line.
    private func wanted(by found: GoVersion, isFetching: Bool) -> GoVersion? {
        if isFetching { return [version, toolchain].compactMap { $0 }.max() }
        guard found < .selecting else { return version }
        return needsGo121 ? [version, toolchain, .selecting].compactMap { $0 }.max() : nil
    }

    /// Checks that go will not refuse the file.
    ///
    /// - Parameter failedDownload: What go said when it could not download a newer version.
    /// - Throws: `BuildError.goTooOldForModule`.
    func check(_ executable: FilePath, _ found: String, failedDownload: String? = nil) throws(BuildError) {
        guard let found = GoVersion(found), let wanted = wanted(by: found, isFetching: failedDownload != nil),
            found.isOlder(than: wanted)
        else { return }
        throw .goTooOldForModule(file, wanted: wanted, executable, found: found, failedDownload: failedDownload)
    }

    /// A note if go tries to build although it is older than the file asks for, as Go before 1.21 does; else nil.
    func notice(_ executable: FilePath, _ found: String) -> String? {
        guard let found = GoVersion(found), found < .selecting, let version, found.isOlder(than: version) else {
            return nil
        }
        return "\(file) asks for \(version), and \(executable) is \(found): the build may fail; "
            + "get a newer Go from https://go.dev/dl"
    }
}

extension GoVersion {
    /// The first version that reads toolchain lines and bug-fix releases in go.mod, and can download another version.
    static let selecting = GoVersion(major: 1, minor: 21)

    /// The first version that reads GOCACHEPROG without an experiment (https://go.dev/doc/go1.24#cmdgocacheprogpkgcmdgo).
    static let readingCacheProgram = GoVersion(major: 1, minor: 24)

    /// Whether a go command of this version is too old for a `go` line. A line without a bug-fix release, `1.27`, accepts
    /// previews of that version (https://go.dev/ref/mod#go-mod-file-go).
    fileprivate func isOlder(than line: GoVersion) -> Bool {
        if line.patch == nil, line.preview.isEmpty { return (major, minor) < (line.major, line.minor) }
        return self < line
    }
}
