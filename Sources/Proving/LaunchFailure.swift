internal import Verification

/// Why the program did not begin.
enum LaunchFailure: Equatable {
    /// exec failed, with this errno.
    case refused(Int32)
    /// The process could not be shut in.
    case setUp(String)

    /// `e` and the number, or `s` and words.
    var encoded: [UInt8] {
        switch self {
        case .refused(let code): Array("e\(code)".utf8)
        case .setUp(let words): Array("s\(words)".utf8)
        }
    }

    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
        switch bytes.first {
        case UInt8(ascii: "e"): self = .refused(Int32(text) ?? 0)
        case UInt8(ascii: "s"): self = .setUp(text)
        default: return nil
        }
    }

    func proof(by starter: String) -> Proof {
        switch self {
        case .refused(let code): Proof(.refused, by: starter, detail: "exec fails with \(KernelName.error(code))")
        case .setUp(let words): Proof(.notProved, detail: words)
        }
    }
}
