import TestSupport
import Testing

@testable import ScratchImage

@Suite struct StopSignalTests {
    /// bash says which number each name has.
    @Test func namesHaveTheNumbersOfTheSystem() throws {
        let list = try Execution("bash", ["-c", "for n in {1..31} {34..64}; do echo $n $(kill -l $n); done"]).output
        let pairs = list.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(pairs.count == 62)
        for pair in pairs {
            for text in [pair[0], pair[1], "SIG\(pair[1])", pair[1].lowercased()] {
                #expect(StopSignal.number(of: text) == Int32(pair[0]), "\(text)")
            }
        }
    }

    @Test(
        arguments: [
            (nil, 15), ("", 15), ("SIGIOT", 6), ("poll", 29), ("CLD", 17), ("RTMIN", 34), ("SIGRTMAX", 64), ("0", nil),
            ("65", nil),
            ("-9", nil), ("SIGNONE", nil), ("SIG", nil), ("RTMIN+31", nil), ("RTMAX-31", nil), ("RTMIN-1", nil),
            ("RTMIN+-1", nil),
        ] as [(String?, Int32?)])
    func otherSpellings(text: String?, number: Int32?) {
        #expect(StopSignal.number(of: text) == number)
    }
}
