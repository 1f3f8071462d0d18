import ArgumentParser

/// An amount of memory as people write it: `4GiB`, `512M`, `2000000000`.
struct MemorySize: ExpressibleByArgument, Sendable {
    let bytes: Int

    private static let units: [(suffix: String, factor: Int)] = [
        ("KIB", 1 << 10), ("MIB", 1 << 20), ("GIB", 1 << 30), ("TIB", 1 << 40), ("KB", 1000), ("MB", 1_000_000),
        ("GB", 1_000_000_000), ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("T", 1 << 40), ("B", 1), ("", 1),
    ]

    init?(argument: String) {
        let text = argument.uppercased()
        guard let unit = MemorySize.units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Double(String(text.dropLast(unit.suffix.count))), number > 0, number.isFinite
        else { return nil }
        let size = number * Double(unit.factor)
        guard size >= Double(1 << 20), size < 1e15 else { return nil }
        bytes = Int(size)
    }
}
