// A program of its own that asks whether files run in an empty root: ELF reads, Verification judges.
import ELF
import GoBinary
import Verification

for path in CommandLine.arguments.dropFirst() {
    do {
        let judgement = try Policy.standard.judge(OpenFile(path), expected: nil).judgement
        print("\(path): \(judgement.verdict.rawValue)")
        for finding in judgement.findings where finding.level == .error { print("  \(finding.message)") }
    } catch {
        print("\(error)")
    }
}
