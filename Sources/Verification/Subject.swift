public import ELF
public import GoBinary

/// What rules look at: the file's content, what it says of itself, and what was asked for.
public struct Subject: Sendable {
    /// What the file holds.
    public let content: Content
    /// The file's Go build info, where it has one.
    public let buildInfo: BuildInfo?
    /// The platform that was asked for, where one was.
    public let expected: Platform?
    /// Whether the file was built from Go sources a moment ago, and so must carry Go's build info and line table.
    public let isGoBuild: Bool
    /// The permission bits of the file (`st_mode & 07777`), where it came from a file system.
    public let permissions: UInt32?
    /// What came of starting the file, where that was tried.
    public private(set) var proof: Proof?
    /// The version of Go that was asked for, where one was.
    public private(set) var expectedGo: GoVersion?
    /// What came of building the file a second time, where that was tried.
    public private(set) var reproduction: Reproduction?
    /// The image around the file, where it is an image's entry point.
    public private(set) var surroundings: Surroundings?
    /// Go's table of functions and source files, where the file has one.
    public let lineTable: LineTable?
    /// Those functions of Go's library that say something of the program's needs.
    public let functions: Set<GoFunction>
    /// What the C library left in a static program; nil where there is none of it to be looked for.
    private(set) var marksOfC: CMarks?
    /// Those of the functions that Go programs start with, of every system, that the program holds: `_rt0_amd64_linux`.
    let entryFunctions: Set<String>

    /// What a file holds.
    public enum Content: Sendable {
        /// An ELF file that could be read.
        case image(ELFImage)
        /// A file with the ELF magic number whose headers no kernel takes.
        case malformed(ELFError)
        /// Another format.
        case other(FileFormat)
        /// An image starts nothing that is there.
        case absent
    }

    /// Reads the bytes of a file.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - expected: The platform that was asked for; nil accepts any Linux platform.
    ///   - isGoBuild: Whether Go's build info and line table must be there.
    ///   - permissions: The permission bits of the file; nil where they are not known.
    public init(_ bytes: [UInt8], expected: Platform?, isGoBuild: Bool = false, permissions: UInt32? = nil) {
        do throws(ELFError) {
            let image = try ELFImage(bytes)
            self.init(
                .image(image), buildInfo: BuildInfo(in: image), lineTable: LineTable(in: image), expected: expected,
                isGoBuild: isGoBuild, permissions: permissions)
            if mayHoldMarksOfC { marksOfC = CMarks(in: image) }
        } catch {
            self.init(
                error.code == .notELF ? .other(FileFormat(of: bytes)) : .malformed(error), buildInfo: nil,
                lineTable: nil, expected: expected, isGoBuild: isGoBuild, permissions: permissions)
        }
    }

    init(
        _ content: Content, buildInfo: BuildInfo?, lineTable: LineTable?, marksOfC: CMarks? = nil, expected: Platform?,
        isGoBuild: Bool, permissions: UInt32?
    ) {
        self.content = content
        self.marksOfC = marksOfC
        self.buildInfo = buildInfo
        self.lineTable = lineTable
        self.expected = expected
        self.isGoBuild = isGoBuild
        self.permissions = permissions
        // The names are looked for in one walk through the table.
        guard let lineTable else {
            functions = []
            entryFunctions = []
            return
        }
        let entries = Subject.entryFunctionNames(in: content)
        let names = lineTable.functions(among: Subject.functionNames.union(entries))
        functions = Set(names.compactMap(GoFunction.init(rawValue:)))
        entryFunctions = names.intersection(entries)
    }

    /// An image whose entry point is not there.
    public init(absentFrom surroundings: Surroundings, expected: Platform?) {
        self.expected = expected
        self.surroundings = surroundings
        content = .absent
        isGoBuild = false
        permissions = nil
        buildInfo = nil
        lineTable = nil
        functions = []
        entryFunctions = []
    }

    private static let functionNames = Set(GoFunction.allCases.map(\.rawValue))

    /// The names that Go gives the entry function of a program for the file's machine, on the systems whose programs are
    /// ELF files.
    private static func entryFunctionNames(in content: Content) -> Set<String> {
        guard case .image(let image) = content, let kind = MachineKind.of(image.header) else { return [] }
        let systems = ["linux", "android", "dragonfly", "freebsd", "illumos", "netbsd", "openbsd", "solaris"]
        return Set(systems.map { "_rt0_\(kind.goarch)_\($0)" })
    }

    /// The function that a Go program for Linux starts with, where the program holds it.
    var ownEntryFunction: String? { entryFunctions.first { $0.hasSuffix("_linux") } }

    /// The function that a Go program starts with, where it is that of another system than Linux.
    var foreignEntryFunction: String? { entryFunctions.filter { !$0.hasSuffix("_linux") }.sorted().first }

    /// The subject with the word of the kernel.
    public func with(_ proof: Proof?) -> Subject {
        var subject = self
        subject.proof = proof
        return subject
    }

    /// The subject with the version of Go that its build was to use.
    public func with(expectedGo version: GoVersion?) -> Subject {
        var subject = self
        subject.expectedGo = version
        return subject
    }

    /// The subject with what came of its second build.
    public func with(_ reproduction: Reproduction?) -> Subject {
        var subject = self
        subject.reproduction = reproduction
        return subject
    }

    /// The subject in an image.
    public func with(_ surroundings: Surroundings?) -> Subject {
        var subject = self
        subject.surroundings = surroundings
        return subject
    }

    /// Where the bytes of the file go; nil for what is no ELF file.
    public var sizes: SizeBreakdown? {
        image.map { SizeBreakdown(of: $0, lineTable: lineTable, buildInfo: buildInfo) }
    }

    /// The image, where there is one.
    public var image: ELFImage? {
        guard case .image(let image) = content else { return nil }
        return image
    }

    /// Whether it is a program in which no dynamic loader takes part: it brings all of its code itself.
    var isStatic: Bool {
        guard let image else { return false }
        return image.objectKind == nil && image.interpreters.isEmpty
            && !image.dynamicTables.contains { !$0.libraries.isEmpty }
    }

    /// Whether the program is static and holds C code, as far as can be told.
    var isStaticC: Bool { isStatic && (lineTable == nil || functions.contains(.panicFromC)) }

    /// Whether rules look for what the C library left: in static C, and in every static-pie that names a search path, for
    /// that library may have started it.
    private var mayHoldMarksOfC: Bool {
        guard isStatic, let image else { return false }
        return isStaticC
            || image.header.type == .dynamic && CText.allCases.compactMap(\.entry).contains(where: image.holdsEntry)
    }

    /// The platform to report: the one asked for, else the file's own.
    public var platform: Platform? {
        if let expected { return expected }
        guard let image else { return nil }
        if let own = buildInfo?.platform { return own }
        return MachineKind.of(image.header).map { Platform(goos: "linux", goarch: $0.goarch) }
    }
}
