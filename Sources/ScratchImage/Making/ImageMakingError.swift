public import GoBinary
public import SystemPackage

/// Why an image cannot be made, or cannot be written where it should be.
public enum ImageMakingError: Error, Sendable, CustomStringConvertible {
    /// There is no program to make an image of.
    case noProgram
    /// Two programs have the same platform in the image.
    case duplicatePlatform(String, programs: [Platform])
    /// A file of the root is a program that was not verified.
    case unverifiedProgram(path: String)
    /// A path appears twice.
    case duplicatePath(String)
    /// A name begins with `.wh.`, which hides files of an image (layer.md#whiteouts).
    case whiteoutName(path: String)
    /// A file has the path of the program.
    case programPath(String)
    /// A file has a path below another file.
    case belowFile(path: String, file: String)
    /// The folder holds a layout of several images, which would be lost.
    case severalImages(FilePath)
    /// The folder is not empty, and not a layout.
    case notALayout(FilePath)
    /// A docker-archive holds one platform, and none of these is the one of this machine.
    case noPlatformForDocker([Platform])

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .noProgram: "no program to make an image of"
        case .duplicatePlatform(let platform, let programs):
            "two programs are for \(platform): \(programs.map(\.description).joined(separator: " and "))"
        case .unverifiedProgram(let path): "/\(path) is a program that the gate has not verified"
        case .duplicatePath(let path): "/\(path) is added twice"
        case .whiteoutName(let path): "/\(path): names that begin with .wh. hide files of an image; rename the file"
        case .programPath(let path): "/\(path) has the path of the program; choose another target"
        case .belowFile(let path, let file): "/\(path) would be below /\(file), which is a file"
        case .severalImages(let folder):
            "\(folder) is a layout of several images, which would be lost; choose another folder"
        case .notALayout(let folder):
            "\(folder) exists and is not an image layout; remove it, or choose another folder"
        case .noPlatformForDocker(let platforms):
            "a docker-archive holds one platform, and none of \(platforms.map(\.description).joined(separator: ", ")) "
                + "is the one of this machine; choose one with --platform"
        }
    }
}

/// Why the files that a user names for an image cannot be used.
public enum ImageInputError: Error, Sendable, CustomStringConvertible {
    /// A path given to `--from` cannot be searched.
    case unreadable(path: String, reason: String)
    /// The folder given to `--from` does not exist.
    case missingFolder(String)
    /// There are several programs, and none was chosen.
    case severalPrograms([String])
    /// The program that was chosen does not exist.
    case unknownProgram(String, folder: String, known: [String])
    /// There is no program for a platform.
    case noProgram(folder: String, platform: Platform?)
    /// `--add` has another form than `source:/target`.
    case additionSyntax(String)
    /// The target of `--add` is the root, or has `.` or `..` in it.
    case additionTarget(String)
    /// A folder given to `--add` holds a symbolic link.
    case additionLink(source: String, link: FilePath)
    /// A file given to `--add` is a program, and the gate refuses it.
    case additionRefused(FilePath, any Error)
    /// The program needs CA certificates, and there are none.
    case noCertificates(lookedFor: String)
    /// The CA certificates cannot be used.
    case certificates(FilePath, CertificateError)
    /// The program needs time zones, and there are none.
    case noTimeZones(lookedFor: String)
    /// The time zones cannot be used.
    case timeZones(FilePath, TimeZoneError)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .missingFolder(let folder): "--from \(folder): folder not found; 'staticcheck check' makes it"
        case .severalPrograms(let known):
            "several programs found (\(known.joined(separator: ", "))); choose one with --program"
        case .unknownProgram(let name, let folder, let known):
            "program '\(name)' not found in \(folder); found: "
                + (known.isEmpty ? "none" : known.joined(separator: ", "))
        case .noProgram(let folder, let platform):
            "no program\(platform.map { " for \($0)" } ?? "") in \(folder)"
        case .additionSyntax, .additionTarget, .additionLink, .additionRefused: addition
        case .noCertificates, .certificates, .noTimeZones, .timeZones: need
        }
    }

    private var addition: String {
        switch self {
        case .additionSyntax(let text): "--add '\(text)': write source:/target"
        case .additionTarget(let text):
            "--add '\(text)': the target must name a file below the root, without . and .."
        case .additionLink(let source, let link):
            "--add \(source): \(link) is a symbolic link, and links are not followed; add its target"
        case .additionRefused(let file, let error): "--add \(file): a program that the gate refuses: \(error)"
        default: ""
        }
    }

    private var need: String {
        switch self {
        case .noCertificates(let tried):
            "the program calls HTTPS, and no CA certificates were found (looked for \(tried)): install "
                + "ca-certificates, name a bundle with --certificates, or use --without certificates"
        case .certificates(let file, let error): "the CA certificates in \(file) cannot be used: \(error)"
        case .noTimeZones(let tried):
            "the program loads time zones by name, and none were found (looked for \(tried)): install tzdata, "
                + "name them with --time-zones, build with -tags timetzdata, or use --without time-zones"
        case .timeZones(let path, let error): "the time zones in \(path) cannot be used: \(error)"
        default: ""
        }
    }
}
