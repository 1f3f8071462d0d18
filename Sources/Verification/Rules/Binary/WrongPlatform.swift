import ELF
import GoBinary

extension Rule {
    /// The header against the platform asked for, then the build info against it, down to the variant.
    static let wrongPlatform = Rule(
        RuleDocument(
            identifier: "wrong-platform",
            level: .error,
            summary: "The file is for another platform",
            rationale:
                "A program for another machine fails with 'exec format error'; one for another system may start and crash;"
                + " one for a newer CPU dies of an illegal instruction, on some customer's machine only. Headers do not show the"
                + " CPU variant, the build info does.",
            detection:
                "Class, byte order, machine, OS/ABI and e_flags of the header against GOARCH; notes and entry functions of other systems; GOOS, GOARCH"
                + " and the variant's variable in the build info against the platform asked for.",
            limits:
                "The variant of a program without Go build info; build info is the file's own word and can be forged.",
            remedy:
                "Build with the GOOS, GOARCH and variant of the platform, and check what else sets them (env, go env -w, ARG"
                + " defaults in a Dockerfile).",
            reference: "https://go.dev/wiki/MinimumRequirements; golang/go issue 62164")
    ) { subject in
        let claims =
            subject.surroundings?.contradiction.map {
                [Rule.Observation("runtimes choose the image for another platform than it is for", evidence: $0)]
            } ?? []
        guard let image = subject.image, image.header.isProgramOrSharedObject else { return claims }
        if let expected = subject.expected, !expected.isLinux { return [] }
        return claims + image.machineFaults(subject) + image.systemFaults(subject) + subject.buildInfoFaults
    }
}

extension ELFImage {
    private var headerText: String {
        "\(header.elfClass.bits)-bit \(header.byteOrder) endian \(header.machine), OS/ABI \(header.osABI), e_flags \(hex(header.flags))"
    }

    fileprivate func machineFaults(_ subject: Subject) -> [Rule.Observation] {
        guard let kind = MachineKind.of(header) else {
            return [
                .init(
                    "exec fails with 'exec format error': class, byte order and machine are those of no Linux platform of Go",
                    evidence: headerText)
            ]
        }
        if let goarch = subject.expected?.goarch, goarch != kind.goarch {
            return [
                .init(
                    "exec fails with 'exec format error' on linux/\(goarch): the file is for \(kind.goarch)",
                    evidence: headerText)
            ]
        }
        let softFloat = kind.goarch == "arm" ? subject.expected?.variant.map { $0.value == "5" } : nil
        guard kind.accepts(flags: header.flags, softFloat: softFloat) else {
            return [
                .init(
                    "the file's ABI is not that of \(subject.expected?.description ?? kind.goarch)",
                    evidence: headerText)
            ]
        }
        return []
    }

    /// Other systems' programs can look like Linux ones; exec succeeds and the first system call goes astray.
    fileprivate func systemFaults(_ subject: Subject) -> [Rule.Observation] {
        if header.osABI != .none && header.osABI != .gnu {
            return [.init("the file is for \(header.osABI), and crashes on Linux", evidence: headerText)]
        }
        if let owner = notes.map(\.owner).first(where: { ["FreeBSD", "NetBSD", "OpenBSD", "DragonFly"].contains($0) }) {
            return [.init("the file is for \(owner), and crashes on Linux", evidence: "note of owner \(owner)")]
        }
        if let goos = subject.buildInfo?.settings["GOOS"], goos != "linux" {
            return [.init("the file is for \(goos), and does not run on Linux", evidence: "build info: GOOS=\(goos)")]
        }
        if let function = subject.foreignEntryFunction {
            return [.init("the file is for another system, and crashes on Linux", evidence: "function \(function)")]
        }
        return []
    }
}

extension Subject {
    fileprivate var buildInfoFaults: [Rule.Observation] {
        guard let buildInfo else {
            return isGoBuild
                ? [
                    .init(
                        "the file carries no Go build info, so nothing shows what it was built for",
                        evidence: "no build info in the writable segments",
                        remedy: "Build with Go 1.18 or later, and verify before packing or post-processing the file.")
                ] : []
        }
        var faults: [Rule.Observation] = []
        if let own = buildInfo.settings["GOARCH"], let image, let kind = MachineKind.of(image.header),
            kind.goarch != own
        {
            faults.append(
                .init(
                    "the build info contradicts the header",
                    evidence: "build info: GOARCH=\(own), header: \(kind.goarch)"))
        }
        if let variant = expected?.variant, let own = buildInfo.settings[variant.variable], !variant.matches(own),
            surroundings == nil || !variant.covers(own)
        {
            faults.append(
                .init(
                    "the file was built for another CPU variant than \(variant.name): \(variant.variable)=\(own)",
                    evidence: "build info: \(variant.variable)=\(own), asked for \(variant.variable)=\(variant.value)"))
        }
        return faults
    }
}

extension Variant {
    /// Whether a machine of this level runs what was built for that one: in an image that is no fault.
    fileprivate func covers(_ setting: String) -> Bool {
        guard ["GOARM", "GOAMD64"].contains(variable) else { return false }
        let levels = [value, setting].map { Int($0.drop { $0 == "v" }.prefix { $0.isNumber }) }
        guard let wanted = levels[0], let own = levels[1] else { return false }
        return own <= wanted
    }

    /// Go writes `7` for GOARM before 1.22 and may add options after a comma since (`7,softfloat`, `v8.0,lse`).
    fileprivate func matches(_ setting: String) -> Bool {
        let base = setting.split(separator: ",").first.map(String.init) ?? setting
        return base == value
    }
}
