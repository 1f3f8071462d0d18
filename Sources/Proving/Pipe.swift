internal import Glibc

/// A pipe whose ends are closed by exec.
struct Pipe {
    let reading: Int32
    private let writing: Int32

    init() throws(SystemCallError) {
        var ends: [Int32] = [-1, -1]
        try check(unsafe pipe(&ends), .pipe)
        reading = ends[0]
        writing = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    func closeWriting() { close(writing) }

    func closeBoth() {
        close(reading)
        close(writing)
    }

    func write(_ bytes: [UInt8]) {
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(writing, $0.baseAddress, $0.count) }
    }

    /// Makes other descriptors write into the pipe; they stay open across exec.
    func takeOver(_ descriptors: [Int32]) throws(SystemCallError) {
        for descriptor in descriptors { try check(dup2(writing, descriptor), .dup2) }
    }

    /// Reads until all writing ends are closed.
    ///
    /// - Parameter limit: How many bytes are kept; the rest is read and dropped.
    func readToEnd(limit: Int) -> [UInt8] {
        var kept: [UInt8] = []
        while let bytes = readSome(), !bytes.isEmpty { kept += bytes.prefix(limit - kept.count) }
        return kept
    }

    /// Whether there are bytes to read, or the end, within a time in milliseconds.
    func hasInput(waiting milliseconds: Int32) -> Bool {
        var poller = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&poller, 1, milliseconds) > 0
    }

    /// Waits for bytes and reads some; returns an empty array at the end, nil after an error.
    func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
        if count < 0 { return errno == EINTR ? readSome() : nil }
        return Array(buffer.prefix(count))
    }
}
