import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BuildCache

/// What the relay counts and refuses. The messages are those of cmd/go/internal/cacheprog (`go doc cmd/go/internal/cacheprog`).
@Suite struct CacheConversationTests {
    private static let hello = #"{"ID":0,"KnownCommands":["get","put","close"]}"# + "\n"
    private static let key = Data(repeating: 0xfb, count: 32).base64EncodedString()

    private func opened() throws -> CacheConversation {
        var conversation = CacheConversation()
        _ = try conversation.take(fromProgram: Array(CacheConversationTests.hello.utf8))
        return conversation
    }

    private func get(_ id: Int) -> [UInt8] {
        Array(#"{"ID":\#(id),"Command":"get","ActionID":"\#(CacheConversationTests.key)"}"#.utf8) + Array("\n\n".utf8)
    }

    @Test func hitsMissesAndBytesAreCounted() throws {
        var conversation = try opened()
        for id in 1...4 { conversation.take(fromGo: get(id)) }
        let answers = """
            {"ID":2,"Miss":true}
            {"ID":1,"OutputID":"AA==","Size":70,"DiskPath":"/x"}{"ID":4,"Err":"no network"}
            { "id" : 3,
              "size" : 7, "DISKPATH": "/with \\"brace }\\"" }
            """
        let passed = try conversation.take(fromProgram: Array(answers.utf8))
        #expect(conversation.counts.hits == 2 && conversation.counts.misses == 2 && conversation.counts.bytes == 77)
        #expect(!conversation.isWaiting && conversation.open == 0)
        #expect(passed.split(separator: UInt8(ascii: "\n")).count == 5)
        #expect(conversation.asked.map(\.text) == [String(repeating: "-_v7", count: 5)])
    }

    /// A body is a JSON string on the line after its request, and may look like anything.
    @Test func bodiesAreNoRequests() throws {
        var conversation = try opened()
        let put = #"{"ID":1,"Command":"put","ActionID":"AA==","OutputID":"AA==","BodySize":9}"# + "\n\n"
        conversation.take(fromGo: Array(put.utf8))
        conversation.take(fromGo: Array("\"e30K".utf8))
        conversation.take(fromGo: Array(repeating: UInt8(ascii: "A"), count: 10 << 20))
        conversation.take(fromGo: Array("\"\n".utf8))
        conversation.take(fromGo: get(2))
        #expect(conversation.open == 2)
        _ = try conversation.take(fromProgram: Array(#"{"ID":1,"DiskPath":"/x"}{"ID":2,"Miss":true}"#.utf8))
        #expect(conversation.counts.misses == 1 && conversation.counts.hits == 0)
    }

    /// Bytes arrive in any pieces.
    @Test(arguments: [1, 2, 3, 7, 1000])
    func piecesDoNotMatter(size: Int) throws {
        var conversation = CacheConversation()
        let fromGo = get(1) + get(2)
        let fromProgram = Array(
            (CacheConversationTests.hello + #"{"ID":1,"Size":5,"DiskPath":"/\u007b"} {"ID":2,"Miss":true}"#).utf8)
        for start in stride(from: 0, to: fromGo.count, by: size) {
            conversation.take(fromGo: fromGo[start..<min(start + size, fromGo.count)])
        }
        for start in stride(from: 0, to: fromProgram.count, by: size) {
            _ = try conversation.take(fromProgram: fromProgram[start..<min(start + size, fromProgram.count)])
        }
        #expect(conversation.counts.hits == 1 && conversation.counts.misses == 1 && conversation.counts.bytes == 5)
    }

    @Test(arguments: [
        ("hello\nworld", CacheConversation.Fault.notJSON("hello")), ("[]", .notJSON("[]")), ("null", .notJSON("null")),
        ("{]}", .notTheProtocol), (#"{"ID":"1"}"#, .notTheProtocol), (#"{"ID":0}"#, .unknownCommands),
        (#"{"ID":1,"KnownCommands":["get"]}"#, .unknownCommands), (#"{"ID":0,"KnownCommands":[]}"#, .unknownCommands),
        (hello + #"{"ID":7,"Miss":true}"#, .unexpectedAnswer(7)), (hello + hello, .unexpectedAnswer(0)),
        (#"{"ID":0,"Err":""# + String(repeating: "x", count: 2 << 20), .tooLong),
    ])
    func otherWordsAreRefused(text: String, fault: CacheConversation.Fault) throws {
        var conversation = CacheConversation()
        #expect(throws: fault) { try conversation.take(fromProgram: Array(text.utf8)) }
    }

    @Test func aCutMessageIsSeenAtTheEnd() throws {
        var conversation = CacheConversation()
        _ = try conversation.take(fromProgram: Array(#"{"ID":0"#.utf8))
        #expect(throws: CacheConversation.Fault.cutOff) { try conversation.checkEnd() }
    }
}

/// The relay between two pipes and a program that does not do what it should.
///
/// One at a time: each blocks a thread of tasks, of which there are few.
@Suite(.serialized) struct CacheRelayTests {
    private static let hello = #"echo '{"ID":0,"KnownCommands":["get","close"]}'; "#

    /// What the relay says of a shell script, of which go asks one object.
    ///
    /// - Parameter answers: The number of messages after which go closes its end; nil leaves it open.
    private func counts(
        _ script: String, _ patience: CacheRelay.Patience, closingAfter answers: Int? = nil
    ) async throws -> (CacheCounts, output: String) {
        let folder = try TemporaryFolder()
        let file = FilePath(folder.url.path).appending("counts")
        let settings = RelaySettings(
            counts: file, kept: nil, folder: "/", program: "/bin/sh", arguments: ["-c", script])
        let relay = CacheRelay(
            settings, environment: ["PATH": "/usr/bin:/bin"], patience: patience)
        let input = try FileDescriptor.pipe()
        let output = try FileDescriptor.pipe()
        // Programs that other tests start would hold them open.
        for end in [input.readEnd, input.writeEnd, output.readEnd, output.writeEnd] {
            #expect(fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) == 0)
        }
        try input.writeEnd.writeAll(CacheRelayTests.request.utf8)
        // A thread, because the relays of other tests may block all threads of tasks.
        let (texts, text) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            text.yield(CacheRelayTests.read(output.readEnd, closing: input.writeEnd, after: answers))
            text.finish()
        }
        _ = await relay.run(go: .init(input: input.readEnd.rawValue, output: output.writeEnd.rawValue))
        var all = ""
        for await text in texts { all += text }
        return (try #require(CacheCounts(reading: file)), all)
    }

    /// Reads to the end, and closes the other pipe after a number of lines.
    private static func read(_ end: FileDescriptor, closing other: FileDescriptor, after lines: Int?) -> String {
        var text: [UInt8] = []
        var isOpen = true
        while let byte = try? end.read(count: 1).first {
            text.append(byte)
            if isOpen, text.count(where: { $0 == 0x0a }) == lines {
                try? other.close()
                isOpen = false
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let patient = CacheRelay.Patience(toBegin: 600, toAnswer: 600, toEnd: 1)
    private static let request = "{\"ID\":1,\"Command\":\"get\",\"ActionID\":\"AA==\"}\n\n"

    @Test(arguments: [
        ("exit 3", "exit code 3"), ("kill -9 $$", "signal 9"), ("echo nothing; sleep 100", "'nothing'"),
        (hello + "read x; exit 4", "exit code 4 before the build, with 1 requests"),
        (hello + "read x; printf '{'; exit 0", "middle of a message"),
        (hello + "read x; echo '{\"ID\":9}'; sleep 100", "the request 9"),
    ])
    func faultsAreNamed(script: String, words: String) async throws {
        let (counts, _) = try await counts(script, CacheRelayTests.patient)
        let failure = try #require(counts.failure)
        #expect(failure.contains(words) && failure.contains("the cache program sh failed"), "\(failure)")
    }

    @Test(arguments: [("exec sleep 100", "within 1 s"), ("exec cat", "does not say which commands it knows")])
    func aProgramThatDoesNotBeginIsNamed(script: String, words: String) async throws {
        let (counts, _) = try await counts(script, .init(toBegin: 1))
        #expect(counts.failure?.contains(words) == true, "\(counts.failure ?? "")")
    }

    @Test(arguments: [hello + "exec sleep 100", hello + "read x; echo '{'; exec sleep 100"])
    func aProgramThatDoesNotAnswerIsNamed(script: String) async throws {
        let (counts, _) = try await counts(script, .init(toBegin: 600, toAnswer: 1))
        #expect(counts.failure?.contains("it did not answer for 1 s") == true, "\(counts.failure ?? "")")
    }

    @Test func aProgramThatDoesNotEndIsKilledAndDidItsWork() async throws {
        let script = CacheRelayTests.hello + "read x; echo '{\"ID\":1,\"Miss\":true}'; exec sleep 100"
        let (counts, output) = try await counts(script, CacheRelayTests.patient, closingAfter: 2)
        #expect(counts.failure == nil && counts.misses == 1 && counts.hits == 0)
        #expect(output == "{\"ID\":0,\"KnownCommands\":[\"get\",\"close\"]}\n{\"ID\":1,\"Miss\":true}\n")
    }

    @Test func aProgramThatIsNotThereIsNamed() async throws {
        let folder = try TemporaryFolder()
        let file = FilePath(folder.url.path).appending("counts")
        let relay = CacheRelay(
            RelaySettings(counts: file, kept: nil, folder: "/", program: "/nonexistent/cacher", arguments: []),
            environment: [:], patience: .init())
        let ends = try FileDescriptor.pipe()
        let outcome = await relay.run(go: .init(input: ends.readEnd.rawValue, output: ends.writeEnd.rawValue))
        #expect(outcome == .failed)
        #expect(CacheCounts(reading: file)?.failure?.contains("/nonexistent/cacher: it does not exist") == true)
    }
}

extension FileDescriptor {
    /// The next bytes; empty at the end.
    fileprivate func read(count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let read = try bytes.withUnsafeMutableBytes { try self.read(into: $0) }
        return Array(bytes[..<read])
    }
}
