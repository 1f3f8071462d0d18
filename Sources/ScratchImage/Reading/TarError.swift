/// Why a tar archive cannot be read: which member, where it is, and what is wrong with it.
public struct TarError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where the header of the member starts, in bytes from the start of the uncompressed archive.
    public let offset: Int
    /// The name of the member as far as it was read; nil if the error is in or before the name.
    public let member: String?
    /// What is wrong.
    public let fault: Fault

    /// What can be wrong in a tar archive.
    public enum Fault: Error, Sendable, Hashable {
        /// The archive ends inside a header.
        case truncatedHeader
        /// The archive ends inside the content of the member.
        case truncatedContent(size: Int, available: Int)
        /// The checksum does not match the header: not a tar archive, or a damaged one.
        case checksum(stored: Int, computed: Int)
        /// A number in the header is not octal.
        case notOctal(field: Field)
        /// A number in the header does not fit 56 bits.
        case numberTooLarge(field: Field)
        /// A record of an extended header is not `length key=value`.
        case extendedRecord
        /// A number in an extended header is not a decimal number.
        case extendedNumber(key: String, value: String)
        /// The archive ends after an extended header, before the member that it describes.
        case extendedHeaderWithoutMember
        /// A member has several extended headers, of which readers use different ones.
        case severalExtendedHeaders
        /// A key is twice in an extended header.
        case repeatedRecord(key: String)
        /// A key that must have a value has none.
        case emptyRecord(key: String)
        /// A global extended header has a key that some readers apply to all members.
        case globalRecord(key: String)
        /// An extended attribute changes what an overlay file system shows.
        case overlayAttribute(key: String)
        /// A link or device has an attribute that Linux lets only files and folders have.
        case userAttribute
        /// A header that is not POSIX's has data in the field for the first part of a long name.
        case prefixOutsideOfPOSIX
        /// A member that cannot have content has a size.
        case sizeWithoutContent
        /// The name of a file ends in a slash.
        case fileNamedAsFolder
        /// A member has no name.
        case nameEmpty
        /// A link has no target.
        case linkEmpty
        /// A name is not UTF-8.
        case nameNotUTF8
        /// A name has more bytes than Linux accepts.
        case nameTooLong(limit: Int)
        /// The type flag is none that this program knows.
        case unknownType(UInt8)
        /// The member is a sparse file.
        case sparseFile
        /// The archive is in the format of star, whose name prefix is shorter.
        case starFormat
        /// Data follows an empty block. The end of an archive is two of them.
        case dataAfterEmptyBlock
        /// The archive has more members than are read.
        case tooManyMembers(limit: Int)
        /// The member is a hard link to a file that does not exist.
        case hardLinkTargetMissing(String)
        /// The member is a hard link to a file of a layer below.
        case hardLinkTargetBelow(String)
        /// The member is a hard link to a folder.
        case hardLinkToFolder(String)
        /// A symbolic link on the way to the member leads back to itself.
        case linkLoop
        /// The path of the member goes through a file.
        case belowFile(String)
        /// The path of the member goes through a link to a folder that does not exist.
        case linkToNothing(String)
        /// The layer has another member of the same name.
        case repeatedName
        /// The member is a folder, and a later member of the layer takes its place.
        case folderReplaced
        /// A global extended header has the name of a file or of a whiteout.
        case globalHeaderName(String)
        /// The root is a file, link or device.
        case rootIsNotFolder
        /// A file of an archive of images has a name that clients would spell in another way.
        case nameNotCanonical
        /// An archive of images has two files of one name.
        case repeatedFile
        /// An archive of images has a link or device.
        case linkInArchive
        /// A whiteout names no file, or its name is used for a folder.
        case whiteoutName
        /// A whiteout follows a file in the same layer that it would hide.
        case whiteoutOfOwnLayer(String)
        /// A whiteout of a whole folder goes through a link.
        case whiteoutThroughLink
        /// The paths of the image take more steps than are followed.
        case tooManySteps(limit: Int)
        /// The layers of the image hold more files than are read.
        case tooManyFiles(limit: Int)
    }

    /// The numbers of a header (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html, "ustar Interchange Format").
    public enum Field: String, Sendable {
        case mode, uid, gid, size, mtime, checksum, devmajor, devminor
    }

    /// The reason, the member and its place.
    public var description: String {
        (member.map { "member '\($0)' at byte \(offset)" } ?? "at byte \(offset)") + ": \(reason)"
    }

    private var reason: String {
        switch fault {
        case .truncatedHeader, .truncatedContent, .checksum, .dataAfterEmptyBlock, .notOctal, .numberTooLarge:
            damage
        case .extendedRecord: "the extended header is damaged"
        case .extendedNumber(let key, let value): "the extended header has \(key)=\(value), which is not a number"
        case .extendedHeaderWithoutMember: "the archive ends after an extended header, without the member it describes"
        case .severalExtendedHeaders, .repeatedRecord, .emptyRecord, .globalRecord, .overlayAttribute, .userAttribute,
            .prefixOutsideOfPOSIX, .sizeWithoutContent, .fileNamedAsFolder, .nameEmpty, .linkEmpty:
            ambiguity
        case .nameNotUTF8: "the name is not UTF-8; rename the file"
        case .nameTooLong(let limit): "the name is longer than \(limit) bytes"
        case .unknownType(let type): "unknown type of member '\(Character(UnicodeScalar(type)))'"
        case .sparseFile: "a sparse file, which a layer must not hold; write the archive without --sparse"
        case .starFormat: "the archive is in the format of star; write it in the format ustar, pax or gnu"
        case .tooManyMembers(let limit): "the archive has more than \(limit) members"
        case .hardLinkTargetMissing(let target): "a hard link to '\(target)', which does not exist"
        case .hardLinkTargetBelow(let target):
            "a hard link to '\(target)', which is in a layer below: podman and skopeo cannot unpack it"
        case .hardLinkToFolder(let target): "a hard link to '\(target)', which is a folder"
        case .linkLoop: "too many symbolic links on the way"
        case .belowFile(let path): "'\(path)' is a file, not a folder"
        case .linkToNothing(let path): "'\(path)' goes through a link to a folder that does not exist"
        case .globalHeaderName(let name):
            "the global extended header before it has the name '\(name)', and docker and podman remove what is there"
        case .folderReplaced: "a later member of the layer takes the folder away, and docker and podman then fail"
        case .nameNotCanonical: "the name must be a path without .., . and empty parts"
        case .repeatedFile: "the archive has two files of this name, and clients read one or the other"
        case .linkInArchive: "a link or device, which some clients do not follow, in an archive of images"
        case .repeatedName, .rootIsNotFolder, .whiteoutName, .whiteoutOfOwnLayer, .whiteoutThroughLink: joining
        case .tooManySteps(let limit): "the paths and links of the image take more than \(limit) steps to follow"
        case .tooManyFiles(let limit): "the layers hold more than \(limit) files"
        }
    }

    private var damage: String {
        switch fault {
        case .truncatedHeader: "the archive is truncated: it ends inside a header"
        case .truncatedContent(let size, let available):
            "the archive is truncated: the content ends at byte \(available) of \(size)"
        case .checksum(let stored, let computed):
            "not a tar archive, or a damaged one: the header's checksum is \(stored), its bytes add up to \(computed)"
        case .notOctal(let field):
            "not a tar archive, or a damaged one: the \(field.rawValue) in the header is not an octal number"
        case .numberTooLarge(let field): "the \(field.rawValue) in the header is too large"
        default: "data follows an empty block, which must come last"
        }
    }

    /// What runtimes do not all unpack alike.
    private var joining: String {
        switch fault {
        case .repeatedName: "the layer has two members of this name, which docker and podman refuse"
        case .rootIsNotFolder: "the root of the image must be a folder"
        case .whiteoutName: "the name is not that of a whiteout (.wh.NAME), and nothing else may begin with .wh."
        case .whiteoutOfOwnLayer(let name):
            "the whiteout comes after '\(name)' in its own layer, and some runtimes remove that; put whiteouts first"
        default: "a whiteout of a folder that is named by a link, which some runtimes pass over"
        }
    }

    /// What readers of archives do not all read alike.
    private var ambiguity: String {
        let differ = ", and readers of archives do not agree on what that means"
        return switch fault {
        case .severalExtendedHeaders: "the member has several extended headers" + differ
        case .repeatedRecord(let key): "the extended header has the key '\(key)' twice" + differ
        case .emptyRecord(let key): "the extended header has the key '\(key)' without a value" + differ
        case .globalRecord(let key): "a global extended header has the key '\(key)'" + differ
        case .overlayAttribute(let key):
            "the attribute '\(key)' makes overlay file systems show other files than the layers hold; remove it"
        case .userAttribute:
            "a link or device with an attribute of the namespace user, which only files and folders can have (xattr(7))"
        case .prefixOutsideOfPOSIX: "bytes 345 to 499 of the header are not empty, and the format is not ustar" + differ
        case .sizeWithoutContent: "the member has a size, which links, folders and devices do not have" + differ
        case .fileNamedAsFolder: "a file whose name ends in a slash" + differ
        case .linkEmpty: "a link without a target, which no system can make"
        default: "the member has no name"
        }
    }
}
