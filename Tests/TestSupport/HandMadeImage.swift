import Foundation

/// Images made by Python's own tarfile, entry by entry, as no tool for images would make them.
public struct HandMadeImage: Sendable {
    private static let script = #"""
        import gzip, hashlib, io, json, os, sys, tarfile
        spec, folder = json.load(open(sys.argv[1])), sys.argv[2]
        blobs = os.path.join(folder, "blobs", "sha256")
        os.makedirs(blobs)
        def put(data):
            digest = hashlib.sha256(data).hexdigest()
            open(os.path.join(blobs, digest), "wb").write(data)
            return "sha256:" + digest
        def layer(entries):
            out = io.BytesIO()
            tar = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT)
            for entry in entries:
                info = tarfile.TarInfo(entry["name"])
                info.mode = entry.get("mode", 0o755)
                info.pax_headers = entry.get("pax", {})
                info.uid, info.gid = entry.get("owner", 0), entry.get("owner", 0)
                data = None
                if "link" in entry: info.type, info.linkname = tarfile.SYMTYPE, entry["link"]
                elif "hard" in entry: info.type, info.linkname = tarfile.LNKTYPE, entry["hard"]
                elif entry.get("folder"): info.type = tarfile.DIRTYPE
                elif "kind" in entry: info.type = getattr(tarfile, entry["kind"])
                else:
                    data = open(entry["file"], "rb").read() if "file" in entry else entry.get("text", "").encode()
                    info.size = len(data)
                tar.addfile(info, io.BytesIO(data) if data is not None else None)
            tar.close()
            return out.getvalue()
        manifests = []
        for image in spec:
            system, architecture, *variant = image["platform"].split("/")
            platform = {"os": system, "architecture": architecture}
            if variant: platform["variant"] = variant[0]
            layers, diffs = [], []
            for entries in image["layers"]:
                plain = layer(entries)
                stored = gzip.compress(plain) if image.get("gzip", True) else plain
                kind = "application/vnd.oci.image.layer.v1.tar" + ("+gzip" if image.get("gzip", True) else "")
                layers.append({"mediaType": kind, "digest": put(stored), "size": len(stored)})
                diffs.append("sha256:" + hashlib.sha256(plain).hexdigest())
            config = dict(platform, config=dict(image["config"], **{"@": ""}), rootfs={"type": "layers", "diff_ids": diffs})
            config.update(image.get("claims", {}))
            data = json.dumps(config).replace('"@": ""', image.get("keys", '"@": ""')).encode()
            manifest = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": put(data), "size": len(data)},
                "layers": layers}).encode()
            manifests.append({"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": put(manifest),
                "size": len(manifest), "platform": platform})
        index = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": manifests}).encode()
        json.dump({"schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.index.v1+json",
            "digest": put(index), "size": len(index)}]}, open(os.path.join(folder, "index.json"), "w"))
        json.dump({"imageLayoutVersion": "1.0.0"}, open(os.path.join(folder, "oci-layout"), "w"))
        """#

    /// An entry of a layer: a file of this machine, a text, a link, a folder.
    public struct Entry: Sendable, Encodable {
        let name: String
        var file: String?
        var text: String?
        var link: String?
        var hard: String?
        var folder: Bool?
        var mode: Int?
        var pax: [String: String]?
        var kind: String?
        var owner: Int?

        /// Its path in the layer.
        public var path: String { "/" + name }

        /// A copy of a file of this machine.
        public static func file(_ name: String, _ file: String, mode: Int = 0o555) -> Entry {
            Entry(name: name, file: file, mode: mode)
        }
        /// A file with a text.
        public static func text(_ name: String, _ text: String = "", mode: Int = 0o644) -> Entry {
            Entry(name: name, text: text, mode: mode)
        }
        /// The entry with an extended header of its own.
        public func with(pax: [String: String]) -> Entry {
            var entry = self
            entry.pax = pax
            return entry
        }
        /// The entry with an owner, who is also its group.
        public func owned(by owner: Int) -> Entry {
            var entry = self
            entry.owner = owner
            return entry
        }
        /// A pipe or a device, by the name that Python's tarfile has for it: `FIFOTYPE`.
        public static func special(_ name: String, _ kind: String, mode: Int = 0o666) -> Entry {
            Entry(name: name, mode: mode, kind: kind)
        }
        /// A symbolic link.
        public static func link(_ name: String, _ target: String) -> Entry { Entry(name: name, link: target) }
        /// A hard link.
        public static func hard(_ name: String, _ target: String) -> Entry { Entry(name: name, hard: target) }
        /// A folder.
        public static func folder(_ name: String, mode: Int = 0o755) -> Entry {
            Entry(name: name, folder: true, mode: mode)
        }
    }

    /// One platform's image.
    public struct Platform: Sendable, Encodable {
        let platform: String
        let layers: [[Entry]]
        let config: Configuration
        var claims: [String: String]?
        var gzip: Bool?
        var keys: String?

        /// What a container runs.
        public struct Configuration: Sendable, Encodable {
            var entrypoint: [String]?
            var user: String?
            var env: [String]?
            var workingDir: String?

            enum CodingKeys: String, CodingKey {
                case entrypoint = "Entrypoint"
                case user = "User"
                case env = "Env"
                case workingDir = "WorkingDir"
            }
        }

        /// Describes an image.
        ///
        /// - Parameters:
        ///   - claims: What the configuration says in place of the truth.
        ///   - keys: More of the JSON of what a container runs, as it stands: `"user": "0"`.
        public init(
            _ layers: [[Entry]], on platform: String = "linux/amd64", entrypoint: [String]? = ["/app"],
            user: String? = "65532", env: [String]? = nil, workingDir: String? = nil, claims: [String: String]? = nil,
            gzip: Bool? = nil, keys: String? = nil
        ) {
            self.platform = platform
            self.layers = layers
            config = Configuration(entrypoint: entrypoint, user: user, env: env, workingDir: workingDir)
            self.claims = claims
            self.gzip = gzip
            self.keys = keys
        }
    }

    /// The folder in which the layout lies.
    public let folder: TemporaryFolder
    /// As the command line names it.
    public var name: String { "oci:" + path }
    /// The layout.
    public var path: String { folder.url.appending(path: "image").path }

    /// Makes the layout.
    public init(_ platforms: [Platform]) throws {
        folder = try TemporaryFolder()
        let text = String(decoding: try JSONEncoder().encode(platforms), as: UTF8.self)
        let specification = try folder.write(text, to: "specification.json")
        try Python.run(HandMadeImage.script, [specification.path, path])
    }

    /// Has the built program verify it.
    ///
    /// - Returns: The verdict and the rules of errors and warnings, for each platform.
    public func verdicts(_ arguments: [String] = []) throws -> [String: Verdict] {
        let result = try Execution(Checkout.program, ["verify", "--format", "json", name] + arguments)
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        return Dictionary(
            report.binaries.map { binary in
                let rules = binary.findings.filter { $0.level != "note" }.map(\.rule)
                return (binary.platform ?? "", Verdict(word: binary.verdict, rules: Set(rules), path: binary.path))
            }
        ) { first, _ in first }
    }

    /// What was decided of one platform.
    public struct Verdict: Sendable {
        /// `ready`, `not-ready`.
        public let word: String
        /// The rules of errors and warnings.
        public let rules: Set<String>
        /// What was judged.
        public let path: String
    }

    private struct Report: Decodable {
        let binaries: [Binary]

        struct Binary: Decodable {
            let path: String
            let platform: String?
            let verdict: String
            let findings: [Finding]
        }

        struct Finding: Decodable {
            let rule: String
            let level: String
        }
    }
}
