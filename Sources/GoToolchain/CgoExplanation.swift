import GoBinary
import SystemPackage
import Text

/// Explains go's message for a package without files, if the reason is that cgo is off.
///
/// go says only "build constraints exclude all Go files", for files that import "C" as for files of another platform.
enum CgoExplanation {
    private static let words = "build constraints exclude all Go files in "

    /// What go says of flags such as -race. A variable does not help, because it is not what decides here.
    fileprivate static let advice = "requires cgo; enable cgo by setting CGO_ENABLED=1"

    /// The folders of which a message of go says that all their files are excluded.
    static func folders(in message: String) -> [String] {
        message.split(separator: "\n").compactMap { line in
            line.firstRange(of: words).map { String(line[$0.upperBound...]) }
        }.distinct
    }

    /// What to say of a package that has files only with cgo.
    ///
    /// - Parameter asked: The packages that go was asked for, as it takes them.
    static func sentence(for package: String, asked: [String]) -> String {
        "every file of \(package) needs cgo (import \"C\"), and programs for an empty root are built with CGO_ENABLED=0: "
            + "use a package in pure Go instead, or compile the C code with zig and link it statically: "
            + "staticcheck check --cgo zig \(asked.map(\.shellQuoted).joined(separator: " "))"
    }
}

extension Toolchain {
    /// Adds to a message of go a sentence for each package that has no files because cgo is off.
    ///
    /// - Parameter asked: The packages that go was asked for, as it takes them.
    func explained(
        _ message: String, asked: [String], in directory: FilePath, flags: [String], for platform: Platform
    ) async throws -> String {
        guard compiler == nil else { return message }
        if message.contains(CgoExplanation.advice) {
            return message
                + "\nprograms for an empty root are built with CGO_ENABLED=0; --cgo native turns cgo on, and links statically"
        }
        let folders = CgoExplanation.folders(in: message)
        guard !folders.isEmpty else { return message }
        let packages = try await ifGoCan {
            try await list(folders, in: directory, flags: flags, for: platform, withCgo: true)
        }
        let sentences = (packages ?? []).filter(\.hasFiles).map {
            CgoExplanation.sentence(for: $0.importPath, asked: asked)
        }
        return ([message] + sentences).joined(separator: "\n")
    }

    /// What a body returns; nil if go exits with an error there.
    private func ifGoCan<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value? {
        do { return try await body() } catch BuildError.goFailed { return nil }
    }
}
