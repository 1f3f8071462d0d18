import ELF
import GoBinary
import Testing

@testable import ScratchImage

/// A dynamic ELF file with nothing in it but what a loader reads to find libraries (System V ABI, chapter 5).
struct DynamicELF {
    var needed: [String] = []
    var runPath: String?
    var libraryPath: String?
    /// The loader that it names.
    var interpreter: String?
    /// EM_X86_64.
    var machine: UInt16 = 62

    var bytes: [UInt8] {
        var strings: [UInt8] = [0]
        func place(_ text: String) -> UInt64 {
            defer { strings += Array(text.utf8) + [0] }
            return UInt64(strings.count)
        }
        var entries: [(UInt64, UInt64)] = needed.map { (1, place($0)) }
        if let runPath { entries.append((29, place(runPath))) }
        if let libraryPath { entries.append((15, place(libraryPath))) }
        let loader = interpreter.map { ($0, place($0)) }
        let headers: UInt64 = loader == nil ? 2 : 3
        let tableOffset: UInt64 = 64 + headers * 56
        let tableSize = UInt64(entries.count + 3) * 16
        entries += [(5, tableOffset + tableSize), (10, UInt64(strings.count)), (0, 0)]
        let size = tableOffset + tableSize + UInt64(strings.count)
        // ELFCLASS64, ELFDATA2LSB, EV_CURRENT; then ET_DYN, the machine, EV_CURRENT.
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        func put<Number: FixedWidthInteger>(_ numbers: Number...) {
            for number in numbers {
                bytes += (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
            }
        }
        put(3 as UInt16, machine)
        put(1 as UInt32)
        put(0 as UInt64, 64, 0)
        put(0 as UInt32)
        put(64 as UInt16, 56, UInt16(headers), 64, 0, 0)
        // PT_LOAD of the whole file at address 0, PT_DYNAMIC, and PT_INTERP.
        let named = loader.map { [(3 as UInt32, tableOffset + tableSize + $0.1, UInt64($0.0.utf8.count) + 1)] } ?? []
        let segments = [(1, 0, size), (2, tableOffset, tableSize)] + named as [(UInt32, UInt64, UInt64)]
        for (type, offset, length) in segments {
            put(type, 4)
            put(offset, offset, offset, length, length, type == 1 ? 4096 : 8)
        }
        for (tag, value) in entries { put(tag, value) }
        return bytes + strings
    }
}

/// Libraries are found where ld.so(8) looks for them, and nowhere else.
@Suite struct LibrarySearchTests {
    private static let library = DynamicELF().bytes

    private func missing(
        _ program: DynamicELF, at path: String = "/app", _ members: [Layers.Member], libraryPath: String = "",
        user: UInt32 = 65532
    ) throws -> Set<String> {
        let search = LibrarySearch(
            root: try Layers.root([members]), identity: .init(user: user, group: user), libraryPath: libraryPath)
        return try search.missing(for: ELFImage(program.bytes), at: path)
    }

    private static let musl = "/lib/ld-musl-x86_64.so.1"

    /// musl's loader is its C library too (ldso/dynlink.c, "reserved").
    @Test(arguments: [
        ("libc.so", true), ("libc.musl-x86_64.so.1", true), ("libpthread.so.0", true), ("librt.so.1", true),
        ("libm.so.6", true), ("libdl.so.2", true), ("libutil.so.1", true), ("libxnet.so", true),
        ("ld-musl-x86_64.so.1", true), ("libcrypt.so.1", false), ("libmath.so", false), ("libc", false),
        ("libz.so.1", false),
    ])
    func theLoaderOfMuslServesTheCLibrary(_ name: String, _ isServed: Bool) throws {
        #expect(try missing(DynamicELF(needed: [name], interpreter: Self.musl), []).isEmpty == isServed)
        #expect(try missing(DynamicELF(needed: [name], interpreter: "/lib64/ld-linux-x86-64.so.2"), []) == [name])
    }

