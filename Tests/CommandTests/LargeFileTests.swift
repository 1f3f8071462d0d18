import Foundation
import TestSupport
import Testing

/// Files are hashed in a stream and read in pieces: how large they are, and how large they claim to be, takes no memory.
@Suite(.serialized) struct LargeFileTests {
    private static let size = 2 << 30
    /// Of each of three files, which are read at the same time: together more than they may take.
    private static let dataSize: UInt64 = 96 << 20
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ bytes: [UInt8], to name: String) throws {
        let place = folder.url.appending(path: name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: place)
        let file = try FileHandle(forWritingTo: place)
        try file.truncate(atOffset: UInt64(Self.size))
        try file.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path)
    }

    /// Runs the program, and prints its exit code and the largest memory that was resident, in bytes (getrusage(2)).
    private func run(_ arguments: [String]) throws -> (status: Int32, memory: Int, output: String) {
        let script = """
            import resource, subprocess, sys
            status = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode
            print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
            """
        let result = try Client.python(script, [Checkout.program] + arguments, in: folder.url)
        let numbers = result.output.split(separator: " ").compactMap { Int($0.trimmingCharacters(in: .newlines)) }
        try #require(numbers.count == 2, "\(result.errors)")
        return (Int32(numbers[0]), numbers[1], result.errors)
    }

    /// Headers that claim gigabytes of symbols and strings. All have much writable data.
    private static let claims: [(name: String, change: @Sendable (inout ELFBuilder) -> Void)] = [
        ("data", { _ in }),
        (
            "symbols",
            { $0.sections = [.init(".symtab", type: 2, offset: 0x1000, size: 1 << 31, link: 2, entrySize: 24)] }
        ),
        ("strings", { $0.sections = [.init(".strtab", type: 3, offset: 0x1000, size: 1 << 31)] }),
    ]

    @Test func tenFilesOf2GiBAreVerifiedInAQuarterOfAGigabyte() throws {
        for number in 0..<7 { try write(Checkout.bytes(ofSample: "go-linux-amd64"), to: "dist/plain\(number)") }
        for (name, change) in Self.claims {
            var builder = ELFBuilder()
            builder.moreSegments = [
                .init(type: 1, flags: 6, offset: 0x1000, address: 0x5000_1000, fileSize: Self.dataSize)
            ]
            change(&builder)
            try write(builder.bytes, to: "dist/\(name)")
        }
        let result = try run(["verify", "dist"])
        #expect(result.memory <= 256 << 20, "\(result.memory) bytes")
        #expect(result.output.contains("ready"), "\(result.output)")
        #expect(result.status <= 1)
    }

    /// libelf takes memory for each section header that it is told of.
    @Test func aClaimOf33MillionSectionHeadersIsRefused() throws {
        var bytes = try Checkout.bytes(ofSample: "go-linux-amd64")
        let table = (0..<8).reduce(0) { $0 | Int(bytes[40 + $1]) << (8 * $1) }
        // e_shnum, and sh_size of the first section header.
        bytes.replaceSubrange(60..<62, with: [0, 0])
        bytes.replaceSubrange(table + 32..<table + 40, with: [0, 0, 0, 2, 0, 0, 0, 0])
        try write(bytes, to: "app")
        let result = try run(["verify", "app"])
        #expect(result.status == 1)
        #expect(result.output.contains("not-loadable"))
        #expect(result.memory <= 256 << 20, "\(result.memory) bytes")
    }

    @Test func aFileOf2GiBIsStampedAdmittedAndCopiedSparsely() throws {
        try write(Checkout.bytes(ofSample: "go-linux-amd64"), to: "linux/amd64/app")
        #expect(try run(["keygen", "own"]).status == 0)
        for arguments in [
            ["verify", "--stamp", "--key", "own.key", "linux"],
            ["gate", "--trust", "own.pub", "--copy-to", "out", "linux"],
        ] {
            let result = try run(arguments)
            #expect(result.status == 0, "\(result.output)")
            #expect(result.memory <= 256 << 20, "\(result.memory) bytes")
        }
        let copy = folder.url.appending(path: "out/amd64/app").path
        #expect(try Execution("cmp", [folder.url.appending(path: "linux/amd64/app").path, copy]).status == 0)
        let blocks = try Execution("stat", ["-c", "%b", copy]).output.trimmingCharacters(in: .newlines)
        #expect(try #require(Int(blocks)) * 512 < 64 << 20, "the holes are kept")
    }

    /// A limit on address space gives a verdict or an error, and no crash.
    @Test func aQuarterOfAGigabyteOfAddressSpaceIsEnough() throws {
        try write(Checkout.bytes(ofSample: "go-linux-amd64"), to: "app")
        let result = try Execution(
            "prlimit", ["--as=\(256 << 20)", Checkout.program, "verify", "app"], in: folder.url)
        #expect(result.status == 0, "\(result.errors)")
    }
}
