public import GoToolchain
public import Reporting

/// Receives notes and progress of a run. The terminal prints them, and tests collect them.
public protocol Listener: Sendable {
    /// A line for the person who started the run.
    func note(_ line: String)
    /// A line that is shown only with `--verbose`.
    func detail(_ line: String)
    /// How far work on many files is.
    func files(_ progress: FileProgress)
    /// Other work that may take long begins or ends.
    func activity(_ activity: Activity)
    /// What happened in a matrix of builds.
    func matrix(_ event: MatrixEvent) async
    /// The report of the check that an image begins with.
    func checked(_ report: Report)
}

/// How far work on many files is.
public enum FileProgress: Sendable, Hashable {
    /// The number of files found in folders so far.
    case searched(Int)
    /// The number of files whose work has started, and the number of all files.
    case started(Int, of: Int)
    /// The work is done.
    case ended
}

/// Work that may take long, besides builds and files.
public enum Activity: Sendable, Hashable {
    /// It begins; in words that can follow `still`: `pushing registry.example.com/app:1.0`.
    case began(String)
    /// It ended, with or without an error.
    case ended(String)
}

extension Listener {
    /// Tells that work begins. The result tells that it ends.
    func begin(_ words: String) -> () -> Void {
        activity(.began(words))
        return { activity(.ended(words)) }
    }
}

/// What happened in a matrix of builds. Steps are counted from 0, in the order of the plan.
public enum MatrixEvent: Sendable {
    /// The builds are about to start.
    case began([BuildStep])
    /// A step is in another phase.
    case changed(step: Int, BuildPhase)
    /// The compiler has finished one package of a step.
    case compiled(step: Int)
    /// Nothing is running any more, with or without an error.
    case ended
}

/// What a step of a matrix is doing.
public enum BuildPhase: Sendable, Hashable {
    case waiting, building, rebuilding, verifying
    /// The step is over; the word says how it ended.
    case done(String)
}