    /// musl searches the folders listed in its own file, or three default folders if that is missing.
    @Test(
        arguments: [
            ("lib/l.so", nil, true), ("usr/local/lib/l.so", nil, true), ("usr/lib/l.so", nil, true),
            ("lib/x86_64-linux-gnu/l.so", nil, false), ("lib64/l.so", nil, false),
            ("opt/lib/l.so", "/lib:/opt/lib\n", true),
            ("usr/lib/l.so", "/lib\n/opt/lib\n", false),
        ] as [(String, String?, Bool)])
    func theFoldersOfMuslAreSearched(_ place: String, _ folders: String?, _ isFound: Bool) throws {
        var members = [Layers.Member.data(place, LibrarySearchTests.library)]
        if let folders { members.append(.file("etc/ld-musl-x86_64.path", folders)) }
        let missing = try missing(DynamicELF(needed: ["l.so"], interpreter: Self.musl), members)
        #expect(missing.isEmpty == isFound)
    }

    /// ld.so(8), "glibc-hwcaps": in each folder that is searched, folders for newer processors.
    @Test(arguments: [
        ("lib/glibc-hwcaps/x86-64-v2/l.so", true), ("usr/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v4/l.so", true),
        ("opt/glibc-hwcaps/x86-64-v3/l.so", true), ("lib/glibc-hwcaps/x86-64-v9/l.so", false),
        ("lib/glibc-hwcaps/l.so", false), ("lib/tls/l.so", false),
    ])
    func theFoldersForNewerProcessorsAreSearched(_ place: String, _ isFound: Bool) throws {
        let missing = try missing(
            DynamicELF(needed: ["l.so"], runPath: "/opt"), [.data(place, LibrarySearchTests.library)])
        #expect(missing.isEmpty == isFound)
    }

    @Test func aProgramWithoutLibrariesMissesNone() throws {
        #expect(try missing(DynamicELF(), []).isEmpty)
    }

    @Test(arguments: [
        "lib/l.so", "usr/lib/l.so", "lib64/l.so", "usr/lib64/l.so", "usr/local/lib/l.so", "lib/x86_64-linux-gnu/l.so",
        "usr/lib/x86_64-linux-gnu/l.so",
    ])
    func theStandardFoldersAreSearched(_ place: String) throws {
        #expect(try missing(DynamicELF(needed: ["l.so"]), [.data(place, LibrarySearchTests.library)]).isEmpty)
    }

    @Test(arguments: ["l.so", "opt/l.so", "lib/other/l.so", "lib/l.so.1"]) func otherFoldersAreNot(_ place: String)
        throws
    {
        #expect(try missing(DynamicELF(needed: ["l.so"]), [.data(place, LibrarySearchTests.library)]) == ["l.so"])
    }

    @Test(arguments: [
        ("/opt/lib", true), ("/none:/opt/lib", true), ("/none;/opt/lib", true), ("/opt", false), ("", false),
    ])
    func theLibraryPathOfTheEnvironmentIsSearched(_ path: String, _ isFound: Bool) throws {
        let missing = try missing(
            DynamicELF(needed: ["l.so"]), [.data("opt/lib/l.so", LibrarySearchTests.library)], libraryPath: path)
        #expect(missing.isEmpty == isFound)
    }

    @Test(arguments: [
        ("etc/ld.so.conf", "/opt/lib\n", true), ("etc/ld.so.conf", "# comment\n/none\n /opt/lib \n", true),
        ("etc/ld.so.conf.d/opt.conf", "/opt/lib\n", true), ("etc/ld.so.conf.d/opt.txt", "/opt/lib\n", false),
        ("etc/ld.so.conf", "opt/lib\n", false),
    ])
    func theFoldersOfTheLoadersFilesAreSearched(_ file: String, _ text: String, _ isFound: Bool) throws {
        let missing = try missing(
            DynamicELF(needed: ["l.so"]),
            [.file(file, text), .data("opt/lib/l.so", LibrarySearchTests.library)])
        #expect(missing.isEmpty == isFound)
    }

