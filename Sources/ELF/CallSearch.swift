extension ELFImage {
    /// Whether code of the file calls a function directly, by name.
    ///
    /// The function is found by the symbol table, and calls of it by their encoding alone: `call rel32` of x86 and `bl` of
    /// arm64. Calls by way of a pointer are not seen, nor is anything once the symbols are stripped.
    public func hasDirectCall(of function: String) -> Bool {
        guard let address = addresses(ofSymbols: [function])[function] else { return false }
        return loads.contains { load in
            guard load.flags.contains(.executable) else { return false }
            switch header.machine {
            case .x86_64, .i386: return load.bytes.hasX86Call(of: address, loadedAt: load.address)
            case .aarch64: return load.bytes.hasArm64Call(of: address, loadedAt: load.address)
            default: return false
            }
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

    /// Six bits 100101, then the distance in words from this instruction (Arm ARM, BL).
    fileprivate func hasArm64Call(of target: UInt64, loadedAt base: UInt64) -> Bool {
        let code = span
        for place in stride(from: 0, to: code.count - 3, by: 4) where code[place + 3] >> 2 == 0b100101 {
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
