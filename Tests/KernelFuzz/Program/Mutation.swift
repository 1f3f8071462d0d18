/// One change to a file.
enum Mutation {
    /// A byte of `e_ident`.
    case ident(Int, UInt8)
    /// A field of the file header.
    case header(Field, UInt64)
    /// A field of a program header.
    case segment(Int, Field, UInt64)
    case swap(Int, Int)
    case copy(from: Int, to: Int)
    case truncate(to: Int)
    /// Zero bytes at the end.
    case extend(by: Int)

    func apply(to bytes: inout [UInt8], of program: SampleProgram) {
        let size = program.fields.segmentSize
        func range(_ index: Int) -> Range<Int> {
            let start = program.tableOffset + index * size
            return start..<start + size
        }
        switch self {
        case .ident(let index, let value): bytes[index] = value
        case .header(let field, let value): bytes.put(value, field)
        case .segment(let index, let field, let value): bytes.put(value, field, from: range(index).lowerBound)
        case .swap(let first, let second):
            let kept = Array(bytes[range(first)])
            bytes.replaceSubrange(range(first), with: Array(bytes[range(second)]))
            bytes.replaceSubrange(range(second), with: kept)
        case .copy(let source, let target):
            bytes.replaceSubrange(range(target), with: Array(bytes[range(source)]))
        case .truncate(let count): bytes.removeLast(max(0, bytes.count - count))
        case .extend(let count): bytes += [UInt8](repeating: 0, count: count)
        }
    }
}

extension Mutation: CustomStringConvertible {
    var description: String {
        switch self {
        case .ident(let index, let value): "e_ident[\(index)]=\(value)"
        case .header(let field, let value): "\(field.name)=0x\(String(value, radix: 16))"
        case .segment(let index, let field, let value): "\(field.name)[\(index)]=0x\(String(value, radix: 16))"
        case .swap(let first, let second): "swap \(first) \(second)"
        case .copy(let source, let target): "copy \(source) to \(target)"
        case .truncate(let count): "truncate to \(count)"
        case .extend(let count): "extend by \(count)"
        }
    }
}

/// A changed file, and how it was made.
struct Mutant {
    let number: Int
    let program: SampleProgram
    /// What kind of change it is, for the tables: a field, a way to combine several, or `several` kinds at once.
    let kind: String
    let mutations: [Mutation]

    var bytes: [UInt8] {
        var bytes = program.bytes
        // A cut comes last, so that every other change finds its place.
        for mutation in mutations where !mutation.isCut { mutation.apply(to: &bytes, of: program) }
        for mutation in mutations where mutation.isCut { mutation.apply(to: &bytes, of: program) }
        return bytes
    }

    var recipe: String { "\(program.name): " + mutations.map(\.description).joined(separator: ", ") }
}

extension Mutation {
    fileprivate var isCut: Bool {
        switch self {
        case .truncate, .extend: true
        default: false
        }
    }
}
