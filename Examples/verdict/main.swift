// Prints for each file whether it runs in an empty root. An example for using the modules in another program: ELF reads the
// file, Verification judges it.
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
