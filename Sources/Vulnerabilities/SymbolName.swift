/// The name of a function in Go's line table, taken apart.
///
/// Source: cmd/internal/objabi, `PathToPrefix`; debug/gosym, `Sym`; cmd/compile/internal/ir, `closureName`.
enum SymbolName {
    /// The number of bytes before the first dot that follows the path of the package.
    ///
    /// Type arguments come later and may contain slashes and dots themselves.
    static func packageCount(_ name: Slice<UnsafeRawBufferPointer>) -> Int? {
        var dot: Int?
        for (place, byte) in name.enumerated() {
            switch byte {
            case UInt8(ascii: "/"): dot = nil
            case UInt8(ascii: "."): if dot == nil { dot = place }
            case UInt8(ascii: "["): return dot
            default: break
            }
        }
        return dot
    }

    /// The path of a package, as symbols begin with it: dots in the last element and unusual characters are escaped.
    static func escaped(_ path: String) -> String {
        let bytes = Array(path.utf8)
        let last = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
        return bytes.enumerated().map { place, byte in
            let isPlain = byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "\"")
            guard !isPlain || byte == UInt8(ascii: ".") && place >= last else {
                return String(UnicodeScalar(byte))
            }
            let digits = String(byte, radix: 16)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }

    /// The path of a package from the beginning of a symbol.
    static func unescaped(_ prefix: [UInt8]) -> String {
        guard prefix.contains(UInt8(ascii: "%")) else { return String(decoding: prefix, as: UTF8.self) }
        var path: [UInt8] = []
        var place = 0
        while place < prefix.count {
            if prefix[place] == UInt8(ascii: "%"), place + 2 < prefix.count,
                let byte = UInt8(String(decoding: prefix[place + 1...place + 2], as: UTF8.self), radix: 16)
            {
                path.append(byte)
                place += 3
            } else {
                path.append(prefix[place])
                place += 1
            }
        }
        return String(decoding: path, as: UTF8.self)
    }

    /// The functions of a package to which a symbol belongs, as advisories name them.
    ///
    /// `(*Tree[...]).Walk` is `Tree.Walk`, and so are its closures `(*Tree[...]).Walk.func1.2` and its value `Walk-fm`. A closure
    /// in a function that is inlined in another has the names of both, so each beginning of its name counts.
    ///
    /// - Parameter symbol: The name without the package and the dot after it.
    static func functions(_ symbol: String) -> [String] {
        var bare = ""
        var depth = 0
        for character in symbol.unicodeScalars {
            switch character {
            case "[": depth += 1
            case "]": depth -= 1
            case "(", ")", "*": continue
            default: if depth <= 0 { bare.unicodeScalars.append(character) }
            }
        }
        var parts = bare.split(separator: ".", omittingEmptySubsequences: false).map { part in
            String(part.prefix { $0 != "-" })
        }
        guard parts.count <= maximumParts else { return [] }
        guard let last = parts.last, isClosure(last) else { return [parts.joined(separator: ".")] }
        var names: [String] = []
        while !parts.isEmpty {
            names.append(parts.joined(separator: "."))
            parts.removeLast()
        }
        return names
    }

    /// No compiler nests functions deeper than that.
    private static let maximumParts = 64

    /// Whether the compiler made up the last part of a name: `func1`, `gowrap2`, `deferwrap1`, or the number of a closure in one.
    private static func isClosure(_ part: String) -> Bool {
        let digits = part.drop { !("0"..."9").contains($0) }
        let word = part.dropLast(digits.count)
        return !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) }
            && ["", "func", "gowrap", "deferwrap"].contains(word)
    }
}
