internal import CLinux
internal import Glibc

/// The identity of the image's user, and the limits, which a process takes on before it becomes the program.
struct ContainerUser {
    let specification: ContainerSpecification
    let hasAllUsers: Bool

    /// Gives up all rights but those of the image's user. The process must be in the container's root.
    func become() throws {
        let limits: [(Int32, UInt)] = [
            (clinux_data_bytes, ContainerSpecification.Limit.data), (clinux_core_bytes, 0),
            (clinux_process_count, ContainerSpecification.Limit.processes),
        ]
        for (resource, value) in limits { try check(clinux_limit(resource, value), .setrlimit) }
        try check(clinux_drop_capabilities(), .prctl)
        if hasAllUsers {
            let groups = specification.groups
            unsafe try check(setgroups(groups.count, groups), .setgroups)
        }
        let (user, group) = (specification.user, specification.group)
        try check(setresgid(group, group, group), .setresgid)
        try check(setresuid(user, user, user), .setresuid)
        try check(clinux_no_new_privileges(), .prctl)
        // Changing the user has cleared it (prctl(2), PR_SET_PDEATHSIG).
        try check(clinux_die_with_parent(), .prctl)
        try check(clinux_be_visible(), .prctl)
        umask(0o022)
        _ = setsid()
    }

    /// Calls exec with the variables of the specification, in its working folder. It returns only if that fails.
    ///
    /// - Parameters:
    ///   - emulator: The open file of an emulator that executes the program; nil if the kernel does.
    ///   - options: Options of the emulator.
    func execute(_ words: [String], emulator: Int32?, options: [String] = []) throws(SystemCallError) {
        unsafe try check(chdir(specification.workingFolder), .workingFolder(specification.workingFolder))
        let variables = specification.environment
        let search = variables.last { $0.hasPrefix("PATH=") }.map { String($0.dropFirst(5)) }
        let program = ContainerUser.program(words[0], in: search ?? ContainerUser.defaultPath)
        guard let emulator else { return Execution(words: words, variables: variables).of(path: program) }
        let own = ContainerUser.scriptWords(of: program) ?? [program]
        Execution(words: ["emulator"] + options + own + words.dropFirst(), variables: variables).of(file: emulator)
    }

    /// PATH if the image does not set it (moby, oci/defaults.go).
    private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The path of a program, looked up as runtimes do it.
    private static func program(_ word: String, in search: String) -> String {
        if word.utf8.contains(UInt8(ascii: "/")) { return word }
        return search.split(separator: ":").map { "\($0)/\(word)" }.first { unsafe access($0, X_OK) == 0 } ?? word
    }

    /// The interpreter of a script with its argument, and the script: the kernel would start that (execve(2)).
    private static func scriptWords(of program: String) -> [String]? {
        let file = unsafe open(program, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var head = [UInt8](repeating: 0, count: 256)
        let count = unsafe head.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        guard count > 2, head.starts(with: "#!".utf8) else { return nil }
        let line = String(decoding: head[2..<count].prefix { $0 != 0x0a }, as: UTF8.self)
        return line.split(maxSplits: 1, whereSeparator: { " \t".contains($0) }).map(String.init) + [program]
    }
}
