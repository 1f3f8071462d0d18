import Dockerfiles
import Testing

@Suite struct DockerfileTests {
    @Test(arguments: [
        ("", "missing FROM"), ("ARG A\n", "missing FROM"),
        ("RUN x\n", "line 1: RUN must not be before the first FROM: only ARG may"),
        ("FROM\n", "line 1: FROM has no image name"),
        ("FROM a\n\n9 b\n", "line 3: '9' is not an instruction"),
        ("FROM scratch\nCOPY <<EOF /a\ntext\n", "line 2: the here-document <<EOF has no end: add a line 'EOF'"),
    ])
    func aTextThatIsNotADockerfileIsAnErrorWithItsLine(text: String, message: String) {
        #expect { try Dockerfile(text) } throws: { "\($0)" == message }
    }
}
