extension LoadedBytes {
    /// Whether code calls a function directly.
    ///
    /// Calls are recognised by their encoding: `call rel32` on x86 and `bl` on arm64. Calls through a pointer are not detected.
    public func hasDirectCall(of address: UInt64, on machine: Machine) -> Bool {
        guard flags.contains(.executable) else { return false }
        return switch machine {
        case .x86_64, .i386: bytes.hasX86Call(of: address, loadedAt: self.address)
        case .aarch64: bytes.hasArm64Call(of: address, loadedAt: self.address)
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    /// Opcode E8, then the distance from the next instruction (Intel SDM volume 2, CALL).
    fileprivate func hasX86Call(of target: UInt64, loadedAt base: UInt64) -> Bool {
        let code = span
        for place in 0..<Swift.max(0, code.count - 4) where code[place] == 0xe8 {
            let distance = Int32(bitPattern: code.word(at: place + 1))
            let next = base &+ UInt64(place + 5)
            if next &+ UInt64(bitPattern: Int64(distance)) == target { return true }
        }
        return false
    }

    /// Six bits 100101, then the distance in words from this instruction (Arm ARM, BL), at the address of a word.
    fileprivate func hasArm64Call(of target: UInt64, loadedAt base: UInt64) -> Bool {
        let code = span
        let first = Int((4 - base % 4) % 4)
        for place in stride(from: first, to: code.count - 3, by: 4) where code[place + 3] >> 2 == 0b100101 {
            let distance = Int64(Int32(bitPattern: code.word(at: place) << 6) >> 6) * 4
            if base &+ UInt64(place) &+ UInt64(bitPattern: distance) == target { return true }
        }
        return false
    }
}

extension Span<UInt8> {
    /// Four bytes, the least significant first.
    fileprivate func word(at place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(self[place + $1]) << (8 * UInt32($1)) }
    }
}
