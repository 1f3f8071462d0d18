import GoBinary
import SystemPackage

/// What the place of a program says about it, and its stamp must say too.
struct StampedPlace: Sendable {
    /// The file's name; nil if it is not compared.
    let name: String?
    /// The platforms that its folder, the folder that it is copied to, or its image name.
    private let platforms: [(NamedPlatform, by: GateRefusal.Place)]

    /// The place of a file on this machine.
    ///
    /// - Parameters:
    ///   - path: The file. If it is a symbolic link, the link counts, not its target.
    ///   - copy: The path that it is copied to.
    ///   - folder: Where relative paths start.
    init(of path: FilePath, copiedTo copy: FilePath?, from folder: FilePath) {
        name = path.lastComponent?.string
        let places: [(FilePath?, GateRefusal.Place)] = [(path, .file), (copy, .copy)]
        platforms = places.compactMap { path, place in
            guard let path else { return nil }
            let components = folder.pushing(path).lexicallyNormalized().components.map(\.string)
            return NamedPlatform(ofFile: components).map { ($0, by: place) }
        }
    }

    /// The place of a program in an image. Its name there is the image's own choice.
    init(inImageFor platform: NamedPlatform) {
        name = nil
        platforms = [(platform, by: .image)]
    }

    /// Checks that a program for a platform belongs here.
    ///
    /// - Parameter built: The same platform with the variant that the program was built for.
    func check(_ platform: Platform, built: Platform) throws(GateRefusal) {
        for (own, place) in platforms where !own.fits(platform) && !own.fits(built) {
            throw .otherPlace(platform, place, of: own)
        }
    }
}
