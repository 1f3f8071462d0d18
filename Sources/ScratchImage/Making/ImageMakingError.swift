public import GoBinary
public import SystemPackage

/// Why an image cannot be made, or cannot be written where it should be.
public enum ImageMakingError: Error, Sendable, CustomStringConvertible {
    /// There is no program to make an image of.
    case noProgram
    /// Two programs have the same platform in the image.
    case duplicatePlatform(String, programs: [Platform])
    /// Two programs of one platform have the same name.
    case duplicateProgram(String, Platform)
    /// Two programs of an image were built for different variants.
    case mixedPlatforms([(program: String, platform: Platform)])
    /// A file of the root is a program that was not verified.
    case unverifiedProgram(path: String)
    /// A path appears twice.
    case duplicatePath(String)
    /// A name begins with `.wh.`, which hides files of an image (layer.md#whiteouts).
    case whiteoutName(path: String)
    /// No file system of Linux takes the name or the path.
    case nameTooLong(path: String)
    /// A file has the path of the program.
    case programPath(String)
    /// A file has a path below another file.
    case belowFile(path: String, file: String)
    /// The path of a writable folder is a file.
    case writableFile(String)
    /// A writable folder is in another one.
    case nestedWritable(String, in: String)
    /// A writable folder holds a program, or a file that the program needs.
    case writableAround(String, file: String)
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
        case .duplicateProgram(let name, let platform): "two programs named \(name) are for \(platform)"
        case .mixedPlatforms(let programs):
            "the programs of an image must be built for one platform: "
                + programs.map { "\($0.program) is for \($0.platform)" }.joined(separator: ", ")
        case .unverifiedProgram(let path): "/\(path) is a program that the gate has not verified"
        case .duplicatePath(let path): "/\(path) is added twice"
        case .whiteoutName(let path): "/\(path): names that begin with .wh. hide files of an image; rename the file"
        case .nameTooLong(let path):
            "/\(path): a name may have \(TarReader.maximumPart) bytes and a path \(TarReader.maximumName - 1); choose a shorter target"
        case .programPath(let path): "/\(path) has the path of a program; choose another target"
        case .belowFile(let path, let file): "/\(path) would be below /\(file), which is a file"
        case .writableFile(let path): "/\(path) is a file, and only a folder can be writable; choose another folder"
        case .nestedWritable(let path, let outer):
            "/\(path) is in /\(outer), which is writable as a whole; name one of them"
        case .writableAround(let path, let file):
            "/\(path) must not be writable, because the program could replace /\(file); choose another folder"
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
