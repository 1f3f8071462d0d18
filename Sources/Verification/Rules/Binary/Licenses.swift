extension Rule {
    /// A licence that must not be in what is shipped.
    static let deniedLicense = Rule(
        RuleDocument(
            identifier: "denied-license", level: .error,
            summary: "A module has a licence that is denied",
            rationale:
                "A static program contains all its modules, so whoever ships it must keep the terms of all their licences. "
                + "Terms that cannot be kept are best found before the program is shipped.",
            detection:
                "In check and image, with --deny-license or licenses in scratchcheck.yaml: the licence files in the root "
                + "folder of each module that is linked, in the module cache, in vendor or in place, are compared with the "
                + "texts of known licences.",
            limits:
                "Licences of single files in a module, and exceptions to a licence. A module with several licences is denied "
                + "if one of them is, because the texts do not say whether one may be chosen. Existing files do not tell.",
            remedy:
                "Use another module, or ask its authors for other terms. If you have these, let it pass with an exception.",
            reference: "https://spdx.org/licenses/"),
        reads: ModuleLicenses.self
    ) { licenses in
        licenses.all.compactMap { module in
            guard let denied = module.denied else { return nil }
            return .init(
                "the program contains a module whose licence is denied",
                evidence: "\(module.module): \(denied)" + (module.place.map { " in \($0)" } ?? ""))
        }
    }

    /// A licence that cannot be judged.
    static let unknownLicense = Rule(
        RuleDocument(
            identifier: "unknown-license", level: .note,
            summary: "The licence of a module is not known",
            rationale: "Licences are denied, and it is not known whether the module has one of these.",
            detection:
                "In check and image, with --deny-license or licenses in scratchcheck.yaml: a module that is linked has no "
                + "licence file in its root folder, or one whose text is not that of a known licence.",
            limits: "A licence that is stated in another place, such as a README or the sources.",
            remedy: "Read the file that is named. To refuse such modules: --rule unknown-license=error.",
            reference: "https://spdx.org/licenses/"),
        reads: ModuleLicenses.self
    ) { licenses in
        licenses.all.filter { $0.denied == nil }.map { module in
            .init(
                "the licence of a module is not known",
                evidence: module.place.map { "\(module.module): \($0) is not recognized" }
                    ?? "\(module.module) has no licence file")
        }
    }
}
