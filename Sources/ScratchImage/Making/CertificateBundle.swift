import FoundationEssentials
import SwiftASN1

/// A bundle of CA certificates, each of which can be read.
///
/// PEM is read by SwiftASN1. The three fields of a certificate that are needed (subject, notBefore, notAfter) are read here
/// from its ASN.1 tree: swift-certificates 1.21.1 would read them too, but adds 79 s to a clean release build on two cores and
/// 3.0 MB to the stripped executable (10.3 MB unstripped), measured with Swift 6.3 on x86_64.
public struct CertificateBundle: Sendable {
    /// The bundle for an image: PEM (RFC 7468) without comments, each certificate once.
    public let text: [UInt8]
    /// The certificates, in the order of the file.
    public let certificates: [Certificate]

    /// What is read of one certificate (RFC 5280, section 4.1).
    public struct Certificate: Sendable, Hashable {
        /// The common name of the subject; else its unit or organization.
        public let name: String
        /// The start of its validity, in seconds since 1970.
        public let notBefore: Int
        /// The end of its validity, in seconds since 1970.
        public let notAfter: Int
    }

    /// Reads a bundle.
    ///
    /// - Throws: `CertificateError` for text without a certificate, for a private key, and for a certificate that cannot be read.
    public init(_ text: String) throws(CertificateError) {
        let documents: [PEMDocument]
        do { documents = try PEMDocument.parseMultiple(pemString: text) } catch {
            throw .notPEM("\(error)")
        }
        var seen: Set<[UInt8]> = []
        var kept: [PEMDocument] = []
        var certificates: [Certificate] = []
        for (index, document) in documents.enumerated() {
            guard document.discriminator == "CERTIFICATE" else {
                throw .notACertificate(label: document.discriminator)
            }
            guard seen.insert(document.derBytes).inserted else { continue }
            do {
                certificates.append(try Certificate(derEncoded: document.derBytes))
            } catch let fault as CertificateError.Fault {
                throw .unreadable(number: index + 1, fault)
            } catch {
                throw .unreadable(number: index + 1, .encoding("\(error)"))
            }
            kept.append(document)
        }
        guard !kept.isEmpty else { throw .empty }
        self.certificates = certificates
        self.text = Array(kept.map { $0.pemString + "\n" }.joined().utf8)
    }

    /// The certificates that are not valid at a time, in seconds since 1970.
    public func invalid(at time: Int) -> [Certificate] {
        certificates.filter { !($0.notBefore...$0.notAfter).contains(time) }
    }
}

extension CertificateBundle.Certificate {
    fileprivate init(derEncoded bytes: [UInt8]) throws {
        self = try DER.sequence(try DER.parse(bytes), identifier: .sequence) { nodes in
            guard let body = nodes.next() else { throw CertificateError.Fault.truncated }
            while nodes.next() != nil {}
            return try Self(body: body)
        }
    }

    private init(body: ASN1Node) throws {
        self = try DER.sequence(body, identifier: .sequence) { nodes in
            var parts: [ASN1Node] = []
            while let node = nodes.next() { parts.append(node) }
            // The version is left out if it is v1.
            let version = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
            let first = parts.first?.identifier == version ? 1 : 0
            guard parts.count >= first + 6 else { throw CertificateError.Fault.truncated }
            let validity = try DER.sequence(parts[first + 3], identifier: .sequence) { times in
                (try Self.seconds(times.next()), try Self.seconds(times.next()))
            }
            guard validity.0 <= validity.1 else { throw CertificateError.Fault.neverValid }
            return Self(
                name: try Self.name(parts[first + 4]), notBefore: validity.0, notAfter: validity.1)
        }
    }

    private init(name: String, notBefore: Int, notAfter: Int, _: Void = ()) {
        self.name = name
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// The time of a UTCTime (up to 2049) or GeneralizedTime (section 4.1.2.5), in seconds since 1970.
    private static func seconds(_ node: ASN1Node?) throws -> Int {
        guard let node else { throw CertificateError.Fault.truncated }
        let parts =
            if node.identifier == .utcTime {
                try components(UTCTime(derEncoded: node))
            } else {
                try components(GeneralizedTime(derEncoded: node))
            }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        guard let date = calendar.date(from: parts) else { throw CertificateError.Fault.time }
        return Int(date.timeIntervalSince1970)
    }

    private static func components(_ time: UTCTime) -> DateComponents {
        DateComponents(
            year: time.year, month: time.month, day: time.day, hour: time.hours, minute: time.minutes,
            second: time.seconds)
    }

    private static func components(_ time: GeneralizedTime) -> DateComponents {
        DateComponents(
            year: time.year, month: time.month, day: time.day, hour: time.hours, minute: time.minutes,
            second: time.seconds)
    }

    /// The common name of the subject; else its unit or organization.
    private static func name(_ node: ASN1Node) throws -> String {
        let kinds: [ASN1ObjectIdentifier] = [[2, 5, 4, 3], [2, 5, 4, 11], [2, 5, 4, 10]]
        var names: [ASN1ObjectIdentifier: String] = [:]
        try DER.sequence(node, identifier: .sequence) { sets in
            while let set = sets.next() {
                guard case .constructed(let members) = set.content else { throw CertificateError.Fault.name }
                for member in members {
                    try DER.sequence(member, identifier: .sequence) { pair in
                        let kind = try ASN1ObjectIdentifier(derEncoded: &pair)
                        guard let value = pair.next(), case .primitive(let bytes) = value.content else {
                            throw CertificateError.Fault.name
                        }
                        names[kind] = String(decoding: bytes, as: UTF8.self)
                    }
                }
            }
        }
        return kinds.lazy.compactMap { names[$0] }.first ?? "a certificate without a name"
    }
}

/// Why a file cannot be used as a bundle of CA certificates.
public enum CertificateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is not PEM. The parser's reason is kept.
    case notPEM(String)
    /// The bundle holds something else, such as a private key.
    case notACertificate(label: String)
    /// A certificate cannot be read. The first is number 1.
    case unreadable(number: Int, Fault)
    /// There is no certificate.
    case empty
    /// No certificate is valid now.
    case noneValid

    /// What can be wrong with a certificate.
    public enum Fault: Error, Sendable, Hashable {
        /// The ASN.1 encoding is damaged. The parser's reason is kept.
        case encoding(String)
        /// Fields are missing.
        case truncated
        /// The name of the subject cannot be read.
        case name
        /// A time is not a date.
        case time
        /// The validity ends before it starts.
        case neverValid
    }

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .notPEM(let reason): "not a bundle of PEM certificates: \(reason)"
        case .notACertificate(let label):
            "holds a \(label.lowercased()), which no image should; remove it from the bundle"
        case .unreadable(let number, let fault): "certificate number \(number) cannot be read: \(fault.reason)"
        case .empty: "holds no certificate (-----BEGIN CERTIFICATE-----)"
        case .noneValid: "none of its certificates is valid today"
        }
    }
}

extension CertificateError.Fault {
    fileprivate var reason: String {
        switch self {
        case .encoding(let reason): reason
        case .truncated: "fields are missing"
        case .name: "the name of the subject is damaged"
        case .time: "the validity is not a date"
        case .neverValid: "the validity ends before it starts"
        }
    }
}
