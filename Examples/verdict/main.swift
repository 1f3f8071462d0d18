// A program of its own that asks whether files run in an empty root: ELF reads, Verification judges.
import ELF
import Files
import GoBinary
import SystemPackage
import Verification

for path in CommandLine.arguments.dropFirst() {
    do {
        let judgement = try Policy.standard.judge(OpenFile(FilePath(path)), expected: nil).judgement
        print("\(path): \(judgement.verdict.rawValue)")
        for finding in judgement.findings where finding.level == .error { print("  \(finding.message)") }
    } catch {
        print("\(error)")
    }
}
