import ELF
import GoBinary

extension Rule {
    /// The header against the platform asked for, then the build info against it, down to the variant.
    static let wrongPlatform = Rule(
        RuleDocument(
            identifier: "wrong-platform", level: .error,
            summary: "The file is for another platform",
            rationale:
                "A program for another machine fails with 'exec format error'. One for another system may start and crash."
                + " One for a newer CPU crashes with an illegal instruction, and only on some machines. Headers do not show"
                + " the CPU variant, the build info does.",
            detection:
                "Class, byte order, machine, OS/ABI and e_flags of the header against GOARCH; notes and entry functions of"
                + " other systems; GOOS, GOARCH and the variant's variable in the build info against the platform asked for.",
            limits: "The variant of a program without Go build info. Build info can be forged.",
            remedy:
                "Build with the GOOS, GOARCH and variant of the platform, and check what else sets them (env, go env -w, ARG"
                + " defaults in a Dockerfile).",
            reference: "https://go.dev/wiki/MinimumRequirements; golang/go issue 62164"),
        reads: Headers?.self, Notes?.self, GoFunctions?.self, BuildInfo?.self, Expectation.self, Surroundings?.self
    ) { headers, notes, functions, info, expected, image in
        let claims = (image?.contradiction).map {
            [Observation("runtimes choose the image for another platform than it is for", evidence: $0)]
        }
        guard let headers, headers.header.isProgramOrSharedObject else { return claims ?? [] }
        if let platform = expected.platform, !platform.isLinux { return [] }
        let claim = BuildClaim(info: info, expected: expected, isInImage: image != nil)
        return (claims ?? []) + headers.header.machineFaults(expected.platform)
            + headers.header.systemFaults(notes?.notes ?? [], functions, info) + claim.faults(headers.header)
    }
}

extension ELFHeader {
    private var summary: String {
        "\(elfClass.bits)-bit \(byteOrder) endian \(machine), OS/ABI \(osABI), e_flags \(flags.hex)"
    }

    fileprivate func machineFaults(_ expected: Platform?) -> [Rule.Observation] {
        guard let kind = MachineKind.of(self) else {
            return [
                .init(
                    "class, byte order and machine do not belong to any Linux platform of Go",
                    evidence: summary)
            ]
        }
        if let goarch = expected?.goarch, goarch != kind.goarch {
            return [
                .init(
                    "exec fails with 'exec format error' on linux/\(goarch): the file is for \(kind.goarch)",
                    evidence: summary)
            ]
        }
        let softFloat = kind.goarch == "arm" ? expected?.variant.map { $0.value == "5" } : nil
        guard kind.accepts(flags: flags, softFloat: softFloat) else {
            return [
                .init(
                    "the file's ABI is not that of \(expected?.description ?? kind.goarch)",
                    evidence: summary)
            ]
        }
        return []
    }

    /// Programs of other systems can look like Linux ones: exec succeeds, and the first system call fails.
    fileprivate func systemFaults(
        _ notes: [Note], _ functions: GoFunctions?, _ info: BuildInfo?
    ) -> [Rule.Observation] {
        if osABI != .none && osABI != .gnu {
            return [
                .init("the header says that the file is for \(osABI), whose programs crash on Linux", evidence: summary)
            ]
        }
        if let owner = notes.map(\.owner).first(where: { ["FreeBSD", "NetBSD", "OpenBSD", "DragonFly"].contains($0) }) {
            return [.init("the file is for \(owner), and crashes on Linux", evidence: "note of owner \(owner)")]
        }
        if let goos = info?.settings["GOOS"], goos != "linux" {
            return [.init("the file is for \(goos), and does not run on Linux", evidence: "build info: GOOS=\(goos)")]
        }
        if let function = functions?.foreignEntry {
            return [.init("the file is for another system, and crashes on Linux", evidence: "function \(function)")]
        }
        return []
    }
}

/// What the build info says about the build, and what was asked for.
private struct BuildClaim {
    let info: BuildInfo?
    let expected: Expectation
    let isInImage: Bool

    func faults(_ header: ELFHeader) -> [Rule.Observation] {
        guard let info else { return expected.isGoBuild ? [missing] : [] }
        var faults: [Rule.Observation] = []
        if let own = info.settings["GOARCH"], let kind = MachineKind.of(header), kind.goarch != own {
            faults.append(
                .init(
                    "the build info contradicts the header",
                    evidence: "build info: GOARCH=\(own), header: \(kind.goarch)"))
        }
        if let variant = expected.platform?.variant, let own = info.settings[variant.variable], !variant.matches(own),
            !isInImage || !variant.covers(own)
        {
            faults.append(
                .init(
                    "the file was built for another CPU variant than \(variant.name): \(variant.variable)=\(own)",
                    evidence: "build info: \(variant.variable)=\(own), asked for \(variant.variable)=\(variant.value)"))
        }
        return faults
    }

    private var missing: Rule.Observation {
        .init(
            "the file has no Go build info, so nothing shows what it was built for",
            evidence: "no build info in the writable segments",
            remedy: "Build with Go 1.18 or later, and verify before packing or post-processing the file.")
    }
}

extension Variant {
    /// Whether a machine of this level runs what was built for the other one. In an image that is not an error.
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
