import CLinux
import Glibc

/// The process's standard streams.
enum Terminal {
    enum Stream: Int32 {
        case output = 1
        case error = 2

        var isTerminal: Bool { isatty(rawValue) == 1 }
    }

    /// Writes all of a text. If the reader is gone, SIGPIPE ends the process, as it ends every filter.
    static func write(_ text: String, to stream: Stream) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(stream.rawValue, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    /// The size of the terminal; 80 × 24 if it does not tell.
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
