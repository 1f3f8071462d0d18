import Dockerfiles
public import Files
public import GoBinary

/// How a policy judges.
extension Policy {
    /// Applies only the rules at level `error`, without findings that an exception accepts.
    public func errors(in subject: Subject) -> [Finding] {
        let subject = checked(refusesVulnerabilities ? scanned(subject) : subject)
        return findings {
            $0 == .error ? $1.observe(subject) : []
        } excepting: {
            $0.covers(subject)
        }
        .filter { $0.exception == nil } + subject.unreadAdvisories
    }

    /// The subject with the known vulnerabilities of its modules, if there is a database.
    private func scanned(_ subject: Subject) -> Subject { lookup.map { subject.with($0.scan(subject)) } ?? subject }

    /// The subject with what is demanded of it.
    private func checked(_ subject: Subject) -> Subject { subject.with(DemandCheck(demands, of: subject)) }

    /// Applies the rules to a file.
    public func judge(_ subject: Subject) -> Judgement {
        if let expected = subject.expected, !expected.isLinux {
            return Judgement(verdict: .notApplicable, findings: [])
        }
        let subject = checked(scanned(subject))
        let findings =
            findings {
                $1.observe(subject)
            } excepting: {
                $0.covers(subject)
            } + subject.unreadAdvisories
        return Judgement(
            verdict: findings.contains { $0.level == .error } ? .notReady : .ready, findings: findings,
            advisories: subject.advisories, demands: subject.demandCheck,
            untried: Rule.ofPrograms.filter { level(of: $0) != nil && !$0.isTried(subject) }.map(\.identifier))
    }

    /// Judges a program that is not built: what is said about it, and at which level.
    public func judge(_ program: LeftOutProgram) -> Judgement {
        let subject = Subject(program)
        let findings = findings(of: Rule.ofLeftOutPrograms) {
            $1.observe(subject)
        } excepting: {
            $0.covers(subject)
        }
        return Judgement(verdict: .leftOut, findings: findings)
    }

    /// Applies the rules to an open file, and reads only what the rules in force need.
    ///
    /// - Parameters:
    ///   - file: The file, open.
    ///   - expected: The platform that was asked for; nil accepts any Linux platform.
    ///   - isGoBuild: Whether Go's build info and line table must be there.
    ///   - permissions: The permission bits to judge; nil for those of the file.
    ///   - isMeasuring: Whether the sizes of the program's parts are wanted (``Subject/sizes``).
    ///   - circumstances: Adds what does not come from the file, such as a proof.
    /// - Throws: `FileError` if the file cannot be read, or changes meanwhile.
    public func judge(
        _ file: borrowing OpenFile, expected: Platform?, isGoBuild: Bool = false, permissions: UInt32? = nil,
        isMeasuring: Bool = false, adding circumstances: (Subject) -> Subject = { $0 }
    ) throws(FileError) -> (subject: Subject, judgement: Judgement) {
        let permissions = permissions ?? file.permissions
        func subject(_ evidence: FileEvidence) -> Subject {
            circumstances(
                Subject(evidence, expected: expected, isGoBuild: isGoBuild, permissions: permissions))
        }
        var refused: (Subject, Judgement)?
        let reading = isMeasuring ? reading.union(.functionSizes) : reading
        let evidence = try EvidenceReader(reading: reading, asksSections: true).read(file) { start in
            let subject = subject(start)
            let judgement = judge(subject)
            // Demands are about Go's tables. If these are not found yet, they may still be.
            guard judgement.verdict == .notReady, demands.isEmpty || subject.lineTable != nil else { return false }
            refused = (subject, judgement)
            return true
        }
        try file.checkUnchanged()
        if let refused { return refused }
        let whole = subject(evidence)
        return (whole, judge(whole))
    }

    /// What the rules in force read. Go's tables are always included, because reports name the platform and the Go version of
    /// every program.
    private var reading: Reading {
        Rule.ofPrograms.filter { level(of: $0) != nil }.reduce(.goTables) { $0.union($1.reading) }
    }

    /// Applies the rules to a Dockerfile.
    func findings(in image: FinalImage, _ context: BuildContext) -> [Finding] {
        findings {
            $1.observe(image, in: context)
        } excepting: {
            $0.coversEverything
        }
    }

    private func findings(
        of rules: [Rule] = Rule.all, _ observe: (Level, Rule) -> [Rule.Observation],
        excepting covers: (Exception) -> Bool
    ) -> [Finding] {
        rules.flatMap { rule -> [Finding] in
            guard let level = level(of: rule) else { return [] }
            let findings = rule.findings(observe(level, rule), at: level)
            guard !findings.isEmpty else { return [] }
            let exceptions = exceptions.filter { $0.rule == rule.identifier && covers($0) }
            return findings.map { finding in
                exceptions.first { $0.covers(finding) }.map(finding.excepted) ?? finding
            }
        }
    }
}
