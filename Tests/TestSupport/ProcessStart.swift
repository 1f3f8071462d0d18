public import Foundation
import Synchronization

private let starting = Mutex(())

extension Process {
    /// Starts the program. Programs start one at a time, and none inherits the output of the test run: a reader of that output would
    /// otherwise wait until every process that holds it has ended.
    ///
    /// Foundation notices the end of a process when the last copy of a socket is closed, and the socket is inherited by whatever
    /// another thread starts between two of its system calls. If that lives as long as the tests, the wait never ends.
    public func start() throws {
        if (standardOutput as? FileHandle) === FileHandle.standardOutput { standardOutput = FileHandle.nullDevice }
        if (standardError as? FileHandle) === FileHandle.standardError { standardError = FileHandle.nullDevice }
        try starting.withLock { _ in try run() }
    }
}
