import Dockerfiles
import Testing

/// What the go command sees in a RUN. Expectations: POSIX.1-2017, Shell Command Language, and `go help environment`.
@Suite struct GoBuildTests {
    /// The go builds of a stage.
    private func builds(_ run: String, image: String = "golang:1.22") throws -> [GoBuild] {
        let file = try Dockerfile("FROM \(image) AS b\n\(run)\nFROM scratch\nCOPY --from=b /app /app\n")
        return try file.finalImage(target: nil).goBuilds
    }

    @Test(arguments: [
        ("RUN CGO_ENABLED=0 go build", "0"), ("RUN CGO_ENABLED=0 go vet; go build", nil),
        ("RUN A=b CGO_ENABLED=\"0\" go build", "0"),
        ("RUN export CGO_ENABLED=0 && go build", "0"), ("RUN CGO_ENABLED=0; export CGO_ENABLED; go build", "0"),
        ("RUN CGO_ENABLED=0; go build", nil), ("ENV CGO_ENABLED=1\nRUN CGO_ENABLED=0; go build", "0"),
        ("RUN (export CGO_ENABLED=0); go build", nil), ("RUN (export CGO_ENABLED=0; go build)", "0"),
        ("RUN { export CGO_ENABLED=0; }; go build", "0"), ("RUN env -i CGO_ENABLED=0 go build", "0"),
        ("RUN unset CGO_ENABLED; go build", nil), ("ENV CGO_ENABLED=0\nRUN unset CGO_ENABLED; go build", nil),
        ("RUN go env -w CGO_ENABLED=0\nRUN go build", "0"),
        ("RUN go env -w CGO_ENABLED=0\nRUN CGO_ENABLED=1 go build", "1"),
        ("RUN go env -w CGO_ENABLED=0 && go env -u CGO_ENABLED && go build", nil),
        ("RUN export CGO_ENABLED=0\nRUN go build", nil), ("RUN # CGO_ENABLED=0\nRUN go build", nil),
        ("RUN sh -c 'export CGO_ENABLED=0'; go build", nil), ("RUN CGO_ENABLED=0 bash -euxc 'time go build'", "0"),
        ("RUN <<EOF\nset -e\nexport CGO_ENABLED=0 # off\ngo build\nEOF", "0"),
        ("RUN sh <<EOF\nCGO_ENABLED=0 go build\nEOF", "0"),
        ("RUN cat <<EOF > x && go build\nexport CGO_ENABLED=0\nEOF", nil), ("RUN X=0 && CGO_ENABLED=$X go build", "0"),
        ("RUN CGO_ENABLED=${X:-0} go build", nil), ("ARG X=\nRUN CGO_ENABLED=${X:-0} go build", "0"),
        ("RUN echo 'CGO_ENABLED=0' && go build", nil), ("RUN set -a; CGO_ENABLED=0; go build", "0"),
        ("RUN cd /src && CGO_ENABLED=0 \\\n  go build", "0"), ("RUN declare -x CGO_ENABLED=0; go build", "0"),
        ("RUN if true; then CGO_ENABLED=0 go build; fi", "0"),
        ("RUN CGO_ENABLED=0 /usr/local/go/bin/go -C x install .", "0"),
        ("RUN for a in 1 2; do CGO_ENABLED=0 go build ./$a || exit 1; done", "0"),
    ])
    func cgoIsWhatTheShellPassesOn(run: String, expected: String?) throws {
        let builds = try builds(run)
        #expect(builds.count == 1)
        #expect(builds.first?.cgo?.value.text == expected, "\(run)")
    }

    @Test(arguments: [
        "ARG X\nRUN CGO_ENABLED=$X go build", "RUN export CGO_ENABLED=$(cat x); go build",
        "RUN [ -z \"$A\" ] && export CGO_ENABLED=1; go build", "RUN true || export CGO_ENABLED=1; go build",
        "RUN case $A in x) export CGO_ENABLED=1;; *) export CGO_ENABLED=0;; esac; go build",
        "ARG CGO_ENABLED\nRUN go build",
    ])
    func whatDependsOnTheBuilderIsUnknown(run: String) throws {
        #expect(try builds(run).first?.cgo?.value == .unknown)
    }

