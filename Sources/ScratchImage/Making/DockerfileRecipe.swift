public import Verification

/// The Dockerfile for a program. One stage compiles and verifies the program, the final stage holds nothing else.
public struct DockerfileRecipe: Sendable {
    /// The program's name.
    public var program: String
    /// The package, relative to the root of the module: `./cmd/app`.
    public var package: String
    /// The version of Go that compiles the program, `1.27.3`.
    public var goVersion: String
    /// Whether the dependencies are in `vendor/`.
    public var isVendored: Bool
    /// Whether modules can be downloaded before the sources are copied: go.mod alone names them all.
    public var downloadsFirst = true
    /// The files that the program looks for at run time.
    public var needs: Set<RuntimeNeed>
    /// The user that the program runs as.
    public var user: UserNumbers
    /// The ports that the program listens on.
    public var ports: [String]
    /// The flags of `go build`, as words of a shell.
    public var flags: [String]
    /// Names of arguments of the image's build that the flags use.
    public var arguments: [String] = []
    /// An image that holds staticcheck at `/staticcheck`; nil leaves the verification out.
    public var toolImage: PinnedReference?
    /// How the container is asked whether it works; nil leaves that out.
    public var health: Health?

    /// Makes a recipe.
    public init(
        program: String, package: String, goVersion: String, isVendored: Bool, needs: Set<RuntimeNeed>,
        user: UserNumbers, ports: [String], flags: [String], toolImage: PinnedReference?
    ) {
        self.program = program
        self.package = package
        self.goVersion = goVersion
        self.isVendored = isVendored
        self.needs = needs
        self.user = user
        self.ports = ports
        self.flags = flags
        self.toolImage = toolImage
    }

    /// The text of the Dockerfile.
    public var text: String {
        [head, buildStage, finalStage].joined(separator: "\n")
    }

    private var head: String {
        """
        # syntax=docker/dockerfile:1
        # Made by staticcheck dockerfile. Every platform at once:
        #   docker buildx build --platform linux/amd64,linux/arm64 -t \(program.lowercased()) .
        ARG GO_VERSION=\(goVersion)
        \(toolStage)
        """
    }

    private var toolStage: String {
        guard let toolImage else { return "" }
        return """
            # An image that holds staticcheck at /staticcheck, to verify what was built.
            ARG SCRATCHCHECK_IMAGE=\(toolImage)

            FROM --platform=$BUILDPLATFORM ${SCRATCHCHECK_IMAGE} AS staticcheck

            """
    }

    private var buildStage: String {
        let modules =
            isVendored || !downloadsFirst
            ? ""
            : """
            # The modules first: they change less often than the sources.
            COPY go.mod go.sum* ./
            RUN --mount=type=cache,target=/go/pkg/mod go mod download

            """
        let mounts =
            (isVendored ? [] : ["--mount=type=cache,target=/go/pkg/mod"])
            + ["--mount=type=cache,target=/root/.cache/go-build"]
        let words = ["go build"] + flags + ["-o /out/\(program)", package]
        return """
            FROM --platform=$BUILDPLATFORM golang:${GO_VERSION} AS build
            ARG TARGETPLATFORM
            ARG TARGETOS
            ARG TARGETARCH
            ARG TARGETVARIANT
            \(arguments.map { "ARG \($0)=unknown\n" }.joined())WORKDIR /src
            \(modules)COPY . .
            \(health?.sourceInstruction ?? "")RUN \(mounts.joined(separator: " \\\n    ")) \\
                case "$TARGETARCH" in \\
                    arm) export GOARM="${TARGETVARIANT#v}" ;; \\
                    amd64) export GOAMD64="$TARGETVARIANT" ;; \\
                esac \\
                && CGO_ENABLED=0 GOOS="$TARGETOS" GOARCH="$TARGETARCH" \\
                    \(words.joined(separator: " "))\(health?.buildCommand ?? "")
            \(verification)# What the program finds in its root.
            RUN \(rootCommands.joined(separator: " \\\n    && "))

            """
    }

    private var verification: String {
        guard toolImage != nil else { return "" }
        return """
            # What is not static, or for another platform, ends the build here; /image holds the very bytes that were verified.
            COPY --from=staticcheck /staticcheck /usr/local/bin/staticcheck
            RUN staticcheck verify --platform "$TARGETPLATFORM" --stamp \(added.map { "/out/\($0)" }.joined(separator: " ")) \\
                && staticcheck gate --allow-unsigned --require "$TARGETPLATFORM" --copy-to /image /out

            """
    }

    /// The names of all programs that are compiled.
    private var added: [String] { [program] + (health?.source == nil ? [] : [Health.program]) }

    /// Whether the root has a folder where the program would be, or a runtime mounts one there.
    public var hidesProgram: Bool {
        let folders =
            ["etc"] + (needs.contains(.temporaryFiles) ? ["tmp"] : []) + (needs.contains(.timeZones) ? ["usr"] : [])
        return folders.contains(program) || RuntimeMount.over("/" + program) != nil
    }

    private var rootCommands: [String] {
        func lines(_ text: String) -> String { text.split(separator: "\n").map { "'\($0)'" }.joined(separator: " ") }
        var commands = [
            "mkdir -p /rootfs/etc",
            "printf '%s\\n' \(lines(RootFiles.passwd(user))) > /rootfs/etc/passwd",
            "printf '%s\\n' \(lines(RootFiles.group(user))) > /rootfs/etc/group",
        ]
        if needs.contains(.nameService) { commands.append("echo 'hosts: files dns' > /rootfs/etc/nsswitch.conf") }
        if needs.contains(.temporaryFiles) { commands.append("mkdir -m 1777 /rootfs/tmp") }
        return commands
    }

    private var finalStage: String {
        var lines = ["FROM scratch", "COPY --from=build /rootfs/ /"]
        if needs.contains(.certificates) {
            lines.append("COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/")
        }
        if needs.contains(.timeZones) {
            lines += [
                "COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /usr/share/",
                "ENV ZONEINFO=/usr/share/zoneinfo.zip",
            ]
        }
        let folder = toolImage == nil ? "out" : "image"
        lines += added.map { "COPY --from=build /\(folder)/\($0) /\($0)" } + ["USER \(user)"]
        lines += ports.map { "EXPOSE \($0)" }
        lines += health.map { [$0.instruction()] } ?? []
        lines.append("ENTRYPOINT [\"/\(program)\"]")
        return lines.map { $0 + "\n" }.joined()
    }

    /// The .dockerignore: keeps files out of the build context that change without the sources, that are built from them, and keys.
    ///
    /// Of the folders `dist` and `image` it names what staticcheck writes there. A package, or files for `//go:embed`, may be in
    /// a folder of that name too.
    public static let ignored = """
        .git
        dist/linux
        image/blobs
        image/index.json
        image/oci-layout
        Dockerfile
        .dockerignore
        *.key

        """
}
