internal import CLinux
internal import Glibc

/// Looks at the paths that the processes of a container look up, and collects those that are not there.
///
/// The kernel asks before each such call (seccomp_unotify(2)) and then does it unchanged. ptrace(2) could do that too, but it
/// stops a process twice for each call, changes how it gets signals, and must follow each thread.
struct FileWatch {
    private let listener: Int32
    private let root: Int32
    /// The paths that are not there, at most two hundred.
    private(set) var missing: Set<String> = []

    private static let limit = 200
    /// What a runtime mounts, whatever the image has.
    private static let mounted = ["/proc", "/sys", "/dev"]

    /// - Parameter root: The root of the container, seen from outside.
    init(_ listener: Int32, root: String) {
        self.listener = listener
        self.root = unsafe open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    /// Answers the calls that wait, at most a hundred.
    ///
    /// - Returns: Whether there was one.
    @discardableResult mutating func proceed() -> Bool {
        var count = 0
        while count < 100, isWaiting {
            var call = clinux_call()
            guard unsafe clinux_next_call(listener, &call) == 0 else { break }
            count += 1
            if missing.count < FileWatch.limit, let path = path(of: call), isMissing(path) { missing.insert(path) }
            _ = clinux_let_go_on(listener, call.identifier)
        }
        return count > 0
    }

    private var isWaiting: Bool {
        var poller = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&poller, 1, 0) > 0 && poller.revents & Int16(POLLIN) != 0
    }

    /// The absolute path of a call; nil if it has none, or creates a file.
    private func path(of call: clinux_call) -> String? {
        let folder = clinux_folder_argument(call.number)
        let place = folder < 0 ? call.arguments.0 : call.arguments.1
        guard let name = text(at: UInt(place), of: call.process), !name.isEmpty else { return nil }
        if clinux_creates(call.number, call.arguments.0, call.arguments.1, call.arguments.2) != 0 { return nil }
        if name.hasPrefix("/") { return name }
        // Only the working folder: a path that starts at an open folder names what was found before.
        guard folder < 0 || Int32(truncatingIfNeeded: call.arguments.0) == AT_FDCWD else { return nil }
        let working = KernelLink.target("/proc/\(call.process)/cwd")
        return working.map { ($0 == "/" ? "" : $0) + "/" + name }
    }

    private func isMissing(_ path: String) -> Bool {
        guard root >= 0, !FileWatch.mounted.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) else {
            return false
        }
        let descriptor = unsafe clinux_look_up(root, path)
        if descriptor >= 0 {
            close(descriptor)
            return false
        }
        return errno == ENOENT || errno == ENOTDIR
    }

    /// A string in the memory of a process.
    private func text(at address: UInt, of process: UInt32) -> String? {
        // A program may name any address; it has none in the upper half.
        guard let start = Int(exactly: address), start < Int.max - 2 * Int(PATH_MAX) else { return nil }
        let memory = unsafe open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { return nil }
        defer { close(memory) }
        var bytes: [UInt8] = []
        while bytes.count < Int(PATH_MAX) {
            // Up to the end of a page: the next one may not be there.
            let place = start + bytes.count
            var page = [UInt8](repeating: 0, count: 4096 - place % 4096)
            let count = unsafe page.withUnsafeMutableBytes { unsafe pread(memory, $0.baseAddress, $0.count, place) }
            guard count > 0 else { return nil }
            bytes += page[..<count]
            if let end = bytes.firstIndex(of: 0) { return String(decoding: bytes[..<end], as: UTF8.self) }
        }
        return nil
    }
}
