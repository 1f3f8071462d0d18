import Dockerfiles
import Testing

@Suite struct DockerfileTests {
    @Test(arguments: [
        ("", "FROM is missing"), ("ARG A\n", "FROM is missing"),
        ("RUN x\n", "line 1: RUN stands before the first FROM"), ("FROM\n", "line 1: FROM names no image"),
        ("FROM a\n\n9 b\n", "line 3: '9' is not an instruction"),
        ("FROM scratch\nCOPY <<EOF /a\ntext\n", "line 2: the document <<EOF has no end"),
    ])
    func aTextThatIsNotADockerfileIsAnErrorWithItsLine(text: String, message: String) {
        #expect { try Dockerfile(text) } throws: { "\($0)" == message }
    }
}
