import Foundation
import TestSupport
import Testing

@testable import ScratchImage

/// A certificate made by hand, of the fields of RFC 5280, section 4.1.
struct HandMadeCertificate {
    /// A time as ASN.1 has it: its tag (0x17 UTCTime, 0x18 GeneralizedTime) and text.
    typealias Time = (tag: UInt8, text: String)

    var names: [(kind: UInt8, text: String)] = [(3, "Example Root")]
    var notBefore: Time = (0x17, "200101000000Z")
    var notAfter: Time = (0x17, "300101000000Z")
    var hasVersion = true
    /// How many of the six fields from the serial number on there are.
    var fields = 6

    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        // X.690, section 8.1.3: the shortest form of the length.
        let count = content.count
        let length: [UInt8] =
            switch count {
            case ..<128: [UInt8(count)]
            case ..<256: [0x81, UInt8(count)]
            default: [0x82, UInt8(count >> 8), UInt8(count & 0xff)]
            }
        return [tag] + length + content
    }

    var bytes: [UInt8] {
        let der = HandMadeCertificate.der
        let algorithm = der(0x30, der(0x06, [0x2b, 0x65, 0x70]))
        let name = der(
            0x30,
            names.flatMap { der(0x31, der(0x30, der(0x06, [0x55, 0x04, $0.kind]) + der(0x0c, Array($0.text.utf8)))) })
        let validity = der(
            0x30, der(notBefore.tag, Array(notBefore.text.utf8)) + der(notAfter.tag, Array(notAfter.text.utf8)))
        let key = der(0x30, algorithm + der(0x03, [0] + [UInt8](repeating: 7, count: 32)))
        let all = [der(0x02, [1]), algorithm, name, validity, name, key]
        let body = (hasVersion ? der(0xa0, der(0x02, [2])) : []) + all.prefix(fields).flatMap { $0 }
        return der(0x30, der(0x30, body) + algorithm + der(0x03, [0] + [UInt8](repeating: 9, count: 64)))
    }

    var pem: String { HandMadeCertificate.pem("CERTIFICATE", bytes) }

    static func pem(_ label: String, _ bytes: [UInt8]) -> String {
        let body = Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }
}

@Suite struct CertificateBundleTests {
    /// RFC 5280, section 4.1.2.5: UTCTime from 1950 to 2049, GeneralizedTime from 2050 on. Seconds as `date -u +%s` gives them.
    @Test(
        arguments: [
            ((0x17, "200101000000Z"), 1_577_836_800), ((0x17, "700101000000Z"), 0),
            ((0x17, "500101000000Z"), -631_152_000),
            ((0x17, "491231235959Z"), 2_524_607_999), ((0x18, "20500101000000Z"), 2_524_608_000),
            ((0x17, "240229120000Z"), 1_709_208_000),
        ] as [((UInt8, String), Int)])
    func timesAreSecondsSince1970(_ time: (UInt8, String), _ seconds: Int) throws {
        let certificate = HandMadeCertificate(notBefore: (0x17, "500101000000Z"), notAfter: (time.0, time.1))
        #expect(try CertificateBundle(certificate.pem).certificates.map(\.notAfter) == [seconds])
    }

    /// RFC 4519: 3 is the common name, 10 the organization, 11 the organizational unit.
    @Test(
        arguments: [
            ([(3, "Common"), (10, "Organization")], "Common"), ([(10, "Organization"), (11, "Unit")], "Unit"),
            ([(10, "Organization")], "Organization"), ([(6, "DE")], "a certificate without a name"),
            ([(10, "Größe")], "Größe"), ([], "a certificate without a name"),
        ] as [([(UInt8, String)], String)])
    func theNameIsTheOneThatPeopleKnow(_ names: [(UInt8, String)], _ shown: String) throws {
        let certificate = HandMadeCertificate(names: names.map { (kind: $0.0, text: $0.1) })
        #expect(try CertificateBundle(certificate.pem).certificates.map(\.name) == [shown])
    }

    @Test func aCertificateOfVersion1IsRead() throws {
        #expect(try CertificateBundle(HandMadeCertificate(hasVersion: false).pem).certificates.count == 1)
    }

    @Test func commentsAndRepetitionsAreLeftOut() throws {
        let first = HandMadeCertificate()
        let second = HandMadeCertificate(names: [(3, "Second")])
        let bundle = try CertificateBundle("# a comment\n\(first.pem)\ntext\n\(second.pem)\(first.pem)")
        #expect(bundle.certificates.map(\.name) == ["Example Root", "Second"])
        #expect(String(decoding: bundle.text, as: UTF8.self) == first.pem + second.pem)
    }

    @Test func certificatesOutsideTheirValidityAreFound() throws {
        let expired = HandMadeCertificate(names: [(3, "Expired")], notAfter: (0x17, "210101000000Z"))
        let future = HandMadeCertificate(names: [(3, "Future")], notBefore: (0x17, "290101000000Z"))
        let bundle = try CertificateBundle(expired.pem + HandMadeCertificate().pem + future.pem)
        // 2025-01-01, then the last and the first second of validity.
        #expect(bundle.invalid(at: 1_735_689_600).map(\.name) == ["Expired", "Future"])
        #expect(bundle.invalid(at: 1_609_459_200).map(\.name) == ["Future"])
        #expect(bundle.invalid(at: 1_609_459_201).map(\.name) == ["Expired", "Future"])
        #expect(bundle.invalid(at: 0).count == 3)
        #expect(bundle.invalid(at: 1_893_456_001).count == 3)
    }

