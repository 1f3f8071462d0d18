import TestSupport

/// Makes mutants of some programs: the same ones for the same seed.
struct Mutator {
    let programs: [(program: SampleProgram, weight: Int)]
    let seed: UInt64

    /// A change, and its name in the tables.
    struct Change {
        let kind: String
        let mutations: [Mutation]

        init(_ kind: String, _ mutations: [Mutation]) {
            self.kind = kind
            self.mutations = mutations
        }
    }

    func mutant(_ number: Int) -> Mutant {
        var random = SplitMix64(seed: seed, number: number)
        let program = program(&random)
        var maker = ChangeMaker(program: program, random: random)
        let count = maker.random.once(in: 3) ? Int.random(in: 2...4, using: &maker.random) : 1
        let changes = (0..<count).map { _ in maker.change() }
        let kinds = Set(changes.map(\.kind))
        return Mutant(
            number: number, program: program, kind: kinds.count == 1 ? changes[0].kind : "several at once",
            mutations: changes.flatMap(\.mutations))
    }

    private func program(_ random: inout SplitMix64) -> SampleProgram {
        var left = Int.random(in: 0..<programs.reduce(0) { $0 + $1.weight }, using: &random)
        for (program, weight) in programs {
            left -= weight
            if left < 0 { return program }
        }
        return programs[0].program
    }
}

/// Makes changes to one program.
struct ChangeMaker {
    let program: SampleProgram
    var random: SplitMix64

    private var loads: [Int] { program.segments.indices.filter { program.segments[$0].isLoad } }
    private var others: [Int] { program.segments.indices.filter { !program.segments[$0].isLoad } }

