import GoBinary
import Verification

/// What the standard policy says of a file.
struct Opinion {
    let isReady: Bool
    /// Whether it warns that the section headers, and with them what they say about the entry point, are damaged.
    let warnsOfDamage: Bool
    /// The errors, each as its rule and its message without the numbers in it.
    let reasons: [Reason]

    struct Reason: Hashable, Comparable {
        let rule: String
        let message: String

        static func < (first: Reason, second: Reason) -> Bool {
            (first.rule, first.message) < (second.rule, second.message)
        }
    }

    init(of bytes: [UInt8], for platform: Platform) {
        let judgement = Policy.standard.judge(Subject(bytes, expected: platform, permissions: 0o755))
        isReady = judgement.verdict == .ready
        warnsOfDamage = judgement.findings.contains { $0.rule == "damaged-sections" }
        let errors = judgement.findings.filter { $0.level == .error }
        reasons = Set(
            errors.map { Reason(rule: $0.rule, message: Opinion.withoutNumbers($0.message.description)) }
        ).sorted()
    }

    /// `p_memsz is N` for `p_memsz is 0x10`: messages of one kind become equal.
    static func withoutNumbers(_ text: String) -> String {
        var result = ""
        var word = ""
        func flush() {
            let isNumber = word.first?.isNumber == true
            result += isNumber ? "N" : word
            word = ""
        }
        for character in text {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }
}
