import ELF
import Files
import Foundation
import SystemPackage
import TestSupport
import Testing
import Verification

/// What lies across the border of two pieces is found as well as what lies in one.
@Suite struct PiecewiseSearchTests {
    private static let pieceSize = 1024

    /// A static C program in which nothing is left of the text and of the call that rules look for.
    private struct Program {
        var bytes: [UInt8]
        /// The executable segment.
        let code: Segment
        /// The address of dlopen, as readelf tells it; 0 where the program has none.
        let function: UInt64

        /// Made once: it takes long to look for what must go.
        static let plain = Result { try Program("hazards/c-dlopen", without: "libnss_") }
        static let pie = Result { try Program("c-static-pie-run-path", without: "info[DT_RUNPATH] == NULL") }

        init(_ sample: String, without text: String) throws {
            bytes = try Checkout.bytes(ofSample: sample)
            let listing = try Execution("readelf", ["-sW", Checkout.sample(sample)]).output.split(separator: "\n")
            let symbol = listing.map { $0.split(separator: " ") }.first { $0.last == "dlopen" }
            function = symbol.flatMap { UInt64($0[1], radix: 16) } ?? 0
            code = try #require(ELFImage(bytes).segments.first { $0.kind == .load && $0.flags.contains(.executable) })
            let run = Array(text.utf8)
            for place in 0..<bytes.count - run.count where bytes[place] == run[0] {
                if bytes[place..<place + run.count].elementsEqual(run) { bytes[place] = 0 }
            }
            for place in Int(code.offset)..<Int(code.offset + code.fileSize) - 5 where bytes[place] == 0xe8 {
                if bytes[place..<place + 5].elementsEqual(call(at: place)) { bytes[place] = 0x90 }
            }
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
            let file = try OpenFile(FilePath(place.path), pieceSize: pieceSize)
            return Set(try Policy.standard.judge(file, expected: nil).judgement.findings.map(\.rule))
        }

        /// Where the first piece of the code ends.
        var border: Int { Int(code.offset) + pieceSize }
    }

    @Test func nothingIsFoundWhereNothingIs() throws {
        #expect(try Program.plain.get().rules().isDisjoint(with: ["name-service", "runtime-loading"]))
        #expect(try !Program.pie.get().rules().contains("run-path"))
    }

    @Test(arguments: 0...7) func aText(begunBefore count: Int) throws {
        var program = try Program.plain.get()
        program.put(Array("libnss_".utf8), at: program.border - count)
        #expect(try program.rules().contains("name-service"))
    }

    @Test(arguments: 0...24) func theLongestText(begunBefore count: Int) throws {
        var program = try Program.pie.get()
        program.put(Array("info[DT_RUNPATH] == NULL".utf8), at: program.border - count)
        #expect(try program.rules().contains("run-path"))
    }

    @Test(arguments: 0...5) func aCall(begunBefore count: Int) throws {
        var program = try Program.plain.get()
        let place = program.border - count
        program.put(program.call(at: place), at: place)
        #expect(try program.rules().contains("runtime-loading"))
    }
}
