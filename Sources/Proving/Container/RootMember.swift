import Files
import FoundationEssentials
import SystemPackage

/// A file, folder or link of a container's root, as it travels to the process that lays the root: a line of JSON, and the bytes
/// of a file behind it.
public struct RootMember: Sendable, Hashable, Codable {
    /// What it is.
    public enum Kind: Sendable, Hashable, Codable {
        /// A folder.
        case folder
        /// A file with so many bytes.
        case file(size: Int)
        /// A symbolic link.
        case link(target: String)
        /// Another name of a file that came before.
        case hardLink(path: String)
    }

    /// Its absolute path. Its folder came before it.
    public let path: String
    /// What it is.
    public let kind: Kind
    /// Its permission bits.
    public let mode: UInt32
    /// Its owner.
    public let user: UInt32
    /// Its group.
    public let group: UInt32

    /// Describes a member.
    public init(path: String, kind: Kind, mode: UInt32, user: UInt32, group: UInt32) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.user = user
        self.group = group
    }
}

/// Writes a specification and the members of a root into a file without a name: nothing is left, however the run ends.
public struct RootWriter: ~Copyable {
    private var file: Spool
    private var size = 0

    /// - Throws: `OutputError` if the file cannot be written.
    init(_ specification: ContainerSpecification) throws {
        var file = try Spool()
        try file.append(RootWriter.line(specification)[...])
        self.file = file
    }

    /// The file, at its beginning.
    consuming func finished() throws -> FileDescriptor { try file.rewound() }

    /// Adds a member. The bytes of a file follow with ``add(_:)``.
    public mutating func add(_ member: RootMember) throws {
        if case .file(let count) = member.kind {
            size += count
            guard size <= ContainerSpecification.Limit.root else { throw ContainerError.rootTooLarge }
        }
        try file.append(RootWriter.line(member)[...])
    }

    /// Adds bytes of the file that was added last.
    public mutating func add(_ bytes: [UInt8]) throws { try file.append(bytes[...]) }

    private static func line(_ value: some Encodable) throws -> [UInt8] {
        try [UInt8](JSONEncoder().encode(value)) + [UInt8(ascii: "\n")]
    }
}

/// Reads them, in the other process.
struct RootReader {
    private let file: FileDescriptor
    private var buffer: [UInt8] = []
    private var place = 0

    init(_ file: FileDescriptor) { self.file = file }

    /// The next line as a value; nil at the end.
    mutating func next<Value: Decodable>(_ type: Value.Type) throws -> Value? {
        var line: [UInt8] = []
        while let byte = try nextByte() {
            if byte == UInt8(ascii: "\n") { return try JSONDecoder().decode(type, from: Data(line)) }
            line.append(byte)
        }
        return nil
    }

    /// The next bytes, in pieces.
    mutating func bytes(_ count: Int, _ receive: (ArraySlice<UInt8>) throws -> Void) throws {
        var left = count
        while left > 0 {
            guard try fill() else { throw ContainerError.rootEndsEarly }
            let piece = buffer[place..<min(buffer.count, place + left)]
            place += piece.count
            left -= piece.count
            try receive(piece)
        }
    }

    private mutating func nextByte() throws -> UInt8? {
        guard try fill() else { return nil }
        place += 1
        return buffer[place - 1]
    }

    /// Whether there is a byte to read; reads more if there is none.
    private mutating func fill() throws -> Bool {
        if place < buffer.count { return true }
        buffer = unsafe try [UInt8](unsafeUninitializedCapacity: 256 << 10) { space, count in
            count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(space))
        }
        place = 0
        return !buffer.isEmpty
    }
}
