import CLinux
import Files
import Glibc
import Reporting
import SystemPackage

/// The process's standard streams.
enum Terminal {
    enum Stream: Int32 {
        case output = 1
        case error = 2

        var isTerminal: Bool { isatty(rawValue) == 1 }
    }

    /// Opens the standard streams that the parent process closed, so that no other file gets their number: a report would
    /// then be written into it. Writing to standard output still fails, as it does if it is closed.
    static func openStreams() {
        let modes = [O_RDONLY, O_RDONLY, O_WRONLY]
        for (number, mode) in zip(Int32(0)..., modes) where fcntl(number, F_GETFD) < 0 {
            // The lowest free number is the one that was just found free.
            _ = Glibc.open("/dev/null", mode)
        }
    }

    /// Writes all of a report, or of any other result, to standard output. If the reader has gone away, SIGPIPE ends the
    /// process, as it ends every filter.
    ///
    /// - Throws: `OutputError` if not all of it could be written.
    static func report(_ text: String) throws(OutputError) {
        if let failure = write(text, .output) { throw OutputError("standard output", .write, failure) }
    }

    /// Writes lines for people to standard error, with everything escaped that could control a terminal. If that fails, there
    /// is no place left to say so.
    static func say(_ text: String) { draw(text.printableText + "\n") }

    /// Writes to standard error as it is, with control sequences.
    static func draw(_ text: String) { _ = write(text, .error) }

    private static func write(_ text: String, _ stream: Stream) -> Errno? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(stream.rawValue, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return written < 0 ? Errno(rawValue: errno) : .ioError }
            rest = rest.dropFirst(written)
        }
        return nil
    }

    /// The size of the terminal on standard error; 80 × 24 if it is unknown.
    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(Stream.error.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}

/// Ends the process.
func end(_ code: Int32) -> Never { exit(code) }
