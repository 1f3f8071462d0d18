import ScratchImage
import Testing
import Verification

@testable import Workflows

/// `image` says if a variable leads the program away from what the image has for it.
@Suite struct VariablePlacesTests {
    @Test(arguments: [
        ([:], []), (["ZONEINFO": "/usr/share/zoneinfo.zip", "TMPDIR": "/tmp"], []),
        (["TMPDIR": "", "ZONEINFO": ""], []),
        (["TMPDIR": "/tmp/", "HOME": "/none"], []), (["ZONEINFO": "/zones"], ["ZONEINFO"]),
        (["TMPDIR": "/scratch"], ["TMPDIR"]), (["TMPDIR": "/data"], []),
        (["SSL_CERT_FILE": "/none"], []),
    ])
    func placesThatAreNotInTheImageAreNamed(variables: [String: String], named: [String]) throws {
        let zones = try TimeZoneFiles(archive: [0x50, 0x4b, 3, 4] + Array("Europe/Berlin".utf8))
        let files = RootFiles(
            for: [.timeZones, .temporaryFiles], user: .standard, certificates: nil, zones: zones,
            added: [.folder("data", mode: 0o777)])
        var contents = ImageContents()
        contents.environment = variables
        let sentences = contents.misplacedVariables(among: files, for: [.timeZones, .temporaryFiles])
        #expect(sentences.count == named.count)
        for (sentence, name) in zip(sentences, named) { #expect(sentence.contains("which \(name) names")) }
    }
}
