import Files
import ScratchImage
import SystemPackage

/// What is compared: a file, a folder or an image.
enum DiffTarget: Sendable {
    case file(FilePath)
    case folder(FilePath)
    case image(ImageTarget)

    /// - Throws: `WrongTarget` for a word that means something else.
    init(_ word: String) throws(WrongTarget) {
        let targets = ImageTargets([word])
        try targets.checkFiles()
        if let image = targets.images.first {
            self = .image(image)
        } else {
            self = FilePath(word).isFolder ? .folder(FilePath(word)) : .file(FilePath(word))
        }
    }

    /// What it is, for people.
    var kind: String {
        switch self {
        case .file: "a file"
        case .folder: "a folder"
        case .image: "an image"
        }
    }
}

/// Why two things cannot be compared.
public enum DiffError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One is an image and the other a file, or one a folder and the other a file.
    case differentKinds(before: String, now: String, kinds: [String])
    /// A file is not a program, so nothing is known about it.
    case notELF(String, format: String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .differentKinds(let before, let now, let kinds):
            "\(before) is \(kinds.first ?? "") and \(now) is \(kinds.last ?? ""); name two files, two folders or two images"
        case .notELF(let path, let format): "\(path): \(format), so there is nothing to compare"
        }
    }
}
