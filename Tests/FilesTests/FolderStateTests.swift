import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// A state differs if a watched file below a folder is another one, in the words of stat(2).
struct FolderStateTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("a", to: "a.go")
        try folder.write("b", to: "sub/b.go")
    }

    private var state: FolderState? { FolderState(below: FilePath(folder.url.path)) { $0.hasSuffix(".go") } }

    private func run(_ script: String) throws { try Execution("sh", ["-c", script], in: folder.url).check() }

    @Test(arguments: [
        "printf c >a.go", "touch -d @1 a.go", "chmod 600 sub/b.go", "rm sub/b.go", "mv a.go c.go",
        "cp -p a.go new && mv new a.go",
        "mkdir new && touch new/c.go", "ln -s /nowhere c.go", "mv sub other", "ln a.go second.go",
    ])
    func aChangeIsSeen(script: String) throws {
        let before = try #require(state)
        try run(script)
        #expect(state != before)
    }

    @Test(arguments: [
        "touch README", "mkdir -p x/y", "mkdir .git && touch .git/x.go", "cat a.go sub/b.go", "mkfifo pipe.go",
    ])
    func whatIsNotWatchedIsNotSeen(script: String) throws {
        let before = try #require(state)
        try run(script)
        #expect(state == before)
    }

    /// A change within the same tick of the clock would not show.
    @Test func aStateIsSettledOnceEveryFileIs() throws {
        usleep(20_000)
        #expect(state?.isSettled == true)
        var unsettled = 0
        for text in 0..<200 {
            try folder.write("\(text)", to: "sub/b.go")
            let before = try #require(state)
            try folder.write("\(999 - text)", to: "sub/b.go")
            if before.isSettled { #expect(state != before) } else { unsettled += 1 }
        }
        #expect(unsettled > 0)
    }

    /// What a link leads to may be anywhere, and a name that is not UTF-8 cannot be told.
    @Test(arguments: ["ln -s /usr link", "touch \"$(printf 'x\\377.go')\"", "rm -r ../\"${PWD##*/}\""])
    func aTreeThatCannotBeWatchedHasNoState(script: String) throws {
        try run(script)
        #expect(state == nil)
    }

    @Test func aLargeTreeHasNoState() throws {
        try run("seq -f f%.0f.go 20001 | xargs touch")
        #expect(state == nil)
    }

    @Test func aFileThatIsMissingIsPartOfTheState() throws {
        let file = FilePath(folder.url.path).appending("later")
        let before = FolderState(of: [file])
        #expect(before == FolderState(of: [file]))
        try run("touch later")
        #expect(FolderState(of: [file]) != before)
    }
}
