public import Configuration
import Files
public import GoToolchain
public import SystemPackage

/// The environment of a run. Workflows read it from here and not from globals: the executable makes one at its start, and
/// a test makes its own.
public struct Context: Sendable {
    /// The environment variables, which the go command and other tools inherit. `PATH` says where they are looked for. Those
    /// that hold a private key are not among them.
    public var environment: [String: String] { secrets.without(inherited) }
    private let inherited: [String: String]
    private let secrets: Secrets
    /// The working folder, an absolute path. Relative paths start here.
    public var folder: FilePath
    /// The time in seconds since 1970.
    public var now: @Sendable () -> Int
    /// The processors and the free memory of this machine; asked only by runs that build.
    public var machine: @Sendable () -> HostMachine
    /// Receives notes and progress.
    public var listener: any Listener

    /// Makes a context.
    public init(
        environment: [String: String], folder: FilePath, now: @escaping @Sendable () -> Int,
        machine: @escaping @Sendable () -> HostMachine, listener: any Listener, secrets: Secrets = Secrets()
    ) {
        inherited = environment
        self.secrets = secrets
        self.folder = folder
        self.now = now
        self.machine = machine
        self.listener = listener
    }

    /// The folders that outside tools are looked for in, with colons between.
    public var searchPath: String { environment["PATH"] ?? "" }

    /// An environment variable; nil if it is not set or empty.
    public func variable(_ name: String) -> String? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        return text
    }

    /// What go answered in earlier runs; nil if the environment names no cache folder.
    var rememberedAnswers: RememberedAnswers? {
        KeptFiles("answers", environment: environment, limit: 512).map { RememberedAnswers(in: $0) }
    }

    /// The private key in a variable; nil if it is not set or empty. Children do not get the variable from now on.
    func secret(_ name: String) -> String? {
        secrets.hide(name)
        guard let text = inherited[name], !text.isEmpty else { return nil }
        return text
    }

    /// Hides the variable that a key is named by, if it is one, from children. The key can still be read.
    public func hide(_ source: KeySource?) {
        if case .variable(let name) = source { secrets.hide(name) }
    }

    /// Makes memory safe for a private key.
    func sealMemory() { secrets.sealMemory() }

    /// The same surroundings in another folder, as `-C` asks for.
    public func moved(to folder: FilePath) -> Context {
        var context = self
        context.folder = folder
        return context
    }
}
