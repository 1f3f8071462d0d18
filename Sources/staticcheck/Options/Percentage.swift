import ArgumentParser

/// A share as people write it: `5%`, `2.5`.
struct Percentage: ExpressibleByArgument, Sendable {
    let share: Double

    init?(argument: String) {
        guard let number = Double(argument.hasSuffix("%") ? String(argument.dropLast()) : argument), number.isFinite,
            number >= 0
        else { return nil }
        share = number / 100
    }
}
