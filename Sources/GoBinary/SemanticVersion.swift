/// A semantic version, ordered by age.
///
/// Source: https://semver.org, section 11, and golang.org/x/mod/semver, which also reads `1` and `1.2`.
public struct SemanticVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Major, minor and patch: digits without leading zeros, because a number may be larger than any integer.
    private var numbers: [Substring]
    /// The parts of the pre-release; empty for a release.
    private let preview: [Substring]

    /// Reads `1.2.3`, `v1.2.3-rc.1`, `v0.0.0-20230101120000-0123456789ab` or `v2.0.0+incompatible`. Build metadata is ignored.
    ///
    /// nil if the text is not a version.
    public init?(_ text: String) {
        guard text.utf8.count <= SemanticVersion.maximumLength else { return nil }
        let bare = text.hasPrefix("v") ? text.dropFirst() : text[...]
        let sides = bare.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count < 2 || SemanticVersion.areIdentifiers(sides[1]) else { return nil }
        let parts = sides[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(numbers.count), numbers.allSatisfy(SemanticVersion.isNumber),
            numbers.count == 3 || parts.count == 1 && sides.count == 1
        else { return nil }
        self.numbers = numbers + Array(repeating: "0", count: 3 - numbers.count)
        guard parts.count == 2 else {
            preview = []
            return
        }
        preview = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard SemanticVersion.areIdentifiers(parts[1]),
            preview.allSatisfy({ !SemanticVersion.isDigits($0) || SemanticVersion.isNumber($0) })
        else { return nil }
    }

    /// Reads a version as tags of Go modules have it, `v1.2.3` or `v1.2.3-rc.1`; nil if go would not take it for a version.
    ///
    /// Source: https://go.dev/ref/mod#versions.
    public init?(tag: String) {
        guard tag.hasPrefix("v"), !tag.contains("+"), let version = SemanticVersion(tag), version.description == tag
        else { return nil }
        self = version
    }

    /// The tag.
    public var description: String {
        "v" + numbers.joined(separator: ".") + (isPreview ? "-" + preview.joined(separator: ".") : "")
    }

    /// Whether it comes before a release.
    var isPreview: Bool { !preview.isEmpty }

    /// The version with the next patch number; nil if that is larger than any integer.
    var nextPatch: SemanticVersion? {
        guard let (next, overflow) = Int(numbers[2])?.addingReportingOverflow(1), !overflow else { return nil }
        var version = self
        version.numbers[2] = Substring(String(next))
        return version
    }

    /// Longer texts are not read.
    private static let maximumLength = 256

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && isDigits(text) && (text == "0" || text.first != "0")
    }

    private static func areIdentifiers(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.unicodeScalars.allSatisfy {
                    $0 == "-" || $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
                }
        }
    }

    /// Older first. A pre-release comes before its release.
    public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        for (one, other) in zip(left.numbers, right.numbers) where one != other { return isLess(one, other) }
        guard left.isPreview, right.isPreview else { return left.isPreview }
        for (one, other) in zip(left.preview, right.preview) where one != other {
            switch (isDigits(one), isDigits(other)) {
            case (true, true): return isLess(one, other)
            case (true, false): return true
            case (false, true): return false
            case (false, false): return one.utf8.lexicographicallyPrecedes(other.utf8)
            }
        }
        return left.preview.count < right.preview.count
    }

    /// Compares numbers without leading zeros.
    private static func isLess(_ one: Substring, _ other: Substring) -> Bool {
        let lengths = (one.utf8.count, other.utf8.count)
        return lengths.0 != lengths.1 ? lengths.0 < lengths.1 : one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}

extension SemanticVersion {
    /// Whether the version can be one of a module, whose path names its major version from 2 on: `example.com/m/v2`.
    public func fits(module path: String) -> Bool {
        Int(numbers[0]).map(SemanticVersion.majors(of: path).contains) ?? false
    }

    /// The major versions of a module, by its path. The path of gopkg.in ends with `.v2`.
    public static func majors(of path: String) -> [Int] {
        guard let last = path.split(separator: "/").last else { return [0, 1] }
        let word = path.hasPrefix("gopkg.in/") ? last.split(separator: ".").last ?? last : last
        guard word.hasPrefix("v"), let major = Int(word.dropFirst()), major > 1 else { return [0, 1] }
        return [major]
    }
}
