import Attestation
import Configuration
import Files
import GoBinary
import GoToolchain
import Reporting
import SystemPackage
import Text
import Verification

/// Builds the program that asks for the health of an image: as `check` builds any program, so it is verified, stamped, and goes
/// through the gate.
struct HealthcheckBuild: Sendable {
    let request: ImageRequest
    /// The working folder of the build, which holds its files until the image is pushed.
    let folder: FilePath

    /// Builds it for some platforms.
    ///
    /// - Throws: `ImageRunError.noHealthcheck` if it cannot be built; `CancellationError`.
    func binaries(for platforms: [Platform], in context: Context) async throws -> [SuppliedBinary] {
        let end = context.listener.begin("building the health check")
        defer { end() }
        var own = context.moved(to: folder)
        own.listener = Unheard()
        for (name, text) in HealthcheckSource.files {
            try AtomicFile.write(Array(text.utf8), to: folder.appending(name))
        }
        let report: Report
        do { report = try await CheckWorkflow.run(check(for: platforms), in: own) } catch let error as CancellationError
        {
            throw error
        } catch {
            throw ImageRunError.noHealthcheck(reason: "\(error)")
        }
        guard report.exitCode == 0 else {
            throw ImageRunError.noHealthcheck(reason: report.problems.first?.message ?? fault(in: report))
        }
        let gate = TrustSettings(keys: request.key.map { [$0.verificationKey] } ?? [], allowsUnsigned: true)
            .gate(request.policy, in: own)
        let supply = ImageSupply(gate: gate, choice: ProgramChoice(), platforms: platforms, isBuilt: true)
        return try supply.filled(with: report.entries.map { folder.pushing(FilePath($0.path)) }).binaries
    }

    /// What the policy refuses.
    private func fault(in report: Report) -> String {
        let errors = report.entries.flatMap(\.findings).filter { $0.level == .error }.map {
            "\($0.message) [\($0.rule)]"
        }
        return "it is not scratch-ready under this policy: " + errors.distinct.joined(separator: "; ")
            + "; an exception for the package healthcheck lets it pass"
    }

    private func check(for platforms: [Platform]) -> CheckRequest {
        var build = BuildRequest(packages: ["."], directory: folder, platforms: platforms.map { .one($0) })
        build.name = HealthQuestion.program
        build.goVersion = request.goVersion
        build.ldflags = "-s -w"
        build.buildvcs = .never
        build.mod = .readonly
        // The module has nothing to do with that of the working folder, whatever the environment says about it.
        build.environment = ["GOWORK": "off", "GO111MODULE": "on"]
        var check = CheckRequest(
            matrix: MatrixRequest(builds: [build], goPath: request.goPath), policy: request.policy,
            output: .init("dist", from: folder, workingFolder: folder))
        check.stamps = StampSettings(key: request.key)
        return check
    }
}

/// Hears nothing: the build of a part of an image is not what the user asked for, and its errors say enough.
private struct Unheard: Listener {
    func note(_ line: String) {}
    func detail(_ line: String) {}
    func files(_ progress: FileProgress) {}
    func activity(_ activity: Activity) {}
    func matrix(_ event: MatrixEvent) async {}
    func checked(_ report: Report) {}
}
