import GoBinary

extension DemandedProgram {
    func check(_ fact: FactDemand) -> Answer {
        guard let info else { return .unknown("the file has no build info of Go") }
        switch fact {
        case .setting(let name, let value): return check(info, setting: name, is: value)
        case .go(let version):
            return check(info) { _ in version.covers(info.goVersion) }
        case .goAtLeast(let version):
            return check(info) { version <= $0 }
        case .fips(let mode): return check(info, mode)
        case .module(let path, let version): return check(module: path) { $0 == version }
        case .moduleAtLeast(let path, let version): return check(module: path) { version <= $0 }
        }
    }

    private func check(_ info: BuildInfo, _ holds: (GoVersion) -> Bool) -> Answer {
        guard let version = GoVersion(info.goVersion) else {
            return .unknown("build info: '\(info.goVersion)' is not a version of Go")
        }
        return holds(version) ? .held("build info: \(info.goVersion)") : .violated("build info: \(info.goVersion)")
    }
}

// MARK: Settings

extension DemandedProgram {
    private func check(_ info: BuildInfo, setting name: String, is wanted: String) -> Answer {
        guard let value = info.settings[name] else { return check(info, absent: name, is: wanted) }
        let evidence = "build info: \(name)=\(value)"
        switch name {
        case "-tags":
            let tags = value.split(separator: ",")
            let missing = wanted.split(separator: ",").filter { !tags.contains($0) }
            return missing.isEmpty && !wanted.isEmpty ? .held(evidence) : .violated(evidence)
        case "GOFIPS140":
            // Snapshots of the module have a checksum behind the version: v1.0.0-c2097c7c.
            guard value == wanted || value.hasPrefix(wanted + "-") else { return .violated(evidence) }
            return otherCryptography(than: value).map { .violated("\(evidence), but line table: \($0)") }
                ?? .held(evidence)
        default: return value == wanted ? .held(evidence) : .violated(evidence)
        }
    }

    /// A setting that the go command did not write has its default, if it writes any.
    ///
    /// Source: cmd/go/internal/load/pkg.go, `setBuildInfo`.
    private func check(_ info: BuildInfo, absent name: String, is wanted: String) -> Answer {
        guard info.settings["-compiler"] != nil else { return .unknown("the build info has no settings") }
        if info.settings["-trimpath"] == "true", name == "-ldflags" || name.hasPrefix("CGO_"), name != "CGO_ENABLED" {
            return .unknown("with -trimpath the go command does not write \(name) into the build info")
        }
        let standard: String? =
            switch name {
            case "-asan", "-cover", "-msan", "-race", "-trimpath": "false"
            case "GOFIPS140": "off"
            case "-asmflags", "-gcflags", "-ldflags", "-pgo", "-tags", "GOEXPERIMENT", "DefaultGODEBUG": ""
            default: nil
            }
        let evidence = "build info: no setting \(name)"
        return standard == wanted ? .held(evidence) : .violated(evidence)
    }

    /// A package of Go's cryptography that is not of the snapshot that the build info names.
    ///
    /// Source: cmd/go/internal/fips140: a snapshot lies at crypto/internal/fips140/VERSION. The runtime has functions that are
    /// named as of crypto/internal/fips140 itself.
    private func otherCryptography(than snapshot: String) -> String? {
        guard snapshot.hasPrefix("v") else { return nil }
        let root = "crypto/internal/fips140"
        return packages.filter { $0.hasPrefix(root + "/") && !$0.isBelow("\(root)/\(snapshot)") }.min()
    }

    /// Source: crypto/internal/fips140, `init`: on, only and debug turn the mode on.
    private func check(_ info: BuildInfo, _ wanted: FactDemand.FIPSMode) -> Answer {
        guard info.settings["-compiler"] != nil else { return .unknown("the build info has no settings") }
        let defaults = (info.settings["DefaultGODEBUG"] ?? "").split(separator: ",").map(String.init)
        let setting = defaults.last { $0.hasPrefix("fips140=") }
        let mode = String((setting ?? "fips140=off").dropFirst("fips140=".count))
        // Go 1.24 is the first that knows the mode.
        let isKnown = GoVersion(info.goVersion).map { GoVersion(major: 1, minor: 24, preview: "rc1") <= $0 } ?? true
        let isOn = isKnown && ["on", "only", "debug"].contains(mode)
        let holds =
            switch wanted {
            case .on: isOn
            case .only: isOn && mode == "only"
            case .off: !isOn
            }
        let version = info.settings["GOFIPS140"].map { ", GOFIPS140=\($0)" } ?? ""
        let evidence =
            "build info: " + (setting.map { "DefaultGODEBUG \($0)" } ?? "DefaultGODEBUG without fips140") + version
            + (isKnown ? "" : "; \(info.goVersion) does not know the mode")
        return holds ? .held(evidence) : .violated(evidence)
    }
}

// MARK: Modules

extension DemandedProgram {
    /// A module that is not in the program satisfies every version. Versions of its replacement are not its own.
    private func check(module path: String, _ holds: (SemanticVersion) -> Bool) -> Answer {
        if let replaced = modules.first(where: { $0.importedPath == path && $0.path != path }) {
            let other = [replaced.path, replaced.version].filter { !$0.isEmpty }.joined(separator: " ")
            return .unknown("build info: \(path) is replaced by \(other), whose versions are others")
        }
        guard let module = modules.first(where: { $0.path == path }) else {
            return faultOfModules.map(Answer.unknown) ?? .held("not in the build info")
        }
        guard let version = SemanticVersion(module.version) else {
            let shown = module.version.isEmpty ? "no version" : "version '\(module.version)'"
            return .unknown("build info: \(path) has \(shown)")
        }
        let evidence = "build info: \(module.importedPath) \(module.fullVersion)"
        return holds(version) ? .held(evidence) : .violated(evidence)
    }
}
