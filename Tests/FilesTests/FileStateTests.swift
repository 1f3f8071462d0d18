import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// The state of a file is what `stat` prints of it.
struct FileStateTests {
    private let folder: TemporaryFolder
    private let path: FilePath

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("abc", to: "file")
        path = FilePath(folder.url.path).appending("file")
        // Longer than between two ticks.
        usleep(20_000)
    }

    @Test func itIsWhatStatSays() throws {
        let told = try Execution("stat", ["-c", "%d %i %f %s", "file"], in: folder.url).output.split(separator: " ")
        let words = try #require(FileState(of: path)).description.split(separator: " ")
        #expect(words[0] == told[0] && words[1] == told[1])
        #expect(Int(words[2]) == Int(told[2], radix: 16))
        #expect(words[3] == "3")
    }

    @Test(arguments: [
        "printf xyz >file", "printf x | dd of=file conv=notrunc",
        "touch -r file copy && printf xyz >file && touch -r copy file",
        "cp -p file copy && mv copy file", "chmod 755 file", "ln file second && rm second",
        "rm file && ln -s /bin/sh file",
    ])
    func aChangeIsSeen(script: String) throws {
        let before = try #require(FileState.settled(of: path))
        try Execution("sh", ["-c", script], in: folder.url).check()
        #expect(FileState(of: path) != before)
    }

    /// Two changes within one tick of the file system's clock have one time.
    @Test func noChangeAfterASettledStateIsHidden() throws {
        var count = 0
        for round in 0..<200 {
            try folder.write("a", to: "file")
            usleep(UInt32(round % 10) * 1_000)
            guard let before = FileState.settled(of: path) else { continue }
            count += 1
            try folder.write("b", to: "file")
            #expect(FileState(of: path) != before)
        }
        #expect(count > 0)
    }

    /// ext4 keeps nanoseconds, or seconds in inodes of 128 bytes; NTFS keeps 100 ns, UDF microseconds, and FAT even seconds
    /// (ext4.rst, "Inode Timestamps"; ntfs3.rst; ECMA-167, 1/7.3; fatgen103).
    @Test(arguments: [
        ((10, 123_456_789), (10, 123_456_789), false), ((10, 123_456_789), (10, 124_456_789), false),
        ((10, 123_456_789), (10, 124_456_790), true),
        ((10, 123_456_789), (11, 0), true), ((11, 5), (10, 900_000_000), false),
        ((10, 0), (10, 999_999_999), false), ((10, 0), (11, 999_999_999), false), ((10, 0), (12, 1), true),
        ((10, 120_000_000), (10, 121_000_000), false), ((10, 120_000_000), (12, 121_000_000), true),
    ])
    func aTimeIsSettledOnceNoLaterChangeCanGetIt(change: (Int, Int), tick: (Int, Int), isSettled: Bool) {
        #expect(
            FileState.isSettled(
                timespec(tv_sec: change.0, tv_nsec: change.1), at: timespec(tv_sec: tick.0, tv_nsec: tick.1))
                == isSettled)
    }

    @Test func whatIsNotThereHasNoState() {
        #expect(FileState(of: "/nowhere") == nil)
        #expect(FileState.settled(of: "/nowhere") == nil)
    }
}
