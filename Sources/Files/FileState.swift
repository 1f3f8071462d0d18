internal import Glibc
public import SystemPackage

/// What stat(2) tells about a file. If two states are equal, nobody has written to the file in between: no program can set back
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

    /// The state of a file, if any later change is certain to show; nil if it changed too recently, or does not exist.
    public static func settled(of path: FilePath) -> FileState? {
        let tick = tick
        guard let status = status(of: path), isSettled(status, at: tick) else { return nil }
        return FileState(status)
    }

    /// The clock from which file systems take the time. It ticks every few milliseconds, and two changes between the same two
    /// ticks get the same time (clock_gettime(2), `CLOCK_REALTIME_COARSE`).
    static var tick: timespec {
        var tick = timespec()
        return unsafe clock_gettime(CLOCK_REALTIME_COARSE, &tick) == 0 ? tick : timespec()
    }

    /// Whether a change from now on is certain to show in another state. A time in the future was set by a program.
    ///
    /// - Parameter tick: The clock before the file was looked at.
    static func isSettled(_ status: stat, at tick: timespec) -> Bool {
        let isInFuture = (tick.tv_sec, tick.tv_nsec) < (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        return isSettled(status.st_ctim, at: tick) && (isInFuture || isSettled(status.st_mtim, at: tick))
    }

    /// Whether a change from now on is certain to get another time than a change in the past.
    ///
    /// Some file systems keep only micro- or milliseconds or seconds, and FAT only even seconds.
    static func isSettled(_ change: timespec, at tick: timespec) -> Bool {
        let isCoarse = change.tv_nsec % 1_000_000 == 0
        let age = tick.sinceEpoch - change.sinceEpoch
        return age > (isCoarse ? .seconds(2) : .milliseconds(1))
    }

    /// What a path names; nil if there is nothing.
    static func status(of path: FilePath, followsLinks: Bool = false) -> stat? {
        (try? path.stat(followTargetSymlink: followsLinks))?.rawValue
    }
}

extension timespec {
    fileprivate var sinceEpoch: Duration { .seconds(tv_sec) + .nanoseconds(tv_nsec) }
}
