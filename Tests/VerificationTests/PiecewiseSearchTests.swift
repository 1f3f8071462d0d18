import Foundation
import TestSupport
import Testing
import Verification

@testable import ELF

/// What lies across the border of two pieces is found as well as what lies in one.
@Suite struct PiecewiseSearchTests {
    /// A static C program in which nothing is left of the text and of the call that rules look for.
    private struct Program {
        var bytes: [UInt8]
        /// The address of dlopen, as readelf tells it.
        let function: UInt64
        /// The executable segment.
        let code: Segment

        /// Made once: it takes long to look for what must go.
        static let silent = Result { try Program() }

        init() throws {
            let sample = "hazards/c-dlopen"
            bytes = try Checkout.bytes(ofSample: sample)
            let listing = try Execution("readelf", ["-sW", Checkout.sample(sample)]).output.split(separator: "\n")
            let fields = try #require(listing.map { $0.split(separator: " ") }.first { $0.last == "dlopen" })
            function = try #require(UInt64(fields[1], radix: 16))
            code = try #require(ELFImage(bytes).segments.first { $0.kind == .load && $0.flags.contains(.executable) })
            let text = Array("libnss_".utf8)
            for place in 0..<bytes.count - text.count where bytes[place..<place + text.count].elementsEqual(text) {
                bytes[place] = 0x4c
            }
            for place in Int(code.offset)..<Int(code.offset + code.fileSize) - 5
            where bytes[place..<place + 5].elementsEqual(call(at: place)) { bytes[place] = 0x90 }
        }

        /// `call rel32` (Intel SDM volume 2, CALL).
        func call(at place: Int) -> [UInt8] {
            let next = code.address + UInt64(place + 5) - code.offset
            let distance = UInt32(truncatingIfNeeded: function &- next)
            return [0xe8] + (0..<4).map { UInt8(truncatingIfNeeded: distance >> (8 * $0)) }
        }

        mutating func put(_ run: [UInt8], at place: Int) { bytes.replaceSubrange(place..<place + run.count, with: run) }

        /// The rules that the file breaks, by what is read of it while it is open.
        func rules() throws -> Set<String> {
            let folder = try TemporaryFolder()
            let place = folder.url.appending(path: "program")
            try Data(bytes).write(to: place)
            let judged = try Policy.standard.judge(OpenFile(place.path), expected: nil)
            return Set(judged.judgement.findings.map(\.rule))
        }

        /// Where the first piece of the code ends.
        var border: Int { Int(code.offset) + ELFImage.pieceSize }
    }

    @Test func nothingIsFoundWhereNothingIs() throws {
        let program = try Program.silent.get()
        #expect(Int(program.code.fileSize) > ELFImage.pieceSize)
        #expect(try program.rules().isDisjoint(with: ["name-service", "runtime-loading"]))
    }

    @Test(arguments: 0...7) func aText(begunBefore count: Int) throws {
        var program = try Program.silent.get()
        program.put(Array("libnss_".utf8), at: program.border - count)
        #expect(try program.rules().contains("name-service"))
    }

    @Test(arguments: 0...5) func aCall(begunBefore count: Int) throws {
        var program = try Program.silent.get()
        let place = program.border - count
        program.put(program.call(at: place), at: place)
        #expect(try program.rules().contains("runtime-loading"))
    }
}
