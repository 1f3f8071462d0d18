import Foundation
import TestSupport
import Testing

@testable import Workflows

/// What an image is asked, and the source of the program that asks.
@Suite struct HealthQuestionTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080/healthz", "/healthcheck http://127.0.0.1:8080/healthz"),
        ("http://localhost:8080", "/healthcheck http://127.0.0.1:8080/"),
        ("http://[::1]:8080/healthz?full", "/healthcheck http://[::1]:8080/healthz?full"),
        ("http://[::1]/", "/healthcheck http://[::1]:80/"), ("tcp:5432", "/healthcheck tcp:5432"),
        ("exec:/app,--healthy,now", "/app --healthy now"),
    ]) func aQuestionIsAProgramAndItsArguments(_ text: String, _ words: String) throws {
        let question = try HealthQuestion(parsing: text)
        #expect(question.words.joined(separator: " ") == words)
        #expect(question.needsProgram == words.hasPrefix("/healthcheck"))
    }

    @Test(arguments: [
        "https://127.0.0.1/", "http://example.com/", "http://[::2]/", "http://127.0.0.1:0/", "tcp:", "udp:53", "exec:",
        "http://127.0.0.1/a b",
    ]) func othersAreRefused(_ text: String) { #expect(throws: (any Error).self) { try HealthQuestion(parsing: text) } }

    /// The added program ends when the engine would end it, and says why.
    @Test func theProgramKnowsTheTimeThatAnAnswerMayTake() throws {
        var settings = HealthSettings(try HealthQuestion(parsing: "tcp:80"))
        #expect(settings.words == ["/healthcheck", "tcp:80"])
        settings.timeout = 1.5
        #expect(settings.words == ["/healthcheck", "tcp:80", "1500ms"])
        settings.question = try HealthQuestion(parsing: "exec:/app")
        #expect(settings.words == ["/app"])
    }

    @Test func goFindsNothingToSayAboutTheSource() throws {
        let module = try GoModule(HealthcheckSource.files)
        let vetted = try Execution("go", ["vet", "."], in: module.folder.url, environment: ["GOFLAGS": ""])
        #expect(vetted.status == 0, "\(vetted.errors)")
        let formatted = try Execution("gofmt", ["-l", "."], in: module.folder.url)
        #expect(formatted.status == 0 && formatted.output.isEmpty)
        let imports = try Execution("go", ["list", "-f", "{{join .Imports \" \"}}", "."], in: module.folder.url)
        #expect(imports.output == "os strconv strings syscall time\n")
    }
}
