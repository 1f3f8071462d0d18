import Attestation
import Files
import GoToolchain
public import Reporting
import SystemPackage
import Verification

/// Makes a scratch image of stamped binaries.
public enum ImageWorkflow {
    /// Takes or builds the binaries, passes each through the gate, and writes the image.
    ///
    /// - Throws: `UnusableOutput` before any work; `ImageRunError`, of which `refused` and `notReady` are verdicts and the others failures.
    public static func run(_ request: ImageRequest, in context: Context) async throws -> ImageReport {
        for destination in request.destinations { try destination.checkPlace(in: context) }
        let supply = try await supply(for: request, in: context)
        return try await ImageRun(request: request, context: context).report(on: supply)
    }

    private static func supply(for request: ImageRequest, in context: Context) async throws -> ImageSupply {
        switch request.supply {
        case .folder(let folder, let platforms):
            let supply = ImageSupply(
                gate: request.trust.gate(request.policy, in: context), program: request.program, platforms: platforms,
                isBuilt: false)
            return try await supply.filled(from: folder, in: context)
        case .build(let check):
            // Known from the sources: nobody should wait for builds that cannot become one image.
            let report = try await CheckWorkflow.run(check, in: context) { names in
                if let program = request.program, !names.contains(program) {
                    throw ImageRunError.unknownProgram(program, in: "these packages", known: names)
                }
                if request.program == nil, names.count > 1 { throw ImageRunError.severalPrograms(names) }
            }
            context.listener.checked(report)
            guard report.exitCode == 0 else { throw ImageRunError.notReady(report) }
            var supply = ImageSupply(
                gate: gate(after: check, request, in: context), program: request.program, platforms: nil, isBuilt: true)
            supply.bills = report.bills
            return try supply.filled(
                with: report.entries.filter { $0.verdict != .leftOut }.map { context.folder.pushing(FilePath($0.path)) }
            )
        }
    }

    /// A gate that also trusts the key of the check before it; without a key it accepts unsigned stamps.
    private static func gate(after check: CheckRequest, _ request: ImageRequest, in context: Context) -> Gate {
        var trust = request.trust
        if let key = check.stamps?.key { trust.keys.append(key.verificationKey) } else { trust.allowsUnsigned = true }
        return trust.gate(request.policy, in: context)
    }
}
