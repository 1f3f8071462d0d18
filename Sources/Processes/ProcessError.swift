public import SystemPackage

/// Why a child process could not be run to its end.
public enum ProcessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The program does not exist or is not executable.
    case programNotFound(FilePath)
    /// The working folder does not exist or cannot be entered.
    case folderNotFound(FilePath, program: FilePath)
    /// Standard output or standard error had more bytes than the limit.
    case outputTooLarge(FilePath, limit: Int)
    /// A system call failed while the process was started, read or awaited; nil if its error number is not known.
    case failed(FilePath, Errno?)

    /// The program, what went wrong, and what to do.
    public var description: String {
        switch self {
        case .programNotFound(let program): "cannot run \(program): it does not exist or is not executable"
        case .folderNotFound(let folder, let program):
            "cannot run \(program) in \(folder): the folder cannot be entered"
        case .outputTooLarge(let program, let limit): "\(program) wrote more than \(limit >> 20) MiB; it was stopped"
        case .failed(let program, let code): "cannot run \(program): \(code.map { "\($0)" } ?? "the system refused")"
        }
    }
}
