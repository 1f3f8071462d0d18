import Files
import GoToolchain
import Licensing
import Reporting
import SystemPackage
import Text

/// Reads the licence of a module from the files in its root folder.
enum ModuleLicenses {
    /// The most licence files of one module, and the most source files that are searched for copyright lines.
    private static let limits = (texts: 30, sources: 3000)
    /// Copyright lines stand at the beginning of a source file.
    private static let headSize = 4096

    /// The licence of a module.
    ///
    /// - Returns: nil if the folder cannot be read. A module without licence files has a licence without texts.
    static func read(_ module: ProgramSources.Module) -> BillFacts.License? {
        guard let names = try? Folder.names(in: module.folder).map(\.string) else { return nil }
        var texts: [BillFacts.License.Text] = []
        var copyrights: [String] = []
        for name in names where isLicense(name) || isNotice(name) {
            guard texts.count < limits.texts, let text = text(of: module.folder.appending(name)) else { continue }
            guard isLicense(name) else {
                copyrights += Copyrights.of(text)
                continue
            }
            let match = LicenseMatch(text)
            copyrights += match.copyrights
            texts.append(
                .init(
                    file: name, line: match.line, identifiers: match.identifiers, confidence: match.confidence,
                    text: match.identifiers.isEmpty ? text : nil))
        }
        if copyrights.isEmpty { copyrights = self.copyrights(in: module.files) }
        return BillFacts.License(texts: texts, copyrights: copyrights.distinct)
    }

    /// Whether a file holds the terms, as `go mod vendor` and pkg.go.dev know them: `LICENSE`, `LICENCE.md`, `COPYING.LESSER`.
    static func isLicense(_ name: String) -> Bool {
        hasStem(name, ["license", "licence", "copying", "unlicense", "mit-license", "mit-licence"])
    }

    /// Whether a file states copyrights without terms.
    private static func isNotice(_ name: String) -> Bool { hasStem(name, ["notice", "copyright"]) }

    private static func hasStem(_ name: String, _ stems: [String]) -> Bool {
        let lower = name.lowercased()
        guard !lower.hasSuffix(".go") else { return false }
        return stems.contains { stem in
            guard lower.hasPrefix(stem) else { return false }
            return lower.dropFirst(stem.count).first.map { ".-_".contains($0) } ?? true
        }
    }

    /// The text of a regular file. A link could lead to a file that is nobody's business.
    private static func text(of path: FilePath) -> String? {
        guard FileIdentity(of: path)?.mode.type == .regular,
            let file = try? OpenFile(path, maximumSize: LicenseMatch.maximumSize),
            let bytes = try? file.bytes(in: 0..<file.size)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func copyrights(in files: [FilePath]) -> [String] {
        var found: [String] = []
        for path in files.prefix(limits.sources) where found.count < 50 {
            guard let file = try? OpenFile(path), let head = try? file.bytes(in: 0..<min(file.size, headSize)) else {
                continue
            }
            for statement in Copyrights.of(String(decoding: head, as: UTF8.self)) where !found.contains(statement) {
                found.append(statement)
            }
        }
        return found.sorted()
    }
}
