import Attestation

/// A JSON document of an image.
protocol ImageDocument: Decodable {
    /// The keys that any reader of the document knows: to programs in Go, the same in other cases are the same keys.
    static var shape: JSONShape { get }
    /// What the document is called in errors.
    static var kind: String { get }
    /// Keys of other kinds of documents, which clients would take it for
    /// (https://github.com/opencontainers/image-spec/security/advisories/GHSA-77vh-xpmg-72qh).
    static var foreignKeys: Set<String> { get }
    /// Whether the document is of the form that it says it has.
    var isOfKnownForm: Bool { get }
}

extension ImageDocument {
    static var foreignKeys: Set<String> { [] }
    var isOfKnownForm: Bool { true }
}

extension Descriptor {
    static let shape = JSONShape.keys("mediaType", "digest", "size", "urls", "data", "artifactType").with([
        "annotations": .map(.any),
        "platform": .keys("os", "architecture", "variant", "os.version", "os.features", "features"),
    ])
}

extension ImageIndex: ImageDocument {
    static let shape = JSONShape.keys("schemaVersion", "mediaType", "artifactType").with([
        "manifests": .list(Descriptor.shape), "subject": Descriptor.shape, "annotations": .map(.any),
        "config": .any, "layers": .any, "fsLayers": .any,
    ])
    static let kind = "an image index"
    static let foreignKeys: Set = ["config", "layers", "fsLayers"]
    /// "This REQUIRED property … MUST be 2" (image-index.md).
    var isOfKnownForm: Bool { schemaVersion == 2 }
}

extension ImageManifest: ImageDocument {
    static let shape = JSONShape.keys("schemaVersion", "mediaType", "artifactType").with([
        "config": Descriptor.shape, "layers": .list(Descriptor.shape), "subject": Descriptor.shape,
        "annotations": .map(.any), "manifests": .any, "fsLayers": .any,
    ])
    static let kind = "an image manifest"
    static let foreignKeys: Set = ["manifests", "fsLayers"]
    /// The same in manifest.md.
    var isOfKnownForm: Bool { schemaVersion == 2 }
}

extension ImageConfiguration: ImageDocument {
    /// With the keys of Docker (https://github.com/moby/docker-image-spec/blob/main/spec.md).
    static let shape = JSONShape.keys(
        "created", "author", "architecture", "os", "os.version", "os.features", "variant", "id", "parent", "comment",
        "container", "docker_version", "Size"
    ).with([
        "config": execution, "container_config": execution,
        "rootfs": .keys("type", "diff_ids"),
        "history": .list(.keys("created", "created_by", "author", "comment", "empty_layer")),
    ])
    private static let execution = JSONShape.keys(
        "User", "Env", "Entrypoint", "Cmd", "WorkingDir", "StopSignal", "StopTimeout", "ArgsEscaped", "Hostname",
        "Domainname", "AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce", "Image",
        "NetworkDisabled", "MacAddress", "OnBuild", "Shell", "Memory", "MemorySwap", "CpuShares"
    ).with([
        "ExposedPorts": .map(.any), "Volumes": .map(.any), "Labels": .map(.any),
        "Healthcheck": .keys("Test", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"),
    ])
    static let kind = "an image configuration"
    /// Readers must refuse any other type (config.md, rootfs).
    var isOfKnownForm: Bool { rootfs.type == "layers" }
}

extension LayoutMarker: ImageDocument {
    static let shape = JSONShape.keys("imageLayoutVersion")
    static let kind = "an image layout's version"
}

/// `manifest.json`, a list of images.
extension [DockerManifest]: ImageDocument {
    static var shape: JSONShape {
        .list(.keys("Config", "RepoTags", "Layers", "Parent").with(["LayerSources": .map(Descriptor.shape)]))
    }
    static var kind: String { "a list of images" }
}