    mutating func change() -> Mutator.Change {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<42: segmentField()
        case 42..<54: headerField()
        case 54..<62: entry()
        case 62..<68: swap()
        case 68..<74: copy()
        case 74..<86: sharedPage()
        case 86..<91: moved()
        case 91..<95: cut()
        case 95..<98: ident()
        default: flags()
        }
    }

    private func field(_ name: String) -> Field {
        (program.fields.segment + program.fields.header).first { $0.name == name } ?? program.fields.segment[0]
    }

    private mutating func anySegment() -> Int {
        let all = random.once(in: 4) ? others : loads
        return all.randomElement(using: &random) ?? 0
    }

    private func kind(_ field: Field, of index: Int) -> String {
        "\(field.name) of \(program.segments[index].isLoad ? "PT_LOAD" : "another segment")"
    }

    private mutating func segmentField() -> Mutator.Change {
        let index = anySegment()
        let field = random.pick(program.fields.segment[0], Array(program.fields.segment.dropFirst()))
        let old = program.bytes.value(field, from: program.tableOffset + index * program.fields.segmentSize)
        let value: UInt64 =
            switch field.name {
            case "p_type":
                random.pick(0, [1, 1, 1, 2, 3, 4, 5, 6, 7, 0x6474_e551, 0x6474_e553, 0x7000_0000, 0x7000_0003])
            case "p_flags": random.once(in: 8) ? random.next() : UInt64.random(in: 0...7, using: &random)
            default: InterestingValues.pick(old: old, others: places, &random)
            }
        return .init(kind(field, of: index), [.segment(index, field, value)])
    }

    /// Places and sizes that the file names, and the size of the file.
    private var places: [UInt64] {
        program.segments.filter(\.isLoad).flatMap {
            [$0.offset, $0.address, $0.fileSize, $0.memorySize, $0.address &+ $0.fileSize, $0.address &+ $0.memorySize]
        } + [UInt64(program.bytes.count)]
    }

    private mutating func headerField() -> Mutator.Change {
        let field = random.pick(program.fields.header[0], Array(program.fields.header.dropFirst()))
        let old = program.bytes.value(field)
        let value: UInt64 =
            switch field.name {
            case "e_type": UInt64.random(in: 0...5, using: &random)
            case "e_machine": random.pick(0, [3, 6, 8, 20, 21, 22, 40, 62, 183, 243, 258, 0xffff])
            case "e_phnum" where random.once(in: 2): old &+ UInt64.random(in: 0...8, using: &random) &- 4
            default: InterestingValues.pick(old: old, others: places, &random)
            }
        return .init(field.name, [.header(field, value)])
    }

    /// The entry point elsewhere: in any segment, at its ends, or beside where it was.
    private mutating func entry() -> Mutator.Change {
        let segment = program.segments[loads.randomElement(using: &random) ?? 0]
        let value: UInt64 =
            switch Int.random(in: 0..<6, using: &random) {
            case 0: segment.address
            case 1: segment.address &+ segment.fileSize &- UInt64.random(in: 0...4, using: &random)
            case 2: segment.address &+ segment.memorySize &+ InterestingValues.step(&random)
            case 3: segment.address &+ UInt64.random(in: 0...max(1, segment.memorySize), using: &random)
            case 4: program.entry &+ UInt64.random(in: 1...16, using: &random)
            default: InterestingValues.pick(old: program.entry, others: places, &random)
            }
        return .init("e_entry", [.header(field("e_entry"), value)])
    }

    private mutating func swap() -> Mutator.Change {
        let first = anySegment()
        return .init("headers swapped", [.swap(first, anySegment())])
    }

    private mutating func copy() -> Mutator.Change {
        let target = anySegment()
        return .init("header copied", [.copy(from: loads.randomElement(using: &random) ?? 0, to: target)])
    }

    /// A segment put on a page of another one, with an offset that fits the address, in front of it or behind it in the
    /// table.
    private mutating func sharedPage() -> Mutator.Change {
        let index = anySegment()
        let other = program.segments[loads.randomElement(using: &random) ?? 0]
        let border: UInt64 = random.once(in: 2) ? other.address : other.address &+ other.memorySize
        let page = border & ~0xfff
        let within = random.once(in: 2) ? border & 0xfff : UInt64.random(in: 0...0xfff, using: &random)
        let pageInFile = UInt64.random(in: 0...UInt64(program.bytes.count / 0x1000), using: &random) << 12
        let size = UInt64.random(in: 0...(random.once(in: 2) ? 0x1000 - within : 0x3000), using: &random)
        let zeroed: UInt64 = random.once(in: 2) ? 0 : UInt64.random(in: 0...0x2000, using: &random)
        var mutations: [Mutation] = [
            .segment(index, field("p_type"), SampleProgram.Segment.load),
            .segment(index, field("p_vaddr"), page | within), .segment(index, field("p_offset"), pageInFile | within),
            .segment(index, field("p_filesz"), size), .segment(index, field("p_memsz"), size + zeroed),
            .segment(index, field("p_flags"), UInt64.random(in: 0...7, using: &random)),
        ]
        if random.once(in: 3) { mutations.append(.header(field("e_entry"), page | within)) }
        return .init("segments on one page", mutations)
    }

    /// A segment moved as a whole, with an offset that still fits; sometimes the entry point moves with it.
    private mutating func moved() -> Mutator.Change {
        let index = loads.randomElement(using: &random) ?? 0
        let segment = program.segments[index]
        let page = InterestingValues.pick(old: segment.address, others: places, &random) & ~0xfff
        let address = page | (segment.address & 0xfff)
        var mutations: [Mutation] = [.segment(index, field("p_vaddr"), address)]
        if random.once(in: 2) {
            mutations.append(.header(field("e_entry"), program.entry &+ address &- segment.address))
        }
        return .init("segment moved", mutations)
    }

    private mutating func cut() -> Mutator.Change {
        let size = program.bytes.count
        guard random.once(in: 3) else {
            let border = Int(
                random.pick(64, loads.map { program.segments[$0].offset &+ program.segments[$0].fileSize }))
            let near = border + Int.random(in: -16...16, using: &random)
            let place = random.once(in: 2) ? near : Int.random(in: 0...size, using: &random)
            return .init("truncated", [.truncate(to: max(0, min(size, place)))])
        }
        return .init("extended", [.extend(by: Int.random(in: 1...0x4000, using: &random))])
    }

    private mutating func ident() -> Mutator.Change {
        let index = Int.random(in: 0..<16, using: &random)
        let value = UInt8(truncatingIfNeeded: random.once(in: 2) ? random.next() : random.next() % 4)
        return .init("e_ident", [.ident(index, value)])
    }

    private mutating func flags() -> Mutator.Change {
        let bit = UInt64(1) << UInt64.random(in: 0..<32, using: &random)
        let value = random.once(in: 2) ? bit : random.next() & 0xffff_ffff
        return .init("e_flags", [.header(field("e_flags"), value)])
    }
}