    @Test(arguments: [
        "RUN echo go build", "RUN go install example.com/tool@latest", "RUN echo 'go build'",
        "RUN cat <<EOF > x\ngo build\nEOF",
        "RUN # go build", "RUN go test ./...", "RUN GOOS=windows go build", "ENV GOOS=js\nRUN go build",
        "RUN make # go build",
        "SHELL [\"python3\", \"-c\"]\nRUN go build", "RUN <<EOF\n#!/usr/bin/env python3\ngo build\nEOF",
    ])
    func otherCommandsBuildNothingForLinux(run: String) throws { #expect(try builds(run).isEmpty) }

    @Test(
        arguments: [
            ("go build -ldflags '-linkmode=external -extldflags \"-static\"' .", .always),
            ("go build -ldflags \"-s -w -linkmode external -extldflags '-lm -static'\" .", .always),
            ("CGO_LDFLAGS=-static go build .", .always), ("CC='zig cc -target x86_64-linux-musl' go build .", .always),
            ("CC='zig cc' go build .", .never), ("CC=x86_64-linux-musl-gcc go build .", .never),
            ("go build -ldflags '-extldflags \"-static\"' .", .ifItImportsC),
            ("go build -ldflags=-extldflags=-static .", .ifItImportsC),
            ("go build -ldflags '-linkmode=internal -extldflags=-static' .", .ifItImportsC),
            ("go build -ldflags \"-extldflags \\\"-static\\\"\"", .ifItImportsC),
            ("GOFLAGS='-ldflags=-extldflags=-static' go build .", .ifItImportsC),
            ("GOFLAGS='-ldflags=-extldflags=-static' go build -ldflags=-s .", .never),
            ("go build -ldflags '-extldflags=-static -extldflags=-lm' .", .never),
            ("go build -tags netgo,osusergo .", .ifNothingElseUsesC), ("go build -tags netgo .", .never),
            ("go build -o file-static .", .never), ("go build -ldflags '-X main.a=-static' .", .never),
            ("go build -tags static .", .never), ("go build . # -static", .never),
            ("echo -static && go build .", .never),
            ("go build -ldflags \"-X main.v=${VERSION}\" .", .never), ("go build -o /app $PACKAGE", .never),
            ("go build -ldflags \"$LDFLAGS\" .", .unknown), ("go build $FLAGS .", .unknown),
            ("go build -ldflags \"-s -extldflags $X\" .", .unknown),
            ("go build -ldflags \"$X -extldflags -static\" .", .unknown),
        ] as [(String, Linking)])
    func onlyFlagsForTheLinkerLinkStatically(command: String, expected: Linking) throws {
        #expect(try builds("RUN " + command).first?.linking == expected, "\(command)")
    }

    @Test(arguments: [
        ("go build -buildmode=pie .", true), ("go build -buildmode pie .", true), ("go build -buildmode=exe .", false),
        ("GOFLAGS=-buildmode=pie go build .", true), ("GOFLAGS=-buildmode=pie go build -buildmode=exe .", false),
        ("go build -tags pie .", false),
    ]) func theBuildModeMayBePIE(command: String, expected: Bool) throws {
        #expect(try builds("RUN " + command).first?.isPIE == expected, "\(command)")
    }

    @Test(arguments: [
        ("RUN go build -o /app .", "/app"), ("WORKDIR /src\nRUN go build -o bin/app .", "/src/bin/app"),
        ("WORKDIR /src\nRUN cd x && go build -o ../app .", "/src/app"), ("RUN go build -o /bin/ .", nil),
        ("RUN go build .", nil),
        ("ARG N=a\nRUN go build -o /$N .", "/a"), ("ARG N\nRUN go build -o /$N .", nil),
    ])
    func theOutputIsAnAbsolutePath(run: String, expected: String?) throws {
        #expect(try builds(run).first?.output == expected)
    }
}
