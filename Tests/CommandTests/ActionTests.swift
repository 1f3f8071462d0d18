import Foundation
import TestSupport
import Testing

/// The GitHub action, the pre-commit hooks and the scripts, each read by a validator of its kind.
@Suite struct ActionTests {
    private static func path(_ name: String) -> String { Checkout.root.appending(path: name).path }

    @Test func gitHubsSchemaTakesTheAction() throws {
        let result = try Client.run(
            "check-jsonschema", ["--builtin-schema", "vendor.github-actions", Self.path("action.yml")])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(arguments: [
        (".github/workflows/test.yml", "vendor.github-workflows"),
        (".github/ISSUE_TEMPLATE/config.yml", "vendor.github-issue-config"),
        (".github/ISSUE_TEMPLATE/1-wrong-verdict.yml", "vendor.github-issue-forms"),
        (".github/ISSUE_TEMPLATE/2-bug.yml", "vendor.github-issue-forms"),
        (".github/ISSUE_TEMPLATE/3-idea.yml", "vendor.github-issue-forms"),
    ]) func gitHubsSchemaTakesTheProjectsOwnFiles(file: String, schema: String) throws {
        let result = try Client.run("check-jsonschema", ["--builtin-schema", schema, Self.path(file)])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func preCommitTakesTheHooks() throws {
        let result = try Client.run("pre-commit", ["validate-manifest", Self.path(".pre-commit-hooks.yaml")])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test func everyShellScriptIsClean() throws {
        let files = try Execution(
            "git", ["ls-files", "Scripts", "Benchmarks", "docs/ci", ".ci", "TestBinaries"], in: Checkout.root)
        let scripts = files.output.split(separator: "\n").map(String.init).filter { name in
            let text = try? String(contentsOfFile: Self.path(name), encoding: .utf8)
            return text?.hasPrefix("#!/usr/bin/env bash") == true || text?.hasPrefix("#!/bin/sh") == true
        }
        #expect(scripts.count > 10)
        let result = try Execution("shellcheck", scripts.map(Self.path))
        #expect(result.status == 0, "\(result.output)")
    }
}
