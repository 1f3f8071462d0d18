/// Points of the curve of Ed25519, in the encoding of RFC 8032, section 5.1.2.
enum Ed25519Point {
    /// Whether an encoded point has an order of 1, 2, 4 or 8.
    ///
    /// A signature for such a public key fits many messages, and no private key is needed to make it (RFC 8032, section 8.9, and
    /// the verification of Sigstore and libsodium refuse them).
    static func isOfSmallOrder(_ point: ArraySlice<UInt8>) -> Bool {
        guard var last = point.last else { return false }
        // The sign of x. A point and its negative have the same order.
        last &= 0x7f
        let coordinate = Array(point.dropLast()) + [last]
        return coordinates.contains(coordinate)
    }

    /// The y coordinates of the eight points, with those that are also encoded as y + p.
    private static let coordinates: [[UInt8]] = {
        func filled(_ first: UInt8, _ middle: UInt8, _ last: UInt8) -> [UInt8] {
            [first] + [UInt8](repeating: middle, count: 30) + [last]
        }
        let eighth: [UInt8] = [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
            0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
        ]
        let otherEighth: [UInt8] = [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
            0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
        ]
        // 0, p, 1, p + 1 and p - 1, where p is 2^255 - 19.
        return [
            filled(0, 0, 0), filled(0xed, 0xff, 0x7f), filled(1, 0, 0), filled(0xee, 0xff, 0x7f),
            filled(0xec, 0xff, 0x7f),
            eighth, otherEighth,
        ]
    }()
}
