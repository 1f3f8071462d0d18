extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits for each byte, as digests are written.
    public var hexadecimal: String {
        String(
            decoding: flatMap {
                [$0 >> 4, $0 & 15].map { $0 + ($0 < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) }
            }, as: UTF8.self)
    }
}
