import ELF
import Foundation
import GoBinary
import TestSupport
import Testing
import Verification

/// The remedy is for the language that a program is written in.
@Suite struct LanguageTests {
    /// A dynamic program with a section of comments, and further text in its constants.
    private func program(comment: String?, text: String = "", importing symbol: String? = nil) -> [UInt8] {
        var builder = ELFBuilder()
        builder.interpreter = "/lib/ld.so"
        builder.dynamic = [.needed("libc.so.6")]
        builder.code += Array(text.utf8)
        builder.code += [UInt8](repeating: 0, count: 8 - builder.code.count % 8)
        func place(_ bytes: [UInt8]) -> UInt64 {
            let place = UInt64(builder.codeOffset + builder.code.count)
            builder.code += bytes + [UInt8](repeating: 0, count: 8 - bytes.count % 8)
            return place
        }
        if let symbol {
            // An empty symbol, and an undefined global function: st_name, st_info, st_other, st_shndx, st_value, st_size.
            let symbols = place(
                [UInt8](repeating: 0, count: 24) + [1, 0, 0, 0, 0x12] + [UInt8](repeating: 0, count: 19))
            let names = [0] + Array(symbol.utf8) + [0]
            builder.sections += [
                .init(".dynsym", type: 11, offset: symbols, size: 48, link: 2, entrySize: 24),
                .init(".dynstr", type: 3, offset: place(names), size: UInt64(names.count)),
            ]
        }
        if let comment {
            builder.sections.append(
                .init(".comment", offset: place(Array(comment.utf8)), size: UInt64(comment.utf8.count)))
        }
        return builder.bytes
    }

    private func remedies(_ bytes: [UInt8]) -> Set<String> {
        let findings = Policy.standard.judge(Subject(bytes, expected: nil, permissions: 0o755)).findings
        return Set(findings.filter { ["interpreter", "needed-library"].contains($0.rule) }.map(\.remedy))
    }

    private static let gcc = "GCC: (Debian 12.2.0-14) 12.2.0"

    @Test(arguments: [
        // What rustc 1.70, gcc 12 and clang 16 write.
        ("rustc version 1.70.0 (90c541806 2023-05-31)\0" + gcc, "--target x86_64-unknown-linux-musl"),
        (gcc, "-static-pie"), ("Debian clang version 16.0.6", "-static-pie"),
        ("someone's compiler", "Rust for a musl target, Go with CGO_ENABLED=0"), (nil, "C and C++ with -static"),
    ])
    func theCompilersNameDecides(comment: String?, words: String) {
        let remedies = remedies(program(comment: comment))
        #expect(remedies.count == 1)
        #expect(remedies.first?.contains(words) == true, "\(remedies)")
    }

    /// A panic's message holds the path of the standard library's source, which `strip` leaves.
    @Test(arguments: [
        ("_Unwind_Resume", "/rustc/90c541806f23a127002de5b4038be731ba1458ca/library/core/src/panicking.rs", true),
        ("_Unwind_Resume", "/usr/lib/", false),
        ("puts", "/rustc/90c541806f23a127002de5b4038be731ba1458ca/library/core/src/panicking.rs", false),
    ])
    func aStrippedProgramOfRustIsKnownByItsPanics(symbol: String, text: String, isRust: Bool) {
        let remedies = remedies(program(comment: nil, text: text, importing: symbol))
        #expect(remedies.allSatisfy { $0.contains("linux-musl") } == isRust, "\(remedies)")
    }

    @Test func aGoProgramGetsARemedyForGo() {
        var program = GoProgram()
        program.file.interpreter = "/lib/ld.so"
        program.file.dynamic = [.needed("libc.so.6")]
        #expect(remedies(program.bytes).allSatisfy { $0.contains("CGO_ENABLED=0") && !$0.contains("musl") })
    }

    /// Sections can be written by anyone: a verdict must not depend on what they say.
    @Test(arguments: ["rustc version 1.70.0", gcc, nil]) func theVerdictIsTheSame(comment: String?) {
        let judgement = Policy.standard.judge(Subject(program(comment: comment), expected: nil, permissions: 0o755))
        #expect(judgement.verdict == .notReady)
        #expect(judgement.findings.map(\.rule).filter { $0 != "debug-data" } == ["interpreter", "needed-library"])
        #expect(judgement.findings.first { $0.rule == "needed-library" }?.library == "libc.so.6")
    }

    /// The loader maps a shared library, and needs no permission to execute the file.
    @Test func aSharedLibraryIsNotToldToBecomeExecutable() {
        var library = ELFBuilder()
        library.type = 3
        library.dynamic = [.needed("libc.so.6")]
        let findings = Policy.standard.judge(Subject(library.bytes, expected: nil, permissions: 0o644)).findings
        #expect(findings.map(\.rule) == ["not-a-program", "needed-library"])
    }
}
