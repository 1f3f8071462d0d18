import ArgumentParser

/// A choice of an option, given by its name.
///
/// The parser would ask each name of its text, by way of reflection, before it reads a word.
protocol NamedChoice: ExpressibleByArgument, CaseIterable, RawRepresentable<String> {}

extension NamedChoice {
    static var allValueStrings: [String] { allCases.map(\.rawValue) }

    static var allValueDescriptions: [String: String] { [:] }

    var defaultValueDescription: String { rawValue }
}
