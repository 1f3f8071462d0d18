/// The variables of a shell while it runs the script of a RUN, and what the go command keeps between scripts.
package struct ShellState: Sendable {
    /// A variable and how it got its value.
    package struct Setting: Sendable {
        package var value: Value
        /// Whether it is written without variables.
        package var isLiteral: Bool
        /// Where an ENV or ARG sets it; nil if the script does.
        package var place: Dockerfile.Place?
        var isExported = true
    }

    /// The variables of the stage. All of them are exported.
    let environment: Environment
    private var own: [String: Setting] = [:]
    /// What `go env -w` stored.
    var goSettings: [String: Setting]
    /// The working folder; nil if it is not known.
    private(set) var folder: String?
    /// Whether `set -a` exports every variable.
    var exportsAll = false
    private var scopes: [(kind: ShellScript.Scope, folder: String?, changes: [(name: String, before: Setting?)])] = []

    init(_ environment: Environment, folder: String?, goSettings: [String: Setting]) {
        self.environment = environment
        self.folder = folder
        self.goSettings = goSettings
    }

    /// The value that the shell fills in.
    func value(of name: String) -> Value { own[name]?.value ?? environment[name] }

    /// What a child process gets; nil if neither the file nor the script sets it.
    func exported(_ name: String) -> Setting? {
        if let setting = own[name] { return setting.isExported ? setting : nil }
        return environment.variables[name].map {
            Setting(value: $0.value, isLiteral: $0.isLiteral, place: $0.name.place)
        }
    }

    /// What the go command sees: its environment, then what `go env -w` stored.
    func forGo(_ name: String) -> Setting? { exported(name) ?? goSettings[name] }

    /// The names that the script itself sets.
    var ownNames: [String] { own.filter { $0.value.value != .unset }.map(\.key) }

    /// Sets a variable, which stays exported if it was.
    mutating func set(_ name: String, _ value: Value, isLiteral: Bool, isExported: Bool = false) {
        let wasExported = own[name]?.isExported ?? (environment.variables[name] != nil)
        record(name)
        own[name] = Setting(value: value, isLiteral: isLiteral, isExported: isExported || wasExported || exportsAll)
    }

    mutating func export(_ name: String) {
        guard own[name] != nil else { return }
        record(name)
        own[name]?.isExported = true
    }

    mutating func unset(_ name: String) {
        record(name)
        own[name] = Setting(value: .unset, isLiteral: true, isExported: false)
    }

    mutating func enter(_ folder: String?) {
        guard let folder else { return self.folder = nil }
        self.folder = folder.hasPrefix("/") ? folder : self.folder.map { $0 + "/" + folder }
    }

    private mutating func record(_ name: String) {
        guard !scopes.isEmpty else { return }
        scopes[scopes.count - 1].changes.append((name, own[name]))
    }

    // MARK: Scopes

    mutating func open(_ scope: ShellScript.Scope) { scopes.append((scope, folder, [])) }

    /// Begins another branch, which does not see what the one before set.
    mutating func otherwise() {
        guard let scope = scopes.last, scope.kind == .conditional else { return }
        for change in scope.changes.reversed() { own[change.name] = change.before }
    }

    /// Ends a scope. What a subshell set is gone; what a conditional set is unknown.
    mutating func close(_ kind: ShellScript.Scope) {
        // A bracket also ends the pattern of a case.
        guard let scope = scopes.last, scope.kind == kind else { return }
        scopes.removeLast()
        for change in scope.changes.reversed() { own[change.name] = change.before }
        guard kind == .conditional else { return folder = scope.folder }
        if folder != scope.folder { folder = nil }
        for name in Set(scope.changes.map(\.name)) {
            let before = own[name]
            record(name)
            own[name] = Setting(
                value: .unknown, isLiteral: false, isExported: before?.isExported ?? true)
        }
    }
}
