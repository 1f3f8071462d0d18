import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Proving

@Suite struct StarterTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    /// An ELF header of x86-64 (gABI, chapter 4) with one program header: PT_INTERP makes it dynamic, PT_NOTE does not.
    private func program(isStatic: Bool) -> [UInt8] {
        func little(_ value: UInt64, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 0xff) } }
        let interpreter = Array("/lib/ld.so\0".utf8)
        let identification: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        let header =
            identification + little(2, 2) + little(62, 2) + little(1, 4) + little(0x40_0000, 8) + little(64, 8)
            + little(0, 8) + little(0, 4) + little(64, 2) + little(56, 2) + little(1, 2) + little(64, 2) + little(0, 4)
        let segment =
            little(isStatic ? 4 : 3, 4) + little(4, 4) + little(120, 8) + little(0, 16)
            + little(UInt64(interpreter.count), 8) + little(UInt64(interpreter.count), 8) + little(1, 8)
        return header + segment + interpreter
    }

    private func install(_ name: String, isStatic: Bool) throws {
        let file = try folder.write("", to: name)
        try Data(program(isStatic: isStatic)).write(to: file)
        #expect(chmod(file.path, 0o755) == 0)
    }

    private func choose(_ goarch: String, in folders: String...) throws -> Starter {
        try Starter.choose(
            goarch: goarch, native: ["amd64"],
            searchPath: folders.map { root.appending($0).string }.joined(separator: ":"))
    }

    @Test func theKernelStartsItsOwnArchitecture() throws {
        try install("bin/qemu-x86_64-static", isStatic: true)
        #expect(try choose("amd64", in: "bin") == .kernel)
        #expect(Starter.kernel.name == "linux")
    }

    /// The names of qemu's user mode emulators (qemu's documentation, "User Mode Emulation").
    @Test(arguments: [
        ("arm", "qemu-arm"), ("arm64", "qemu-aarch64"), ("386", "qemu-i386"), ("mipsle", "qemu-mipsel"),
        ("mips64le", "qemu-mips64el"), ("ppc64le", "qemu-ppc64le"), ("riscv64", "qemu-riscv64"),
        ("s390x", "qemu-s390x"), ("loong64", "qemu-loongarch64"),
    ])
    func eachArchitectureHasItsEmulator(goarch: String, name: String) throws {
        #expect(throws: StarterError.emulatorNotFound(name)) { try choose(goarch, in: "bin") }
        try install("bin/\(name)", isStatic: true)
        let starter = try choose(goarch, in: "bin")
        #expect(starter == .emulator(root.appending("bin/\(name)")))
        #expect(starter.name == name)
    }

    @Test func theNameOfTheStaticPackageIsPreferred() throws {
        try install("bin/qemu-arm", isStatic: true)
        try install("other/qemu-arm-static", isStatic: true)
        #expect(try choose("arm", in: "bin", "other").name == "qemu-arm-static")
    }

    /// A dynamic emulator would need its libraries in the empty root.
    @Test func aDynamicEmulatorIsSkipped() throws {
        try install("bin/qemu-arm", isStatic: false)
        #expect(throws: StarterError.emulatorNotFound("qemu-arm")) { try choose("arm", in: "bin") }
        try install("other/qemu-arm", isStatic: true)
        #expect(try choose("arm", in: "bin", "other") == .emulator(root.appending("other/qemu-arm")))
    }

    @Test func aFileThatIsNotAProgramIsSkipped() throws {
        #expect(chmod(try folder.write("#!/bin/sh\n", to: "bin/qemu-arm").path, 0o755) == 0)
        #expect(throws: StarterError.emulatorNotFound("qemu-arm")) { try choose("arm", in: "bin") }
    }

    @Test func anArchitectureWithoutEmulatorIsNamed() {
        #expect(throws: StarterError.noEmulatorKnown(goarch: "wasm")) { try choose("wasm", in: "bin") }
        #expect("\(StarterError.noEmulatorKnown(goarch: "wasm"))" == "no emulator is known for wasm")
        #expect("\(StarterError.emulatorNotFound("qemu-arm"))".contains("apt-get install qemu-user-static"))
    }
}
