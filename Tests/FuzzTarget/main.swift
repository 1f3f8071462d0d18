import ELF
import Files
import Foundation
import SystemPackage
import Verification

/// libFuzzer's own main function, which calls back with one input after the other.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Reads the bytes as a file, applies every rule, and asks for all that is read later.
///
/// Whatever the bytes, it must end without a trap, an over-read, a hang, or much memory.
func verify(_ bytes: [UInt8]) {
    let subject = Subject(bytes, expected: nil, permissions: 0o755)
    let judgement = Policy.standard.judge(subject)
    compare(judgement, bytes)
    guard let image = subject.image else {
        precondition(judgement.verdict == .notReady, "a file that cannot be read is never ready")
        return
    }
    _ = image.importedSymbols
    _ = image.addresses(ofSymbols: ["main"], in: MemoryFile(bytes))
    _ = image.debugDataSize
    guard judgement.verdict == .ready else { return }
    precondition(image.interpreters.isEmpty, "a file with an interpreter is never ready")
    precondition(image.segments.count == Int(image.header.programHeaderCount), "no segment is left out")
}

/// In memory, so that it costs little to write each input there.
let place = "/dev/shm/staticcheck-fuzz-\(ProcessInfo.processInfo.processIdentifier)"

/// What is read of an open file must be enough for the verdict on the whole of it.
func compare(_ whole: Judgement, _ bytes: [UInt8]) {
    guard let output = fopen(place, "w") else { return }
    fwrite(bytes, 1, bytes.count, output)
    fchmod(fileno(output), 0o755)
    fclose(output)
    defer { unlink(place) }
    // Small pieces, so that what matters lies across their borders.
    guard let file = try? OpenFile(FilePath(place), pieceSize: 64),
        let judged = try? Policy.standard.judge(file, expected: nil)
    else {
        preconditionFailure("a file that exists cannot be read")
    }
    let open = judged.judgement
    precondition(open.verdict == whole.verdict, "\(open.findings)\n\(whole.findings)")
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
_ = runFuzzer(&count, &arguments) { data, size in
    verify(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}
