public import Proving
public import SystemPackage
public import Verification

/// What `check` is asked for, and what an image begins with.
public struct CheckRequest: Sendable {
    /// The builds.
    public var matrix: MatrixRequest
    /// How the work is divided.
    public var speed = SpeedSettings()
    /// The rules.
    public var policy: Policy
    /// How programs are tried in an empty root; nil tries none.
    public var proof: ProofMode?
    /// The folder for the binaries.
    public var output: OutputFolder
    /// How programs that pass are stamped; nil stamps none.
    public var stamps: StampSettings?
    /// Whether every program is built twice, to compare.
    public var isReproducing = false
    /// How bills of materials are made; nil makes none.
    public var bill: BillSettings?
    /// Whether the report shows what the bytes of each file are.
    public var isMeasuring = false
    /// Whether the report says what each program is made of.
    public var isListing = false
    /// The files of reports and other results, which must not be those of programs or stamps. Relative paths start from the working
    /// folder.
    public var results: [FilePath] = []

    /// The folder for the binaries.
    public struct OutputFolder: Sendable, Hashable {
        /// The folder, absolute and normalized.
        public let path: FilePath
        /// The folder as reports show it.
        public let shown: FilePath

        /// Names a folder.
        ///
        /// - Parameters:
        ///   - name: The folder, as it was written.
        ///   - base: Where a relative name starts.
        ///   - folder: The working folder. Reports show the name as it was written if it starts there.
        public init(_ name: String, from base: FilePath, workingFolder folder: FilePath) {
            path = base.pushing(FilePath(name)).lexicallyNormalized()
            shown = base == folder ? FilePath(name) : path
        }
    }

    /// Makes a request.
    public init(matrix: MatrixRequest, policy: Policy = .standard, output: OutputFolder) {
        self.matrix = matrix
        self.policy = policy
        self.output = output
    }
}
