public import ELF
import Files
public import GoBinary

/// What rules judge: what was read of a file, and what was asked for.
public struct Subject: Sendable {
    let evidence: FileEvidence
    /// The platform that was asked for; nil for any Linux platform.
    public let expected: Platform?
    /// Whether the file was just built from Go sources, and so must carry Go's build info and line table.
    public let isGoBuild: Bool
    /// The permission bits of the file (`st_mode & 07777`); nil if it does not come from a file system.
    public let permissions: UInt32?
    /// The result of starting the file; nil if that was not tried.
    public private(set) var proof: Proof?
    /// The version of Go that was asked for; nil for any.
    public private(set) var expectedGo: GoVersion?
    /// The result of building the file a second time; nil if that was not tried.
    public private(set) var reproduction: Reproduction?
    /// What a cache program supplied for its build; nil if go kept its cache itself, or the file was not built here.
    public private(set) var cacheUse: CacheUse?
    /// The packages that are built without their files with cgo; nil if that is not known.
    private(set) var cgoLosses: [CgoLoss]?
    /// The C code of the program; nil if it was built without cgo, or that is not known.
    public private(set) var cCode: CCode?
    /// The licences of the modules that the program is built from; nil if they were not read.
    private(set) var licenses: [ModuleLicense]?
    /// The program that is not built; nil if there is a file.
    private(set) var leftOut: LeftOutProgram?
    /// The known vulnerabilities of its modules; nil if they were not looked up.
    private(set) var advisories: AdvisoryScan?
    /// What is demanded of its inside, and whether it holds; nil if nothing is.
    private(set) var demandCheck: DemandCheck?
    /// The image around the file; nil if it is not in an image.
    public private(set) var surroundings: Surroundings?

    /// What a file holds.
    public enum Content: Sendable {
        /// An ELF file that could be read.
        case image(ELFImage)
        /// A file with the ELF magic number whose headers the kernel does not accept.
        case malformed(ELFError)
        /// Another format.
        case other(FileFormat)
        /// No file: an image whose entry point does not exist, or a program that is not built.
        case absent
    }

    /// Reads everything that any rule needs of a file in memory.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - expected: The platform that was asked for; nil accepts any Linux platform.
    ///   - isGoBuild: Whether Go's build info and line table must be there.
    ///   - permissions: The permission bits of the file; nil if they are not known.
    public init(_ bytes: [UInt8], expected: Platform?, isGoBuild: Bool = false, permissions: UInt32? = nil) {
        self.init(MemoryFile(bytes), expected: expected, isGoBuild: isGoBuild, permissions: permissions)
    }

    /// Reads everything that any rule needs of a file in memory, in pieces of `MemoryFile.pieceSize` bytes.
    package init(_ file: MemoryFile, expected: Platform?, isGoBuild: Bool = false, permissions: UInt32? = nil) {
        // Reading from memory cannot fail.
        let evidence = try? EvidenceReader(reading: .everything, asksSections: false).read(
            file, isRefused: { _ in false })
        self.init(
            evidence ?? FileEvidence(content: .other(.empty)), expected: expected, isGoBuild: isGoBuild,
            permissions: permissions)
    }

    init(_ evidence: FileEvidence, expected: Platform?, isGoBuild: Bool = false, permissions: UInt32?) {
        self.evidence = evidence
        self.expected = expected
        self.isGoBuild = isGoBuild
        self.permissions = permissions
    }

    /// An image whose entry point does not exist.
    public init(absentFrom surroundings: Surroundings, expected: Platform?) {
        self.init(FileEvidence(content: .absent), expected: expected, permissions: nil)
        self.surroundings = surroundings
    }

    /// A program that is not built.
    init(_ program: LeftOutProgram) {
        self.init(FileEvidence(content: .absent), expected: program.platform, permissions: nil)
        leftOut = program
    }

    /// The import path of the main package; nil if it is not known.
    var package: String? { leftOut?.package ?? buildInfo?.path }

