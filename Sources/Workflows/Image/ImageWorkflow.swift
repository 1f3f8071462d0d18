import Attestation
import Configuration
import Files
import GoBinary
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
        try checkPlaces(of: request, in: context)
        let supply = try await supply(for: request, in: context)
        let run = ImageRun(request: request, context: context)
        guard request.contents.health?.question.needsProgram == true else { return try await run.report(on: supply) }
        return try await TemporaryPlace.with { folder in
            let build = HealthcheckBuild(request: request, folder: folder)
            let program = try await build.binaries(for: supply.builtPlatforms, in: context)
            return try await run.report(on: supply.adding(program))
        }
    }

    /// Checks that the image and its predicate can be written, without writing them, and that none would replace another.
    private static func checkPlaces(of request: ImageRequest, in context: Context) throws(UnusableOutput) {
        for destination in request.destinations { try destination.checkPlace(in: context) }
        var files = request.destinations.map { ($0.place(in: context), $0.path) }
        if let predicate = request.predicate {
            let file = context.folder.pushing(predicate).lexicallyNormalized()
            try UnusableOutput.check(file, shown: predicate.string)
            guard !files.contains(where: { file.starts(with: $0.0) }) else { throw .twice(predicate.string) }
            files.append((file, predicate.string))
        }
        try UnusableOutput.checkDistinct(files)
    }

    private static func supply(for request: ImageRequest, in context: Context) async throws -> ImageSupply {
        switch request.supply {
        case .folder(let folder, let platforms):
            let supply = ImageSupply(
                gate: request.trust.gate(request.policy, in: context), choice: request.programs,
                platforms: platforms, isBuilt: false)
            return try await supply.filled(from: folder, in: context)
        case .build(let check):
            guard check.matrix.builds.flatMap(\.platforms).contains(where: \.isLinux) else {
                throw ImageRunError.noLinuxPlatform
            }
            // Known from the sources: nobody should wait for builds that cannot become one image.
            let report = try await CheckWorkflow.run(check, in: context) { programs in
                try request.programs.check(programs, in: "these packages")
            }
            context.listener.checked(report)
            guard report.exitCode == 0 else { throw ImageRunError.notReady(report) }
            var supply = ImageSupply(
                gate: gate(after: check, request, in: context), choice: request.programs, platforms: nil, isBuilt: true)
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

extension BuildSettings.PlatformWord {
    /// Whether programs for it can be in an image.
    fileprivate var isLinux: Bool {
        switch self {
        case .all: true
        case .one(let platform): platform.isLinux
        }
    }
}
