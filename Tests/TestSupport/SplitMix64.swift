/// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
public struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// The generator that begins with a seed: the same seed gives the same numbers.
    public init(seed: UInt64) { state = seed }

    /// The generator of one mutant: no mutant depends on the ones before it, so each can be made again alone.
    public init(seed: UInt64, number: Int) {
        var first = SplitMix64(seed: seed)
        var second = SplitMix64(seed: first.next() ^ UInt64(number))
        state = second.next()
    }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// One of some values; the first if there are no others.
    public mutating func pick<Value>(_ first: Value, _ others: [Value]) -> Value {
        let index = Int.random(in: 0...others.count, using: &self)
        return index == 0 ? first : others[index - 1]
    }

    /// True once in so many times.
    public mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}
