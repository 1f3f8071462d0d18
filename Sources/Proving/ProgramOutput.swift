internal import Glibc

/// What a program writes. The beginning is kept; the rest is read and dropped, so that the program does not wait.
struct ProgramOutput {
    private let pipe: Pipe
    private var isOpen = true
    /// The beginning.
    private(set) var bytes: [UInt8] = []
    private var end: [UInt8] = []

    /// How much of the beginning is kept, in bytes.
    private static let limit = 64 << 10
    /// How much of the end is kept.
    private static let endLimit = 1024

    init(_ pipe: Pipe) { self.pipe = pipe }

    /// Reads what there is to read, or waits for it. Once the output is closed, it only waits.
    ///
    /// - Parameter milliseconds: How long to wait.
    mutating func read(waiting milliseconds: Int32) {
        guard isOpen else {
            usleep(UInt32(milliseconds) * 1000)
            return
        }
        guard pipe.hasInput(waiting: milliseconds) else { return }
        guard let piece = pipe.readSome(), !piece.isEmpty else {
            isOpen = false
            return
        }
        bytes += piece.prefix(ProgramOutput.limit - bytes.count)
        end = (end + piece.suffix(ProgramOutput.endLimit)).suffix(ProgramOutput.endLimit)
    }

    /// Whether the last that was written contains some words.
    func hasLately(_ words: [UInt8]) -> Bool { end.firstRange(of: words) != nil }

    /// Reads what a program that has ended left in the pipe, which holds no more than 64 KiB. Another process may still write.
    mutating func readRest(until end: ContinuousClock.Instant) {
        while isOpen, ContinuousClock.now < end, pipe.hasInput(waiting: 0) { read(waiting: 0) }
    }
}
