import Foundation
import TestSupport
import Testing

/// Images of dynamic programs that hold a loader: it must find all libraries before the program's first instruction. The loaders are
/// those of the GNU C library for other machines; a program in an emulator is followed as one of the kernel's own is.
@Suite(.enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
struct LoaderProofTests {
    private typealias Entry = HandMadeImage.Entry

    struct Machine: CustomTestStringConvertible {
        let goarch: String
        let number: UInt16
        var isWide = true
        var isBig = false
        var flags: UInt32 = 0
        /// Where Debian's package libc6-ARCHITECTURE-cross puts the loader.
        let folder: String
        let loader: String
        let by: String

        var testDescription: String { goarch }
        var isInstalled: Bool { FileManager.default.fileExists(atPath: "\(folder)/\(loader)") }

        /// A program without a meaning: none of its instructions is executed.
        func program(_ description: (inout ELFBuilder) -> Void) -> ELFBuilder {
            var program = ELFBuilder()
            program.elfClass = isWide ? 2 : 1
            program.byteOrder = isBig ? 2 : 1
            program.machine = number
            program.flags = flags
            program.code = [UInt8](repeating: 0, count: 16)
            description(&program)
            return program
        }
    }

    /// gABI and the processor supplements: EM_386 3, EM_S390 22, EM_ARM 40 with EF_ARM_EABI_VER5, EM_AARCH64 183.
    static let machines = [
        Machine(
            goarch: "arm64", number: 183, folder: "/usr/aarch64-linux-gnu/lib", loader: "ld-linux-aarch64.so.1",
            by: "qemu-aarch64-static"),
        Machine(
            goarch: "arm/v7", number: 40, isWide: false, flags: 0x0500_0400, folder: "/usr/arm-linux-gnueabihf/lib",
            loader: "ld-linux-armhf.so.3", by: "qemu-arm-static"),
        Machine(
            goarch: "s390x", number: 22, isBig: true, folder: "/usr/s390x-linux-gnu/lib", loader: "ld64.so.1",
            by: "qemu-s390x-static"),
        Machine(
            goarch: "386", number: 3, isWide: false, folder: "/usr/i686-linux-gnu/lib", loader: "ld-linux.so.2",
            by: "linux"),
    ]
    static let installed = machines.filter(\.isInstalled)

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func prove(_ machine: Machine, _ program: ELFBuilder, _ entries: [Entry]) throws -> ProvenImage.Result {
        let file = try folder.write("", to: "app")
        try Data(program.bytes).write(to: file)
        return try ProvenImage(.init([[.file("app", file.path)] + entries], on: "linux/\(machine.goarch)"))
            .prove(["--prove"])
    }

    @Test(arguments: installed) func aLoaderThatFindsAllLibrariesIsDone(machine: Machine) throws {
        let names = [machine.loader, "libc.so.6"]
        let result = try prove(
            machine, dynamic(machine), names.map { .file("lib/\($0)", "\(machine.folder)/\($0)") })
        #expect(result.outcome == "started", "\(result)")
        #expect(result.by == machine.by)
    }

    @Test(arguments: installed) func aLoaderThatMissesALibraryIsQuoted(machine: Machine) throws {
        let result = try prove(
            machine, dynamic(machine), [.file("lib/\(machine.loader)", "\(machine.folder)/\(machine.loader)")])
        #expect(result.status == 1 && result.outcome == "refused" && result.rules.contains("does-not-start"))
        #expect(
            result.detail.hasPrefix(
                "not loaded (exit code 127); it said: /app: error while loading shared libraries: libc.so.6: cannot open"
            ), "\(result.detail)")
    }

    /// The first instruction of arm64 whose bits are all 0 is undefined (UDF #0).
    @Test func aLoaderThatIsKilledIsARefusal() throws {
        let machine = LoaderProofTests.machines[0]
        let loader = machine.program {
            $0.type = 3; $0.base = 0
        }
        let file = try folder.write("", to: "loader")
        try Data(loader.bytes).write(to: file)
        let result = try prove(machine, dynamic(machine), [.file("lib/\(machine.loader)", file.path)])
        #expect(result.outcome == "refused" && result.detail.hasPrefix("killed by SIGILL"), "\(result)")
    }

    @Test func aStaticProgramHasNoLoader() throws {
        let machine = LoaderProofTests.machines[0]
        let result = try prove(machine, machine.program { _ in }, [])
        #expect(result.outcome == "started" && result.by == machine.by)
    }

    /// An emulator that is the first process of its container cannot kill itself as its program was killed.
    @Test func aProgramThatIsKilledInAnEmulatorIsRefused() throws {
        let file = try folder.write("", to: "app")
        try Data(LoaderProofTests.machines[0].program { _ in }.bytes).write(to: file)
        let image = try ProvenImage(.init([[.file("app", file.path)]], on: "linux/arm64"))
        let result = try image.prove(["--prove=run"])
        #expect(result.outcome == "refused" && result.rules == ["does-not-start"], "\(result)")
        #expect(result.detail.hasPrefix("killed by SIGILL (Illegal instruction); it said: qemu: "))
        let alone = try Execution(Checkout.program, ["verify", "--prove=run", file.path])
        #expect(alone.status == 1 && alone.output.contains("killed by SIGILL"), "\(alone.output)")
    }

    /// DT_SYMTAB 6 and the size DT_SYMENT 11 of its entries, which the loader reads.
    private func dynamic(_ machine: Machine) -> ELFBuilder {
        machine.program { program in
            program.interpreter = "/lib/\(machine.loader)"
            program.dynamic = [
                .needed("libc.so.6"), .value(6, program.base), .value(11, program.elfClass == 2 ? 24 : 16),
            ]
        }
    }
}
