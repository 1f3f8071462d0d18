import ArgumentParser
import Reporting

extension ReportFormat: NamedChoice {}
