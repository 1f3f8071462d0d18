extension Rule {
    /// All rules, in the order in which they are applied and reported.
    public static let all = ofPrograms + ofDockerfiles

    /// The rules about programs and the images around them. Their levels are part of a stamp.
    public static let ofPrograms: [Rule] = [
        .notAProgram, .notLoadable, .movedEntry, .unmappedHeaders, .memoryDemand, .interpreter, .neededLibrary,
        .notRelocated,
        .withoutThreadSetup, .runPath, .packed,
        .wrongPlatform, .notExecutable, .doesNotStart, .doesNotAnswer, .doesNotStop, .wrongGoVersion, .notReproducible,
        .deniedLicense, .requiredFact, .deniedCode, .capability,
        .entryPoint, .runsAsRoot, .unknownUser, .userName, .climbingName, .imageSize,
        .certificates, .timeZones, .userDatabase, .temporaryFiles, .otherPrograms, .plugin, .runtimeLoading,
        .nameService, .characterSets, .instrumented, .executableStack, .writableCode, .setUserID, .cpuLevel, .pageSize,
        .damagedSections, .vulnerable,
        .nameResolution, .cgoLeftOut, .leftOut, .cgo, .kernelVersion, .debugData, .buildPaths, .modifiedTree,
        .unknownLicense, .vulnerablePackage, .buildCache,
    ]

    /// The rules about demands. Stamps that were made without any are valid whether or not the rules exist.
    static let ofDemands: [Rule] = [.requiredFact, .deniedCode, .capability]

    /// The rules that apply to a program that is not built.
    static let ofLeftOutPrograms: [Rule] = [.cgoLeftOut, .leftOut]

    /// The rules about Dockerfiles whose final stage is from scratch or distroless.
    public static let ofDockerfiles: [Rule] = [
        .dockerfileRootUser, .dockerfileUnknownUser, .dockerfileUserName, .dockerfileWholePasswd,
        .dockerfileShellForm, .dockerfileEntryPoint, .dockerfileNotExecutable, .dockerfileRunInScratch, .dockerfileCgo,
        .dockerfileLinking, .dockerfilePIE, .dockerfileDynamicProgram,
        .dockerfileFixedPlatform, .dockerfilePlatformArgument, .dockerfileUndeclaredArgument,
        .dockerfileArgumentDefault, .dockerfileCertificates, .dockerfileTimeZones, .dockerfileTemporaryFiles,
        .dockerfileUnverifiedCopy,
    ]

    static let dockerfileReference = "https://docs.docker.com/reference/dockerfile/"
    static let dockerfilePlatforms = "https://docs.docker.com/build/building/multi-platform/"
}