    @Test(arguments: ["", "text", "-----BEGIN CERTIFICATE-----", "# only a comment\n"])
    func textWithoutACertificateIsRefused(_ text: String) {
        #expect(throws: CertificateError.self) { try CertificateBundle(text) }
    }

    @Test func aBundleWithoutCertificatesIsEmpty() {
        #expect(throws: CertificateError.empty) { try CertificateBundle("no certificate\n") }
    }

    /// A key in a bundle would go into the image.
    @Test(arguments: ["PRIVATE KEY", "RSA PRIVATE KEY", "PUBLIC KEY", "TRUSTED CERTIFICATE"])
    func anythingElseInABundleIsRefused(_ label: String) {
        let text = HandMadeCertificate().pem + HandMadeCertificate.pem(label, [0x30, 0])
        #expect(throws: CertificateError.notACertificate(label: label)) { try CertificateBundle(text) }
    }

    @Test(
        arguments: [
            (HandMadeCertificate(fields: 5), .truncated),
            (HandMadeCertificate(notBefore: (0x17, "300101000000Z"), notAfter: (0x17, "200101000000Z")), .neverValid),
        ] as [(HandMadeCertificate, CertificateError.Fault)])
    func aDamagedCertificateIsNamedByItsNumber(_ certificate: HandMadeCertificate, _ fault: CertificateError.Fault) {
        let text = HandMadeCertificate().pem + certificate.pem
        #expect(throws: CertificateError.unreadable(number: 2, fault)) { try CertificateBundle(text) }
    }

    /// Whatever byte is cut off or changed, there is an answer and no crash; what is cut is never read.
    @Test func everyCutCertificateIsRefused() {
        let bytes = HandMadeCertificate().bytes
        for length in 0..<bytes.count {
            let text = HandMadeCertificate.pem("CERTIFICATE", Array(bytes[..<length]))
            #expect(throws: CertificateError.self, "length \(length)") { try CertificateBundle(text) }
        }
    }
}

/// Time zones come as Go's archive or as files of the system.
@Suite struct TimeZoneFilesTests {
    /// An archive that Python's zipfile writes, stored or deflated.
    private func archive(_ names: [String]) throws -> [UInt8] {
        let list = names.map { "'\($0)'" }.joined(separator: ",")
        let output = try Python.run(
            """
            import io, zipfile
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w") as zip:
                for name in [\(list)]: zip.writestr(name, b"TZif2")
            print(list(file.getvalue()))
            """)
        return output.dropFirst().split(whereSeparator: { ",] \n".contains($0) }).compactMap { UInt8($0) }
    }

    @Test func anArchiveOfZonesIsOneFileThatGoIsTold() throws {
        let bytes = try archive(["Africa/Abidjan", "Europe/Berlin", "UTC"])
        let files = try TimeZoneFiles(archive: bytes)
        #expect(files.entries == [.file("usr/share/zoneinfo.zip", bytes)])
        #expect(files.environment == ["ZONEINFO=/usr/share/zoneinfo.zip"])
    }

    @Test func otherArchivesAreRefused() throws {
        #expect(throws: TimeZoneError.notAnArchive) { try TimeZoneFiles(archive: []) }
        #expect(throws: TimeZoneError.notAnArchive) { try TimeZoneFiles(archive: Array("Europe/Berlin".utf8)) }
        let other = try archive(["readme", "Europe/Paris"])
        #expect(throws: TimeZoneError.notAnArchive) { try TimeZoneFiles(archive: other) }
    }

    @Test func zonesOfASystemKeepTheirNamesAndNeedNoVariable() throws {
        let zone = TarEntry.Kind.file(Array("TZif2".utf8))
        let files = try TimeZoneFiles(zones: [("UTC", zone), ("Europe/Berlin", zone)])
        #expect(files.entries.map(\.path) == ["usr/share/zoneinfo/UTC", "usr/share/zoneinfo/Europe/Berlin"])
        #expect(files.environment.isEmpty)
    }

    @Test func aFolderWithoutUTCHoldsNoZones() {
        #expect(throws: TimeZoneError.noZones) { try TimeZoneFiles(zones: []) }
        #expect(throws: TimeZoneError.noZones) { try TimeZoneFiles(zones: [("Europe/Berlin", .file([]))]) }
    }

    /// RFC 8536, section 3.1: the magic number is TZif.
    @Test(arguments: [("TZif", true), ("TZif2\0", true), ("TZi", false), ("", false), ("tzif", false)])
    func zoneDataIsToldByItsMagicNumber(_ text: String, _ isZone: Bool) {
        #expect(TimeZoneFiles.isZone(Array(text.utf8)) == isZone)
    }
}
