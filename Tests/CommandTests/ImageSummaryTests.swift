import Foundation
import TestSupport
import Testing

/// The signed summary of an image, from `image --push` through a registry to the gate, and as other programs read it.
@Suite(.serialized) struct ImageSummaryTests {
    private let module: GoModule
    private let registry: Registry

    init() throws {
        module = try GoModule()
        registry = try Registry()
        try module.run(["keygen", "own"]).check()
        try module.run(["keygen", "other"]).check()
    }

    private var name: String { "\(registry.host)/team/m" }

    @discardableResult
    private func bash(_ script: String, _ arguments: [String] = []) throws -> String {
        let result = try Execution("bash", ["-euo", "pipefail", "-c", script, "sh"] + arguments, in: module.folder.url)
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func push(_ arguments: [String] = ["--key", "own.key"], tag: String = "1.0") throws -> Execution {
        try module.run(
            ["image", "-q", "-p", "linux/amd64,linux/arm64", "--push", "\(name):\(tag)", "--insecure"] + arguments)
    }

    private func gate(_ arguments: [String] = [], key: String = "own.pub", tag: String = "1.0") throws -> Execution {
        try module.run(["gate", "--trust", key, "--insecure", "docker://\(name):\(tag)"] + arguments)
    }

    private func reasons(_ run: Execution) throws -> [String] {
        let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let entries = report?["binaries"] as? [[String: Any]] ?? []
        return entries.map { $0["reason"] as? String ?? "admitted" }
    }

    /// What is under a tag, without asking staticcheck.
    private func raw(_ tag: String) throws -> [String: Any] {
        let text = try bash(#"skopeo inspect --raw --tls-verify=false "docker://$1""#, ["\(name):\(tag)"])
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The digest of the index, by sha256sum.
    private func digest(_ tag: String = "1.0") throws -> String {
        try bash(
            #"skopeo inspect --raw --tls-verify=false "docker://$1" | sha256sum | cut -d' ' -f1"#, ["\(name):\(tag)"])
    }

    @Test func theGateSaysWhichSummaryAdmittedWhichPlatform() throws {
        try push().check()
        let run = try gate(["--format", "json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let entries = try #require(report?["binaries"] as? [[String: Any]])
        let manifests = try #require(try raw("1.0")["manifests"] as? [[String: Any]])
        let summaries = entries.compactMap { $0["summary"] as? [String: String] }
        #expect(summaries.map { $0["subject"] } == manifests.map { $0["digest"] as? String })
        let payload = try bash("jq -r .payload image/summary.intoto.jsonl | base64 -d | sha256sum | cut -d' ' -f1")
        #expect(summaries.map { $0["sha256"] } == [payload, payload])
        #expect(try gate().output.contains("admitted (summary \(payload.prefix(12)))"))
        let schema = Checkout.root.appending(path: "docs/gate-report.schema.json").path
        let file = try module.folder.write(run.output, to: "report.json")
        try Client.run("check-jsonschema", ["--schemafile", schema, file.path]).check()
    }

    /// From the registry by skopeo, by the tag of each digest, and verified by openssl over DSSE's encoding.
    @Test func othersFindAndVerifyTheSummary() throws {
        try push().check()
        let manifests = try #require(try raw("1.0")["manifests"] as? [[String: Any]])
        let digests = [try digest()] + manifests.compactMap { ($0["digest"] as? String)?.dropFirst(7) }.map(String.init)
        #expect(digests.count == 3)
        for digest in digests {
            try bash(
                #"""
                rm -rf found; entry=$(skopeo inspect --raw --tls-verify=false "docker://$1:sha256-$2" |
                    jq -r '[.manifests[] | select(.annotations["dev.sigstore.bundle.predicateType"] ==
                        "https://slsa.dev/verification_summary/v1")][0].digest')
                skopeo copy -q --src-tls-verify=false "docker://$1@$entry" dir:found
                jq -e --arg subject "sha256:$2" '.subject.digest == $subject and
                    .artifactType == "application/vnd.dev.sigstore.bundle.v0.3+json"' found/manifest.json >/dev/null
                cp "found/$(jq -r '.layers[0].digest' found/manifest.json | cut -d: -f2)" bundle.json
                jq .dsseEnvelope bundle.json >line; jq -r .payload line | base64 -d >body
                type=$(jq -r .payloadType line)
                { printf 'DSSEv1 %d %s %d ' ${#type} "$type" $(stat -c %s body); cat body; } >pae
                jq -r '.signatures[0].sig' line | base64 -d >sig
                openssl dgst -sha256 -verify own.pub -signature sig pae
                ! openssl dgst -sha256 -verify other.pub -signature sig pae
                jq -e --arg subject "$2" 'any(.subject[]; .digest.sha256 == $subject)' body >/dev/null
                """#, [name, digest])
        }
        let script = """
            import json, sys
            from base64 import b64decode
            from google.protobuf import json_format
            from in_toto_attestation.v1 import statement_pb2
            from in_toto_attestation.v1.statement import Statement
            from packageurl import PackageURL
            from sigstore_models.bundle.v1 import Bundle
            text = open('bundle.json').read()
            bundle = Bundle.from_json(text) if hasattr(Bundle, 'from_json') else Bundle.model_validate_json(text)
            assert bundle.dsse_envelope and bundle.verification_material.public_key
            body = open('body').read()
            Statement.copy_from_pb(json_format.Parse(body, statement_pb2.Statement())).validate()
            url = PackageURL.from_string(json.loads(body)['predicate']['resourceUri'])
            assert (url.type, url.name, url.version) == ('oci', 'm', 'sha256:' + sys.argv[1]), url
            assert url.qualifiers == {'repository_url': sys.argv[2], 'tag': '1.0'}, url
            """
        let result = try Client.python(script, [digests[0], name], in: module.folder.url)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func whatTheSummaryIsNotAboutIsRefused() throws {
        try push().check()
        #expect(try reasons(gate(["--format", "json"], key: "other.pub")) == ["unknown-key", "unknown-key"])
        let first = try digest()
        // Another image under the same name, from another program, and nobody signed it.
        try module.folder.write(GoModule.hello.replacing("hello", with: "changed"), to: "main.go")
        let changed = try module.run(["image", "-q", "-p", "linux/amd64", "-o", "oci:changed", "--dist", "other"])
        try changed.check()
        try bash(#"skopeo copy -q --all --dest-tls-verify=false oci:changed "docker://$1:1.0""#, [name])
        let second = try digest()
        #expect(first != second)
        #expect(try reasons(gate(["--format", "json"])) == ["missing"])
        // The summary of the first image copied over to the second.
        let copy =
            #"skopeo copy -q --all --src-tls-verify=false --dest-tls-verify=false "docker://$1:sha256-$2" "docker://$1:sha256-$3""#
        try bash(copy, [name, first, second])
        #expect(try reasons(gate(["--format", "json"])) == ["digest-mismatch"])
        try push(tag: "1.1").check()
        #expect(try gate(tag: "1.1").status == 0)
    }

    /// The predicate of `--predicate`, signed by openssl as another tool would: an older statement about the index alone.
    private func attest(_ change: String, tag: String = "1.0") throws {
        try bash(
            #"""
            jq -c --arg digest "$2" '{_type: "https://in-toto.io/Statement/v0.1",
                predicateType: "https://slsa.dev/verification_summary/v1",
                subject: [{name: "m", digest: {sha256: $digest}}], predicate: (. | '"$3"')}' predicate.json >body
            type=application/vnd.in-toto+json
            { printf 'DSSEv1 %d %s %d ' ${#type} "$type" $(stat -c %s body); cat body; } >pae
            jq -n --arg body "$(base64 -w0 body)" --arg type $type --arg sig "$(openssl dgst -sha256 -sign own.key pae | base64 -w0)" \
                '{mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
                  verificationMaterial: {publicKey: {hint: "x"}, tlogEntries: [{logIndex: "1"}]},
                  dsseEnvelope: {payload: $body, payloadType: $type, signatures: [{sig: $sig}]}}' >bundle.json
            rm -rf layout; mkdir -p layout/blobs/sha256; printf '{"imageLayoutVersion":"1.0.0"}' >layout/oci-layout
            put() { local sum=$(sha256sum "$1" | cut -d' ' -f1); cp "$1" layout/blobs/sha256/$sum
                printf '"digest":"sha256:%s","size":%d' $sum $(stat -c %s "$1"); }
            printf '{}' >empty; type=application/vnd.dev.sigstore.bundle.v0.3+json
            printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"%s",
                "config":{"mediaType":"application/vnd.oci.empty.v1+json",%s},"layers":[{"mediaType":"%s",%s}]}' \
                $type "$(put empty)" $type "$(put bundle.json)" >manifest
            printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
                {"mediaType":"application/vnd.oci.image.manifest.v1+json",%s}]}' "$(put manifest)" >list
            printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json",%s,
                "annotations":{"org.opencontainers.image.ref.name":"t"}}]}' "$(put list)" >layout/index.json
            skopeo copy -q --all --dest-tls-verify=false oci:layout:t "docker://$1:sha256-$2"
            """#, [name, try digest(tag), change])
    }

    @Test func aProofIsRequiredOfEachPlatform() throws {
        try push(["--predicate", "predicate.json"]).check()
        #expect(try gate().status == 1)
        func claim(_ amd64: String, _ arm64: String) -> String {
            #". + {"urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#image-proof/v0.1": {level: "run", platforms: {"#
                + #""linux/amd64": {outcome: "\#(amd64)"}, "linux/arm64": {outcome: "\#(arm64)", by: "qemu-aarch64"}}}}"#
        }
        let table: [(change: String, level: String, reasons: [String])] = [
            (".", "start", ["not-proved", "not-proved"]), (claim("ran", "started"), "start", ["admitted", "admitted"]),
            (claim("ran", "started"), "run", ["admitted", "not-proved"]),
            (claim("still-running", "ran"), "run", ["admitted", "admitted"]),
            (claim("failed", "ran"), "start", ["not-proved", "admitted"]),
        ]
        for (change, level, expected) in table {
            try attest(change)
            let run = try gate(["--require-proof", level, "--format", "json"])
            #expect(try reasons(run) == expected, "\(change) \(level)")
        }
        // Without a requirement, and with a summary that says it did not pass.
        try attest(#".verificationResult = "FAILED""#)
        #expect(try reasons(gate(["--format", "json"])) == ["not-ready", "not-ready"])
        try attest(#".verifiedLevels = ["SLSA_BUILD_LEVEL_3"]"#)
        #expect(try reasons(gate(["--format", "json"])) == ["not-ready", "not-ready"])
        try attest(#".verifier.id = "https://example.com/verifier""#)
        #expect(try reasons(gate(["--format", "json"])) == ["malformed", "malformed"])
    }

    /// The images of all platforms ran, and the summary that the registry has says so; a changed image has no summary.
    @Test(.enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
    func whatRanIsAdmittedAndWhatIsChangedIsNot() throws {
        try push(["--key", "own.key", "--prove=run"]).check()
        let admitted = try gate(["--require-proof", "run", "--format", "json"])
        #expect(try reasons(admitted) == ["admitted", "admitted"], "\(admitted.output)\(admitted.errors)")
        try bash(
            #"""
            skopeo copy -q --override-arch amd64 --src-tls-verify=false "docker://$1" oci:changed:one
            umoci config --image changed:one --config.env GODEBUG=x
            skopeo copy -q --dest-tls-verify=false oci:changed:one "docker://$2"
            """#, ["\(name):1.0", "\(name):changed"])
        let changed = try gate(["--require-proof", "run", "--format", "json"], tag: "changed")
        let refusals = try reasons(changed)
        #expect(changed.status == 1 && !refusals.contains("admitted"), "\(changed.output)")
    }

    @Test func aProofWithoutAKeyIsWrongUsage() throws {
        let run = try module.run(["gate", "--allow-unsigned", "--require-proof", "run", "oci:image"])
        #expect(run.status == 64)
        #expect(run.errors.contains("--require-proof needs --trust"))
    }

    /// A stamp of a file says whether it was proved, too.
    @Test(.enabled(if: Namespaces.arePermitted)) func aProofIsRequiredOfFilesToo() throws {
        func gate() throws -> Execution {
            try module.run(["gate", "--trust", "own.pub", "--require-proof", "start", "dist", "--format", "json"])
        }
        try module.check(["-q", "-p", "linux/amd64", "--key", "own.key"]).check()
        #expect(try reasons(gate()) == ["not-proved"])
        try module.check(["-q", "-p", "linux/amd64", "--key", "own.key", "--prove"]).check()
        #expect(try reasons(gate()) == ["admitted"])
    }

    /// Another tool listed an artifact under the tag before, with or without saying its type.
    @Test(arguments: [false, true]) func entriesOfOthersAreNotLost(hasType: Bool) throws {
        try module.run(["image", "-q", "-p", "linux/amd64,linux/arm64"]).check()
        try bash(#"skopeo copy -q --all --dest-tls-verify=false oci:image "docker://$1:1.0""#, [name])
        let tag = "sha256-\(try digest())"
        let type = hasType ? #","artifactType":"application/example""# : ""
        let list =
            #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":["#
            + #"{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"DIGEST","size":SIZE\#(type),"annotations":{"a":"b"}}]}"#
        try bash(
            #"""
            manifest=$(skopeo inspect --raw --tls-verify=false "docker://$1:1.0" | jq -c '.manifests[0] | {digest, size}')
            list=${3/DIGEST/$(jq -r .digest <<<$manifest)}; list=${list/SIZE/$(jq -r .size <<<$manifest)}
            curl -fsS --noproxy '*' -X PUT -H 'Content-Type: application/vnd.oci.image.index.v1+json' \
                --data-binary "$list" "http://${1%%/*}/v2/${1#*/}/manifests/$2"
            """#, [name, tag, list])
        let run = try push()
        let entries = try #require(try raw(tag)["manifests"] as? [[String: Any]])
        let other = try #require(entries.first { ($0["annotations"] as? [String: String]) == ["a": "b"] })
        #expect(other["artifactType"] as? String == (hasType ? "application/example" : nil))
        // Old releases of skopeo cannot keep the type, and then nothing is added.
        #expect(entries.count == (run.status == 0 ? 2 : 1))
        if run.status != 0 {
            #expect(hasType && run.status == 2)
            #expect(run.errors.contains("has entries of other tools"))
        }
    }

    @Test func theLayoutAndTheArchiveHaveTheSummaryToo() throws {
        try module.commit()
        func image(_ arguments: [String]) throws {
            try module.run(
                ["image", "-q", "-p", "linux/amd64", "-o", "oci:image", "-o", "oci-archive:a.tar"] + arguments
            )
            .check()
        }
        try image(["--key", "own.key"])
        for place in ["oci:image", "oci-archive:a.tar"] {
            let run = try module.run(["gate", "--trust", "own.pub", place])
            #expect(run.status == 0 && run.output.contains("admitted (summary "), "\(run.output)")
        }
        try Execution("skopeo", ["inspect", "oci:image"], in: module.folder.url).check()
        // git does not see what is in the layout, so the next build is that of the same commit.
        #expect(try bash("git status --porcelain -- image") == "")
        // The summary of an image that was replaced does not stay.
        try image([])
        #expect(!module.holds("image/summary.sigstore.json") && !module.holds("a.tar.sigstore.json"))
        #expect(try module.run(["gate", "--trust", "own.pub", "oci:image"]).status == 1)
    }

    /// With stamped binaries and the key on the command line, as in a job that packages what another job has built.
    @Test func stampedBinariesBecomeASignedImage() throws {
        try module.check(["-q", "-p", "linux/amd64", "--key", "own.key"]).check()
        let image = try module.run(["image", "-q", "--from", "dist", "--trust", "own.pub", "--key", "other.key"])
        try image.check()
        #expect(try module.run(["gate", "--trust", "other.pub", "oci:image"]).status == 0)
        #expect(try module.run(["gate", "--trust", "own.pub", "oci:image"]).status == 1)
    }

    /// crane and oras list artifacts by themselves, so each is handed over by its digest, and no list is written over.
    @Test(arguments: [
        ("crane", "push --index [^ ]*/image example.com/m:1.0", "push [^ ]* example.com/m@sha256:[0-9a-f]{64}"),
        (
            "oras", "cp --from-oci-layout [^ ]*/image:1.0 example.com/m:1.0",
            "cp --from-oci-layout [^ ]*:artifact example.com/m@sha256:[0-9a-f]{64}"
        ),
    ])
    func otherToolsGetEachArtifactByItsDigest(tool: String, image: String, artifact: String) throws {
        try module.check(["-q", "-p", "linux/amd64", "--key", "own.key"]).check()
        try module.folder.write("#!/bin/bash\nprintf '%s\\n' \"$*\" >>'\(module.path("calls"))'\n", to: "bin/\(tool)")
        try bash("chmod +x bin/*")
        let run = try module.run(
            ["image", "-q", "--from", "dist", "--trust", "own.pub", "--key", "own.key", "--push", "example.com/m:1.0"],
            environment: ["PATH": module.path("bin")])
        #expect(run.status == 0, "\(run.errors)")
        // The image; summary, stamp and bill of materials of the platform; the summary of the index.
        try bash(#"[ "$(wc -l <calls)" = 5 ] && head -1 calls | grep -qxE "$1""#, [image])
        try bash(#"! tail -n +2 calls | grep -vxE "$1""#, [artifact])
    }

    /// A registry in front of the registry: it has the referrers API, asks for a token, and hides the tags of the fallback.
    private static let proxy = """
        import http.server, json, sys, urllib.request, urllib.error
        upstream = sys.argv[1]
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path, _, query = self.path.partition('?')
                if path == '/token':
                    assert query == 'scope=repository%3Ateam%2Fm%3Apull&service=here', query
                    return self.answer(200, json.dumps({'token': 'open'}).encode())
                if '/manifests/sha256-' in path: return self.answer(404, b'{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
                if '/referrers/' in path:
                    if self.headers.get('Authorization') != 'Bearer open':
                        realm = f'http://{self.headers["Host"]}/token'
                        return self.answer(401, b'', {'WWW-Authenticate': f'Bearer realm="{realm}",service="here"'})
                    subject = path.split('/')[-1]
                    accept = {'Accept': 'application/vnd.oci.image.index.v1+json'}
                    tag = subject.replace(':', '-')
                    list = json.load(urllib.request.urlopen(urllib.request.Request(f'{upstream}/v2/team/m/manifests/{tag}', headers=accept)))
                    for entry in list['manifests']: entry['artifactType'] = 'application/vnd.dev.sigstore.bundle.v0.3+json'
                    return self.answer(200, json.dumps(list).encode())
                self.forward()
            do_HEAD = lambda self: self.forward()
            def forward(self):
                request = urllib.request.Request(upstream + self.path, method=self.command)
                for name in ('Accept', 'Range'):
                    for value in self.headers.get_all(name, []): request.add_header(name, value)
                accepted = ', '.join(self.headers.get_all('Accept', []))
                if accepted: request.add_header('Accept', accepted)
                try: reply = urllib.request.urlopen(request)
                except urllib.error.HTTPError as error: reply = error
                self.answer(reply.status, reply.read(), dict(reply.headers))
            def answer(self, status, body, headers={}):
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in ('content-length', 'transfer-encoding', 'connection', 'date', 'server'): self.send_header(name, value)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                if self.command != 'HEAD': self.wfile.write(body)
            def log_message(self, *words): pass
        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    @Test func aRegistryWithTheInterfaceIsAsked() throws {
        try push().check()
        let server = Process()
        let output = Pipe()
        server.executableURL = URL(filePath: "/usr/bin/env")
        server.arguments = ["python3", "-c", Self.proxy, "http://\(registry.host)"]
        server.environment = ProcessInfo.processInfo.environment.merging(["no_proxy": "*"]) { $1 }
        server.standardOutput = output
        try server.start()
        defer { kill(server.processIdentifier, SIGKILL) }
        let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).filter(\.isNumber)
        func gate(_ environment: [String: String] = [:]) throws -> Execution {
            try module.run(
                [
                    "gate", "--trust", "own.pub", "--insecure", "--format", "json",
                    "docker://127.0.0.1:\(port)/team/m:1.0",
                ],
                environment: environment.merging(["no_proxy": "*"]) { $1 })
        }
        let run = try gate()
        #expect(try reasons(run) == ["admitted", "admitted"], "\(run.output)\(run.errors)")
        // Without curl the tag alone counts, and this registry hides it.
        try bash("mkdir bin && ln -s $(command -v skopeo) bin/skopeo")
        #expect(try reasons(gate(["PATH": module.path("bin")])) == ["missing", "missing"])
    }
}
