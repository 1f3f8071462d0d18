public import Attestation
public import GoBinary
public import Reporting
public import SystemPackage

/// Why no image is made.
public enum ImageRunError: Error, Sendable, CustomStringConvertible {
    /// The check before it found programs that are not ready, or could not build.
    case notReady(Report)
    /// The image of a platform could not be started, so nothing is known of it.
    case notProved(platform: String, reason: String)
    /// The gate refuses a binary.
    case refused(FilePath, GateRefusal)
    /// The folder of the binaries does not exist.
    case noFolder(String)
    /// A file of the folder cannot be read.
    case unreadable(path: String, reason: String)
    /// There are several programs, and nothing says which of them the image starts.
    case severalPrograms([String])
    /// The chosen program was not found.
    case unknownProgram(String, in: String, known: [String])
    /// The program to start is not among those that are packed.
    case entryPointNotPacked(String, packed: [String])
    /// A program has no binary for a platform that another one has.
    case missingProgram(String, Platform, in: String)
    /// There is no binary for a platform that was asked for.
    case noPlatform(Platform, in: String)
    /// Programs are built for other systems than Linux alone.
    case noLinuxPlatform
    /// The folder has no program.
    case noProgram(in: String)
    /// The program that asks for the health of an image cannot be built.
    case noHealthcheck(reason: String)
    /// There is a program that has its name.
    case healthcheckExists(String)
    /// The program that an option names to ask for the health is not in the image, or not named by its whole path.
    case noHealthProgram(String)
    /// The program's name cannot be the name of an image.
    case unusableName(String)
    /// The program would start in a folder that is a file, or below one.
    case workingFolderIsFile(String)
    /// A docker-archive holds one platform, and none of several is this machine's.
    case severalPlatforms([String])
    /// No CA certificates were found.
    case noCertificates(tried: String)
    /// The CA certificates cannot be used.
    case unusableCertificates(FilePath, reason: String)
    /// No time zones were found.
    case noTimeZones(tried: String)
    /// The time zones cannot be used.
    case unusableTimeZones(FilePath, reason: String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .notReady: "not everything is scratch-ready, so no image is made"
        case .notProved(let platform, let reason): "\(platform) is not proved, so no image is written: \(reason)"
        case .refused(let path, let refusal): "the gate refuses \(path): \(refusal) [gate-\(refusal.reason.rawValue)]"
        case .noFolder(let name): "--from \(name): folder not found; 'staticcheck check' makes one"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .severalPrograms(let names):
            "there are several programs (\(names.joined(separator: ", "))), and an image starts one: name it with --entrypoint, or "
                + "pack one alone with --program"
        case .entryPointNotPacked(let name, let packed):
            "--entrypoint \(name): --program packs only \(packed.joined(separator: ", ")); add --program \(name)"
        case .missingProgram(let name, let platform, let folder):
            "no program '\(name)' for \(platform) in \(folder): each platform of an image needs all its programs; build it, or "
                + "choose the platforms with --platform"
        case .unknownProgram(let name, let folder, let known):
            "no program '\(name)' in \(folder): "
                + (known.isEmpty ? "it contains no programs" : "it contains \(known.joined(separator: ", "))")
        case .noPlatform(let platform, let folder): "no program for \(platform) in \(folder)"
        case .noLinuxPlatform:
            "an image holds programs for Linux, and no platform of Linux was asked for: name one with --platform"
        case .noProgram(let folder): "no program in \(folder)"
        case .noHealthcheck(let reason):
            "--healthcheck adds a small program, which go builds here, and that failed: \(reason). --healthcheck exec:/app,ARGUMENT "
                + "asks a program of the image instead"
        case .healthcheckExists(let name):
            "--healthcheck adds a program /\(name), and there is one: name it differently, or use --healthcheck exec:/\(name)"
        case .noHealthProgram(let path):
            "--healthcheck exec:\(path): the image has no such program; name one by its whole path"
        case .unusableName(let name): "'\(name)' cannot be the name of an image: give one with --tag"
        case .workingFolderIsFile(let folder):
            "--workdir \(folder): a file of the image has this path, so it cannot be a folder, and no container would start"
        case .severalPlatforms(let platforms):
            "a docker-archive holds one platform, and none of \(platforms.joined(separator: ", ")) is this machine's: "
                + "choose one with --platform"
        default: rootDescription
        }
    }

    /// Messages about the files that the program needs.
    private var rootDescription: String {
        switch self {
        case .noCertificates(let tried):
            "no CA certificates here (looked for \(tried)), but the program makes HTTPS calls: install ca-certificates, "
                + "name a file with --certificates, or leave them out with --without certificates"
        case .noTimeZones(let tried):
            "no time zones here (looked for \(tried)), but the program loads time zones by name: install tzdata, name "
                + "them with --time-zones, build with -tags timetzdata, or leave them out with --without time-zones"
        case .unusableCertificates(let path, let reason): "the CA certificates in \(path) cannot be used: \(reason)"
        case .unusableTimeZones(let path, let reason): "the time zones in \(path) cannot be used: \(reason)"
        default: ""
        }
    }
}
