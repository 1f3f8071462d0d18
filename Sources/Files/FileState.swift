internal import Glibc
public import SystemPackage

/// What stat(2) tells about a file. If two states are equal, nobody has written to the file between them: no program can set back
/// `st_ctim`.
public struct FileState: Sendable, Hashable, CustomStringConvertible {
    /// `st_dev`, `st_ino`, `st_mode`, `st_size`, `st_mtim` and `st_ctim`, with blanks between them.
    public let description: String

    init(_ status: stat) {
        let times = [status.st_mtim, status.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }.joined(separator: " ")
        description = "\(status.st_dev) \(status.st_ino) \(status.st_mode) \(status.st_size) \(times)"
    }

    /// The state of what a path names, a symbolic link not followed; nil if there is nothing.
    public init?(of path: FilePath) {
        guard let status = FileState.status(of: path) else { return nil }
        self.init(status)
    }

    /// The state of a file whose next change will have another time; nil if there is no such file.
    ///
    /// File systems take the time from a clock that ticks every few milliseconds (clock_gettime(2), `CLOCK_REALTIME_COARSE`). A
    /// file that was changed since its last tick can be changed again without a new time, so it has no settled state yet.
    public static func settled(of path: FilePath) -> FileState? {
        var tick = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME_COARSE, &tick) == 0, let status = status(of: path),
            isOver(status.st_ctim, at: tick)
        else { return nil }
        return FileState(status)
    }

    /// Whether no later change can have the time of a change.
    ///
    /// Some file systems keep only milliseconds or seconds, and FAT only even seconds.
    static func isOver(_ change: timespec, at tick: timespec) -> Bool {
        let isCoarse = change.tv_nsec % 1_000_000 == 0
        return (change.tv_sec + (isCoarse ? 2 : 0), change.tv_nsec) < (tick.tv_sec, tick.tv_nsec)
    }

    private static func status(of path: FilePath) -> stat? {
        var status = stat()
        return unsafe path.withPlatformString { unsafe lstat($0, &status) } == 0 ? status : nil
    }
}
