import Configuration
import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Workflows

/// Names of early versions: an error that says the new name.
@Suite struct FormerNameTests {
    @Test(arguments: ["CONFIG", "JOBS", "KEY", "MEMORY", "PLATFORM"])
    func aVariableIsNamedWithItsNewName(suffix: String) throws {
        let error = #expect(throws: FormerName.self) { try FormerName.check(["SCRATCHREADY_\(suffix)": ""]) }
        #expect(error?.description == "the variable SCRATCHREADY_\(suffix) is called SCRATCHCHECK_\(suffix) now")
        try FormerName.check(["SCRATCHCHECK_\(suffix)": "", "SCRATCHREADY_OTHER": ""])
    }

    @Test func aConfigurationFileIsNamedWithTheCommandThatRenamesIt() throws {
        let folder = try TemporaryFolder()
        let path = FilePath(folder.url.path)
        try folder.write("version: 1\n", to: "scratchready.yaml")
        let error = #expect(throws: FormerName.self) { try ConfigurationFile.nearest(from: path) }
        let command = try #require(error?.description.split(separator: ": ").last)
        try Execution("sh", ["-c", String(command)]).check()
        #expect(try ConfigurationFile.nearest(from: path).path == path.appending("scratchcheck.yaml"))
    }

    @Test func whereTheNewFileIsTheFormerOneDoesNotCount() throws {
        let folder = try TemporaryFolder()
        try folder.write("version: 1\n", to: "scratchcheck.yaml")
        try folder.write("version: 2\n", to: "scratchready.yaml")
        #expect(try ConfigurationFile.nearest(from: FilePath(folder.url.path)).path != nil)
    }
}
