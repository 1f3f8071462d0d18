public import GoToolchain
public import SystemPackage

/// What a run takes from its surroundings. Workflows read no global: the executable makes one of these at its start, and
/// a test makes its own.
public struct Context: Sendable {
    /// The environment variables, which the go command and other tools inherit. `PATH` says where they are looked for.
    public var environment: [String: String]
    /// The working folder, an absolute path. Relative paths of a request that become part of others start here.
    public var folder: FilePath
    /// The time in seconds since 1970.
    public var now: @Sendable () -> Int
    /// The processors and the free memory of this machine; asked only by runs that build.
    public var machine: @Sendable () -> HostMachine
    /// Hears notes and progress.
    public var listener: any Listener

    /// Makes a context.
    public init(
        environment: [String: String], folder: FilePath, now: @escaping @Sendable () -> Int,
        machine: @escaping @Sendable () -> HostMachine, listener: any Listener
    ) {
        self.environment = environment
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

    /// The same surroundings in another folder, as `-C` asks for.
    public func moved(to folder: FilePath) -> Context {
        var context = self
        context.folder = folder
        return context
    }
}
