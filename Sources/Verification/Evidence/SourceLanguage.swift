import ELF
import Files
import GoBinary

/// The language that a program is written in, as far as its file tells.
///
/// It chooses the words of a remedy and nothing else: most of what shows it can be stripped, or lie.
enum SourceLanguage: Evidence, Sendable, Hashable {
    case go, rust, c
    /// No mark of a language that is known.
    case other

    static let reading = Reading.language

    init(of subject: borrowing Subject) {
        let isGo = subject.lineTable != nil || subject.buildInfo != nil || subject.image?.hasGoMarks == true
        self = isGo ? .go : subject.evidence.language ?? .other
    }

    /// Reads the marks that compilers leave: their names in the section `.comment`, and the paths of Rust's standard library in
    /// the messages of its panics, which are looked for only in a program that unwinds its stack as Rust does.
    init<Source: ByteSource & ~Copyable>(of image: ELFImage, in source: borrowing Source) throws(FileError) {
        let comment = try SourceLanguage.comment(of: image, in: source)
        if comment.holds(Array("rustc version".utf8)) {
            self = .rust
        } else if image.mayBeStrippedRust, try SourceLanguage.holdsPanicPath(image, source) {
            self = .rust
        } else if ["GCC:", "clang version"].contains(where: { comment.holds(Array($0.utf8)) }) {
            self = .c
        } else {
            self = .other
        }
    }

    /// The length in bytes up to which a section of comments is read.
    private static let maximumComment = 64 << 10
    /// How many bytes are searched for the path of a panic. Linkers put constants first.
    private static let maximumSearch = 16 << 20
    /// Rust's standard library is compiled in a folder that is named like this, with a commit's hash.
    private static let panicPath = Array("/rustc/".utf8)

    private static func comment<Source: ByteSource & ~Copyable>(
        of image: ELFImage, in source: borrowing Source
    ) throws(FileError) -> ArraySlice<UInt8> {
        guard let range = image.sections.first(where: { $0.name == ".comment" })?.range(inFileOf: source.size) else {
            return []
        }
        return try source.slice(range.lowerBound..<min(range.upperBound, range.lowerBound + maximumComment))
    }

    private static func holdsPanicPath<Source: ByteSource & ~Copyable>(
        _ image: ELFImage, _ source: borrowing Source
    ) throws(FileError) -> Bool {
        var isFound = false
        var left = maximumSearch
        for load in image.loads where !load.segment.flags.contains(.writable) {
            try load.forEachPiece(of: source, overlap: panicPath.count) { piece in
                isFound = isFound || piece.holds(panicPath)
                left -= piece.bytes.count
                return !isFound && left > 0
            }
            if isFound || left <= 0 { break }
        }
        return isFound
    }
}

extension ELFImage {
    /// Whether it imports the functions that unwind a stack, and not for C++.
    fileprivate var mayBeStrippedRust: Bool {
        importedSymbols.contains { $0.name.hasPrefix("_Unwind_") }
            && !dynamicTables.flatMap(\.libraries).contains { $0.name.hasPrefix("libstdc++") }
    }
}

extension SourceLanguage {
    /// How to link a program statically.
    ///
    /// - Parameters:
    ///   - machine: The machine that it is for.
    ///   - go: What to change in a build of Go.
    func staticLinking(for machine: Machine, go: String) -> String {
        switch self {
        case .go: go
        case .rust:
            "Build for a target with musl (\(SourceLanguage.rustTarget(for: machine))), or with "
                + "RUSTFLAGS='-C target-feature=+crt-static' and an explicit --target."
        case .c: "Link with -static or -static-pie, or build against musl (musl-gcc -static)."
        case .other:
            "Link the program statically: C and C++ with -static, Rust for a musl target, Go with CGO_ENABLED=0."
        }
    }

    /// The option of cargo and rustc for a machine, or the name of its targets.
    ///
    /// Source: https://doc.rust-lang.org/rustc/platform-support.html
    private static func rustTarget(for machine: Machine) -> String {
        let names: [Machine: String] = [.x86_64: "x86_64", .aarch64: "aarch64", .i386: "i686"]
        return names[machine].map { "--target \($0)-unknown-linux-musl" } ?? "--target …-linux-musl"
    }
}
