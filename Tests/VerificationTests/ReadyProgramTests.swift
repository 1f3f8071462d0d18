import GoBinary
import TestSupport
import Testing
import Verification

/// The tiny program that the other tests change is ready as it is.
@Suite struct ReadyProgramTests {
    @Test func theBuiltProgramIsReady() {
        let subject = Subject(ELFBuilder.staticProgram(), expected: nil, permissions: 0o755)
        #expect(Policy.standard.judge(subject).findings.filter { $0.level == .error } == [])
        #expect(subject.platform?.description == "linux/amd64")
    }
}
