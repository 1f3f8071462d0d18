import ELF
import GoBinary
import TestSupport
import Testing
import Verification

/// A file, described field by field, with the rules that must find something in it and no others.
struct JudgedProgram: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let rules: Set<String>
    var permissions: UInt32 = 0o755
    var expected: Platform?
    /// Adds what does not come from the file: a proof, an image around it.
    var change: @Sendable (Subject) -> Subject = { $0 }

    init(
        _ description: String, finds rules: Set<String>, _ bytes: [UInt8], permissions: UInt32 = 0o755,
        expected: Platform? = nil, change: @escaping @Sendable (Subject) -> Subject = { $0 }
    ) {
        testDescription = description
        self.bytes = bytes
        self.rules = rules
        self.permissions = permissions
        self.expected = expected
        self.change = change
    }

    /// A static C program with some changes.
    static func plain(
        _ description: String, finds rules: Set<String>, _ change: (inout ELFBuilder) -> Void = { _ in }
    ) -> JudgedProgram {
        var builder = ELFBuilder()
        change(&builder)
        return JudgedProgram(description, finds: rules, builder.bytes)
    }

    /// A Go program with some changes.
    static func go(
        _ description: String, finds rules: Set<String>, _ change: (inout GoProgram) -> Void = { _ in }
    ) -> JudgedProgram {
        var program = GoProgram()
        change(&program)
        return JudgedProgram(description, finds: rules, program.bytes)
    }

    /// A Go program that contains some functions more.
    static func go(calling functions: String..., finds rules: Set<String>) -> JudgedProgram {
        go("Go with \(functions.joined(separator: " and "))", finds: rules) { $0.functions += functions }
    }

    /// A Go program as the entry point of an image.
    static func image(
        _ description: String, finds rules: Set<String>, entryPoint: Surroundings.EntryPoint = .found("/app"),
        user: Surroundings.User = .number(65532), climbingNames: [String] = [], budget: ImageBudget? = nil
    ) -> JudgedProgram {
        let image = Surroundings(
            entryPoint: entryPoint, user: user, climbingNames: climbingNames, budget: budget)
        return JudgedProgram(description, finds: rules, GoProgram().bytes) { $0.with(image) }
    }

    /// A static program whose code calls a C function at 0x401010 that its symbol table names, with a text behind it.
    static func symbol(_ name: String, text: String = "", finds rules: Set<String>) -> JudgedProgram {
        let builder = ELFBuilder()
        // call rel32 to the byte 16 behind the start of the code (Intel SDM volume 2, CALL).
        let code: [UInt8] = [0xe8, 11, 0, 0, 0] + [UInt8](repeating: 0x90, count: 27) + Array(text.utf8)
        let padding = [UInt8](repeating: 0, count: 8 - code.count % 8)
        let address = builder.word(builder.base + UInt64(builder.codeOffset) + 16)
        // An empty symbol, then st_name, st_info (a global function), st_other, st_shndx, st_value and st_size.
        let symbols = [UInt8](repeating: 0, count: 24) + [1, 0, 0, 0, 0x12, 0, 1, 0] + address + builder.word(1)
        let names = [0] + Array(name.utf8) + [0]
        let start = UInt64(builder.codeOffset + code.count + padding.count)
        return plain("a static program that calls \(name) \(text)", finds: rules) {
            $0.code = code + padding + symbols + names
            $0.sections = [
                .init(".symtab", type: 2, offset: start, size: 48, link: 2, entrySize: 24),
                .init(".strtab", type: 3, offset: start + 48, size: UInt64(names.count)),
                .init(".text", offset: UInt64(builder.codeOffset), size: 16),
            ]
        }
    }

    /// Bytes that repeat no pattern: a linear congruential generator (Numerical Recipes).
    static func randomBytes(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
    }
}
