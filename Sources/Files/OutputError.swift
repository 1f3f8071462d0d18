public import SystemPackage

/// Why a file or folder could not be written, moved or removed.
public struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path as it was given.
    public let path: FilePath
    /// What went wrong.
    public let fault: Fault

    /// What can go wrong.
    public enum Fault: Sendable, Hashable {
        /// The system refused.
        case system(Action, Errno)
        /// A symbolic link is in a place where none is followed.
        case isLink
        /// The path exists and must not be replaced, unless the user passes the named option.
        case exists(overwriteWith: String)
        /// The path exists, and something else than this program wrote it.
        case isForeign
    }

    /// What was tried.
    public enum Action: String, Sendable {
        case write, remove, link
        case createFolder = "create the folder"
        case createTemporary = "create a temporary file or folder"
        case removeStaleStamp = "remove the stale stamp"
    }

    /// Makes an error.
    public init(_ path: FilePath, _ fault: Fault) {
        self.path = path
        self.fault = fault
    }

    /// Makes an error of a system call that failed; what is not an `Errno` counts as an I/O error.
    public init(_ path: FilePath, _ action: Action, _ cause: any Error) {
        self.init(path, .system(action, cause as? Errno ?? .ioError))
    }

    /// The path, what was tried, the system's reason, and what to do if that is known.
    public var description: String {
        switch fault {
        case .system(let action, let code): "\(path): cannot \(action.rawValue): \(code)\(remedy(code))"
        case .isLink: "\(path) is a symbolic link, and files may be written elsewhere through it; remove it"
        case .exists(let option): "\(path) already exists; pass \(option) to overwrite it"
        case .isForeign: "\(path) is not from this program and is not overwritten; move it to another place"
        }
    }

    /// What went wrong with which path, in a few words.
    public var reason: String {
        if case .system(_, let code) = fault { "\(path): \(code)" } else { description }
    }

    /// Whether there is nothing at the path.
    public var isMissing: Bool {
        if case .system(_, .noSuchFileOrDirectory) = fault { true } else { false }
    }

    private func remedy(_ code: Errno) -> String {
        switch code {
        case .noSpace, .diskQuotaExceeded:
            path.starts(with: TemporaryPlace.base)
                ? "; free some space, or set TMPDIR to a folder on another disk, and run again"
                : "; free some space and run again"
        case .improperLink: "; both paths must be on one file system"
        default: ""
        }
    }
}
