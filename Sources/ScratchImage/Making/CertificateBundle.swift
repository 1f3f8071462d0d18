import FoundationEssentials
import SwiftASN1

/// The certificates of authorities, each of which was read.
public struct CertificateBundle: Sendable {
    /// The bundle as it goes into an image: PEM (RFC 7468) without comments, each certificate once.
    public let text: [UInt8]
    /// The certificates, in their order.
    public let certificates: [Certificate]

    /// What is known of one certificate (RFC 5280, section 4.1).
    public struct Certificate: Sendable, Hashable {
        /// The common name of its subject, or the organization, or whatever there is.
        public let name: String
        /// From when on it is valid, seconds since 1970.
        public let notBefore: Int
        /// Until when it is valid, seconds since 1970.
        public let notAfter: Int
    }

    /// Reads a bundle.
    ///
    /// - Throws: `ImageError` for text without a certificate, and for a certificate that cannot be read.
    public init(_ text: String) throws(ImageError) {
        let documents: [PEMDocument]
        do { documents = try PEMDocument.parseMultiple(pemString: text) } catch {
            throw ImageError("it is no bundle of PEM certificates: \(error)")
        }
        var seen: Set<[UInt8]> = []
        var kept: [PEMDocument] = []
        var certificates: [Certificate] = []
        for (index, document) in documents.enumerated() {
            guard document.discriminator == "CERTIFICATE" else {
                throw ImageError("it holds a \(document.discriminator.lowercased()), which no image should")
            }
            guard seen.insert(document.derBytes).inserted else { continue }
            do { certificates.append(try Certificate(derEncoded: document.derBytes)) } catch {
                throw ImageError("its certificate number \(index + 1) cannot be read: \(error)")
            }
            kept.append(document)
        }
        guard !kept.isEmpty else { throw ImageError("it holds no certificate (-----BEGIN CERTIFICATE-----)") }
        self.certificates = certificates
        self.text = Array(kept.map { $0.pemString + "\n" }.joined().utf8)
    }

    /// Those that are not valid at a time, in seconds since 1970.
    public func invalid(at time: Int) -> [Certificate] {
        certificates.filter { !($0.notBefore...$0.notAfter).contains(time) }
    }
}

extension CertificateBundle.Certificate {
    fileprivate init(derEncoded bytes: [UInt8]) throws {
        self = try DER.sequence(try DER.parse(bytes), identifier: .sequence) { nodes in
            guard let body = nodes.next() else { throw ImageError("it has no body") }
            while nodes.next() != nil {}
            return try Self(body: body)
        }
    }

    private init(body: ASN1Node) throws {
        self = try DER.sequence(body, identifier: .sequence) { nodes in
            var parts: [ASN1Node] = []
            while let node = nodes.next() { parts.append(node) }
            // The version stands there only where it is not the first.
            let version = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
            let first = parts.first?.identifier == version ? 1 : 0
            guard parts.count >= first + 6 else { throw ImageError("it is cut off") }
            let validity = try DER.sequence(parts[first + 3], identifier: .sequence) { times in
                (try Self.seconds(times.next()), try Self.seconds(times.next()))
            }
            guard validity.0 <= validity.1 else { throw ImageError("it is never valid") }
            return Self(
                name: try Self.name(parts[first + 4]), notBefore: validity.0, notAfter: validity.1)
        }
    }

    private init(name: String, notBefore: Int, notAfter: Int, _: Void = ()) {
        self.name = name
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// UTCTime up to 2049, GeneralizedTime from then on (section 4.1.2.5).
    private static func seconds(_ node: ASN1Node?) throws -> Int {
        guard let node else { throw ImageError("it has no validity") }
        let parts =
            if node.identifier == .utcTime {
                try components(UTCTime(derEncoded: node))
            } else {
                try components(GeneralizedTime(derEncoded: node))
            }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        guard let date = calendar.date(from: parts) else { throw ImageError("its validity is no time") }
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

    /// The name by which people know the subject: its common name, unit or organization, whichever comes first.
    private static func name(_ node: ASN1Node) throws -> String {
        let kinds: [ASN1ObjectIdentifier] = [[2, 5, 4, 3], [2, 5, 4, 11], [2, 5, 4, 10]]
        var names: [ASN1ObjectIdentifier: String] = [:]
        try DER.sequence(node, identifier: .sequence) { sets in
            while let set = sets.next() {
                guard case .constructed(let members) = set.content else { throw ImageError("its name is damaged") }
                for member in members {
                    try DER.sequence(member, identifier: .sequence) { pair in
                        let kind = try ASN1ObjectIdentifier(derEncoded: &pair)
                        guard let value = pair.next(), case .primitive(let bytes) = value.content else {
                            throw ImageError("its name is damaged")
                        }
                        names[kind] = String(decoding: bytes, as: UTF8.self)
                    }
                }
            }
        }
        return kinds.lazy.compactMap { names[$0] }.first ?? "a certificate without a name"
    }
}