    /// What the file holds.
    public var content: Content { evidence.content }

    /// The headers of the file; nil if it could not be read as ELF.
    public var image: ELFImage? {
        guard case .image(let image) = content else { return nil }
        return image
    }

    /// The file's Go build info; nil if it has none.
    public var buildInfo: BuildInfo? { evidence.go?.buildInfo }

    /// Whether it is an ELF file that the kernel would start, or refuse to start: not a library, an object file or a core dump.
    public var isProgram: Bool {
        switch content {
        case .image: linkedKind == nil
        case .malformed: true
        case .other, .absent: false
        }
    }

    /// What the file is if it is not a program.
    private var linkedKind: String? { Linkage(of: self)?.objectKind }

    /// Go's table of functions and source files; nil if the file has none.
    public var lineTable: LineTable? { evidence.go?.lineTable }

    /// The functions of Go that show what the program needs, and that it contains.
    public var functions: Set<GoFunction> { evidence.go?.functions ?? [] }

    /// The C libraries in a static program with C code that are known by a text, with their versions: `zlib 1.2.13`.
    public var linkedLibraries: [String] { evidence.cLibrary?.linked.map(\.description) ?? [] }

    /// What the bytes of the file are; nil if it is not ELF. The sizes of functions are known if they were asked for, and of most
    /// files in memory.
    public var sizes: SizeBreakdown? {
        image.map { SizeBreakdown(of: $0, lineTable: lineTable, buildInfo: buildInfo) }
    }

    /// The platform to report: the one asked for, otherwise that of the file.
    public var platform: Platform? {
        if let expected { return expected }
        guard let image else { return nil }
        if let own = buildInfo?.platform { return own }
        return MachineKind.of(image.header).map { Platform(goos: "linux", goarch: $0.goarch) }
    }
}

extension Subject {
    /// The subject with the result of starting it.
    public func with(_ proof: Proof?) -> Subject {
        var subject = self
        subject.proof = proof
        return subject
    }

    /// The subject with the version of Go that was asked for.
    public func with(expectedGo version: GoVersion?) -> Subject {
        var subject = self
        subject.expectedGo = version
        return subject
    }

    /// The subject with the result of its second build.
    public func with(_ reproduction: Reproduction?) -> Subject {
        var subject = self
        subject.reproduction = reproduction
        return subject
    }

    /// The subject with what a cache program supplied for its build.
    public func with(_ cacheUse: CacheUse?) -> Subject {
        var subject = self
        subject.cacheUse = cacheUse
        return subject
    }

    /// The subject with the packages that are built without their files with cgo; nil if that is not known.
    public func with(cgoLosses losses: [CgoLoss]?) -> Subject {
        var subject = self
        subject.cgoLosses = losses
        return subject
    }

    /// The subject with the C code that was compiled for it; nil for none.
    public func with(_ code: CCode?) -> Subject {
        var subject = self
        subject.cCode = code
        return subject
    }

    /// The subject with the size of the image around it, and its limit; nil if it has none.
    public func with(_ budget: ImageBudget?) -> Subject {
        var subject = self
        subject.surroundings?.budget = budget
        return subject
    }

    /// The subject with the licences of the modules that it is built from; nil if they were not read.
    public func with(licenses: [ModuleLicense]?) -> Subject {
        var subject = self
        subject.licenses = licenses
        return subject
    }

    /// The subject with the known vulnerabilities of its modules.
    func with(_ advisories: AdvisoryScan?) -> Subject {
        var subject = self
        subject.advisories = advisories
        return subject
    }

    /// The subject with what is demanded of its inside.
    func with(_ check: DemandCheck?) -> Subject {
        var subject = self
        subject.demandCheck = check
        return subject
    }

    /// The subject with the image around it.
    public func with(_ surroundings: Surroundings?) -> Subject {
        var subject = self
        subject.surroundings = surroundings
        return subject
    }
}
