// A program of its own that asks whether files run in an empty root: ELF reads, Verification judges.
import ELF
import GoBinary
import Verification

for path in CommandLine.arguments.dropFirst() {
    do {
        guard case .file(let file) = try FileSnapshot.read(path, onlyELF: false) else { continue }
        let judgement = Policy.standard.judge(Subject(file.bytes, expected: nil, permissions: file.permissions))
        print("\(path): \(judgement.verdict.rawValue)")
        for finding in judgement.findings where finding.level == .error { print("  \(finding.message)") }
    } catch {
        print("\(error)")
    }
}
