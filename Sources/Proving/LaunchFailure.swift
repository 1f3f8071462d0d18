internal import Verification

/// Why the program did not start. It is sent through a pipe from the process that was to become the program.
enum LaunchFailure: Equatable {
    /// exec failed, with this `errno`.
    case refused(Int32)
    /// The process could not be isolated; a message for the report.
    case setUp(String)

    /// `e` and the number, or `s` and the message.
    var encoded: [UInt8] {
        switch self {
        case .refused(let code): Array("e\(code)".utf8)
        case .setUp(let message): Array("s\(message)".utf8)
        }
    }

    /// Reads the encoded form; nil if the bytes are something else, or there are none because exec closed the pipe.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
        switch bytes.first {
        case UInt8(ascii: "e"): self = .refused(Int32(text) ?? 0)
        case UInt8(ascii: "s"): self = .setUp(text)
        default: return nil
        }
    }

    /// The result for the report: the kernel refused the program, or nothing was proved.
    func proof(by starter: String) -> Proof {
        switch self {
        case .refused(let code): Proof(.refused, by: starter, detail: "exec fails with \(KernelName.error(code))")
        case .setUp(let message): Proof(.notProved, detail: message)
        }
    }
}
