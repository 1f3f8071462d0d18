import TestSupport

/// Values at which loaders change their minds.
enum InterestingValues {
    private static let pages: [UInt64] = [
        0, 1, 2, 3, 4, 0xfff, 0x1000, 0x1001, 0x2000, 0x4000, 0x8000, 0xffff, 0x1_0000, 0x1_0001, 0x20_0000,
    ]
    private static let powers: [UInt64] = [
        1 << 31, (1 << 31) - 1, 1 << 32, (1 << 32) - 0x1000, 1 << 33, 1 << 36, 1 << 38, 1 << 39, 1 << 40, 1 << 42,
        1 << 46, 1 << 47, 1 << 48, 1 << 56, 1 << 62, 1 << 63, (1 << 63) - 1, .max, .max - 0xfff,
    ]
    /// The ends of the address spaces of x86-64, of 386 programs under a 64-bit and a 32-bit kernel, of arm, and of riscv64
    /// (Sv39), each with the page before it (TASK_SIZE of the ports).
    private static let taskSizes: [UInt64] = [
        0x7fff_ffff_f000, 0x7fff_ffff_e000, 0xffff_e000, 0xffff_d000, 0xc000_0000, 0xbfff_f000, 0xbf00_0000,
        0xbeff_f000,
        0x3f_ffff_f000, 0x7fff_f7ff_0000, 0x7ffe_0000_0000, 0xf7ff_0000, 0xff00_0000,
    ]
    private static let absolute = pages + powers + taskSizes

    /// A value for a number, address or size that was `old`: absolute, near to it or to `others`, or random.
    static func pick(old: UInt64, others: [UInt64], _ random: inout SplitMix64) -> UInt64 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5: return random.pick(0, absolute)
        case 5, 6: return old &+ step(&random)
        case 7: return random.pick(old, others)
        case 8: return random.pick(old, others) &+ step(&random)
        default: return random.next() >> UInt64.random(in: 0..<64, using: &random)
        }
    }

    /// A small distance, either way.
    static func step(_ random: inout SplitMix64) -> UInt64 {
        let distance: UInt64 = random.pick(1, [2, 8, 0xfff, 0x1000, 0x1001, 0x2000, 0x4000, 0x1_0000, 0x10_0000])
        return random.once(in: 2) ? distance : 0 &- distance
    }
}