    /// $ORIGIN is the folder of the file that has the tag, with links followed.
    @Test(arguments: [
        ("/srv/lib", true), ("$ORIGIN/../lib", true), ("${ORIGIN}/../lib", true), ("/none:$ORIGIN/../lib", true),
        ("$ORIGIN", false), ("lib", false), ("", false),
    ])
    func theRunPathIsSearched(_ path: String, _ isFound: Bool) throws {
        let members: [Layers.Member] = [.data("srv/lib/l.so", LibrarySearchTests.library), .folder("srv/bin")]
        #expect(
            try missing(DynamicELF(needed: ["l.so"], runPath: path), at: "/srv/bin/app", members).isEmpty == isFound)
        #expect(
            try missing(DynamicELF(needed: ["l.so"], libraryPath: path), at: "/srv/bin/app", members).isEmpty == isFound
        )
    }

    /// ld.so(8): DT_RPATH is ignored if there is a DT_RUNPATH.
    @Test func aRunPathSwitchesTheOlderPathOff() throws {
        let program = DynamicELF(needed: ["l.so"], runPath: "/none", libraryPath: "/srv")
        #expect(try missing(program, [.data("srv/l.so", LibrarySearchTests.library)]) == ["l.so"])
    }

    /// ld.so(8): DT_RUNPATH is for the file's own libraries, DT_RPATH for those of its libraries too.
    @Test(arguments: [true, false]) func onlyTheOlderPathIsInherited(_ isRunPath: Bool) throws {
        let first = DynamicELF(needed: ["second.so"]).bytes
        let members: [Layers.Member] = [
            .data("srv/first.so", first), .data("srv/second.so", LibrarySearchTests.library),
        ]
        let program =
            isRunPath
            ? DynamicELF(needed: ["first.so"], runPath: "/srv") : DynamicELF(needed: ["first.so"], libraryPath: "/srv")
        #expect(try missing(program, members) == (isRunPath ? ["second.so"] : []))
    }

    @Test func theLibrariesOfLibrariesAreSearched() throws {
        let members: [Layers.Member] = [
            .data("lib/a.so", DynamicELF(needed: ["b.so", "c.so"]).bytes),
            .data("lib/b.so", DynamicELF(needed: ["a.so"]).bytes),
        ]
        #expect(try missing(DynamicELF(needed: ["a.so", "d.so"]), members) == ["c.so", "d.so"])
    }

    @Test func aNameWithASlashIsAPath() throws {
        let members: [Layers.Member] = [.data("opt/l.so", LibrarySearchTests.library)]
        #expect(try missing(DynamicELF(needed: ["/opt/l.so"]), members).isEmpty)
        #expect(try missing(DynamicELF(needed: ["/none/l.so"]), members) == ["/none/l.so"])
    }

    @Test func aLibraryOfAnotherMachineIsPassedOver() throws {
        let other = DynamicELF(machine: 183).bytes
        #expect(try missing(DynamicELF(needed: ["l.so"]), [.data("lib/l.so", other)]) == ["l.so"])
        #expect(
            try missing(
                DynamicELF(needed: ["l.so"]),
                [.data("lib/l.so", other), .data("usr/lib/l.so", LibrarySearchTests.library)]
            ).isEmpty)
    }

    @Test func aLibraryThatTheUserMayNotReadIsMissing() throws {
        let members: [Layers.Member] = [.data("lib/l.so", LibrarySearchTests.library, mode: 0o600)]
        #expect(try missing(DynamicELF(needed: ["l.so"]), members) == ["l.so"])
        #expect(try missing(DynamicELF(needed: ["l.so"]), members, user: 0).isEmpty)
    }

    @Test func aLinkToALibraryIsFollowed() throws {
        let members: [Layers.Member] = [.data("lib/l.so.1", LibrarySearchTests.library), .link("lib/l.so", "l.so.1")]
        #expect(try missing(DynamicELF(needed: ["l.so"]), members).isEmpty)
    }

    @Test(arguments: ["", "text"]) func aFileThatIsNotALibraryIsPassedOver(_ text: String) throws {
        #expect(try missing(DynamicELF(needed: ["l.so"]), [.file("lib/l.so", text)]) == ["l.so"])
    }
}
