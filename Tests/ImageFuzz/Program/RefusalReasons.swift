/// Why an image is refused that umoci unpacks.
enum RefusalReasons {
    private static let reasons: [String: String] = [
        "repeatedName": "docker and podman refuse two members of one name; for umoci the last counts",
        "whiteoutOfOwnLayer": "docker and podman remove what came before the whiteout",
        "whiteoutThroughLink": "podman does not look behind the link",
        "whiteoutName": "what tools make of `.wh.`, `.wh..` and folders of such names differs",
        "linkToNothing": "podman does not make the folder that a link leads to",
        "belowFile": "podman cannot make a folder where a file is",
        "climbing-name": "podman refuses a name that leads out of the root",
        "severalExtendedHeaders": "Go, Python, GNU tar and libarchive use different ones of several headers",
        "emptyRecord": "to Python and GNU tar the name is empty, to Go and libarchive it is that of the header",
        "repeatedRecord": "no writer writes a key twice",
        "globalRecord": "Python and GNU tar apply it to all members, Go does not",
        "extendedRecord": "Python, GNU tar or libarchive do not accept the record",
        "extendedNumber": "GNU tar does not accept the number, or cuts it to 32 bits",
        "numberTooLarge": "the system keeps 32 bits of it, or libarchive does not accept it",
        "notOctal": "Python or libarchive does not accept the number",
        "prefixOutsideOfPOSIX": "Go, Python and GNU tar make different names of it",
        "starFormat": "the prefix is shorter in star's format, which not all readers recognise",
        "sizeWithoutContent": "GNU tar or libarchive skips the content that is not there",
        "fileNamedAsFolder": "Go and Python read a file, GNU tar and libarchive a folder",
        "nameEmpty": "GNU tar reads `.`, libarchive skips the member",
        "linkEmpty": "no system has a link without a target",
        "nameNotUTF8": "no name in a configuration could reach it; libarchive does not accept it",
        "sparseFile": "readers put the content together in different ways, or leave the holes out",
        "overlayAttribute": "an overlay file system shows other files",
        "userAttribute": "Linux does not set it on links and devices",
        "unknownType": "podman refuses the type",
        "dataAfterEmptyBlock": "readers differ on whether one empty block is the end",
        "truncatedContent": "readers differ on whether that is an archive",
        "truncatedHeader": "readers differ on whether that is an archive",
        "hardLinkTargetBelow": "podman with overlay unpacks each layer on its own, and does not find the file",
        "hardLinkTargetMissing": "the target is removed before the link is made",
        "folderReplaced": "docker and podman fail to set the times of a folder that is gone",
        "globalHeaderName": "docker and podman remove what has the name of a global header",
        "rootIsNotFolder": "the root of an image is a folder",
        "linkLoop": "no path leads there",
    ]

    /// The reason for the name of a fault.
    static func reason(for fault: String) -> String { reasons[fault] ?? "(no reason recorded)" }
}
