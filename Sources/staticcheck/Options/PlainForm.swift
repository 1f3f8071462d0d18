import ArgumentParser

/// The forms of a report that is no report on findings: for a person, and for a program.
enum PlainForm: String, NamedChoice { case text, json }
