public import Foundation

/// A release as `make dist` makes one, of the built program, in a folder that stands for a repository's address.
public struct Release: Sendable {
    /// The version.
    public let version: String
    private let folder: TemporaryFolder

    /// Packs the built program under a version.
    public init(version: String) throws {
        folder = try TemporaryFolder()
        self.version = version
        let script = """
            set -euo pipefail
            case $(uname -m) in x86_64) architecture=amd64 ;; aarch64) architecture=arm64 ;; esac
            name=staticcheck-$1-linux-$architecture
            mkdir -p "$name" "releases/download/v$1"
            ln -s "$2" "$name/staticcheck"
            tar -czf "releases/download/v$1/$name.tar.gz" "$name"
            cd "releases/download/v$1" && sha256sum -- *.tar.gz >SHA256SUMS
            """
        try Execution("bash", ["-c", script, "sh", version, Checkout.program], in: folder.url).check()
    }

    /// The address of the repository.
    public var address: String { "file://" + folder.url.path }

    /// The folder with the files of the release.
    public var files: URL { folder.url.appending(path: "releases/download/v\(version)") }

    /// The folder that the address means.
    public var url: URL { folder.url }
}
