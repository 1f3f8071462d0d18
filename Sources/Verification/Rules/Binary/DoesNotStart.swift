extension Rule {
    /// What the kernel itself did, if it was tried (--prove).
    static let doesNotStart = Rule(
        RuleDocument(
            identifier: "does-not-start", level: .error,
            summary: "The file did not start when it was tried",
            rationale:
                "What counts in the container is what the kernel does.",
            detection:
                "With --prove the file is started alone in an empty root of its own, and stopped before its first "
                + "instruction; with --prove=run it runs. An image is started in its own root, read-only, as its user, "
                + "without capabilities. exec must succeed, no signal may kill it, and a run must end "
                + "with 0 or still be going when its time is up.",
            limits:
                "Files for which there is neither this machine nor an emulator (qemu-user), and machines that do not "
                + "permit namespaces: those files are reported as not proved. A start alone does not show what happens "
                + "after the first instruction.",
            remedy:
                "Read the other findings for the file. If there are none, run it with strace in an empty root.",
            reference: "execve(2); ptrace(2), PTRACE_TRACEME"),
        reads: Proof.self, Surroundings?.self
    ) { proof, image in
        guard proof.outcome == .refused || proof.outcome == .failed else { return [] }
        let message: Finding.Message =
            switch (proof.outcome, image == nil) {
            case (.refused, true): "it does not start in an empty root: it was tried"
            case (.refused, false): "the image does not start: it was tried, as its user"
            case (_, true): "it fails in an empty root: it was tried"
            case (_, false): "the image starts and fails: it was tried, as its user"
            }
        let evidence = [proof.detail, proof.by.map { "by \($0)" }].compactMap { $0 }
        return [.init(message, evidence: evidence.joined(separator: ", "))]
    }
}

extension Rule {
    /// What a running container did not answer (--prove=run --probe).
    static let doesNotAnswer = Rule(
        RuleDocument(
            identifier: "does-not-answer", level: .error,
            summary: "The image started, and did not answer",
            rationale:
                "A service that does not answer never becomes ready: the cluster waits, and then starts it again.",
            detection:
                "With --prove=run the image runs in its own root, as its user. Each --probe is asked from inside its "
                + "network until it answers or --probe-timeout is over.",
            limits:
                "The container has no network but its own. A program that waits for a database cannot become ready.",
            remedy:
                "Check that the port and the path are those of the probe, and that the program listens on all addresses.",
            reference: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"),
        reads: Proof.self, Answers.self
    ) { proof, answers in
        answers.all.filter { $0.failure != nil }.map { answer in
            .init(
                "it does not answer \(answer.probe)",
                evidence: "\(answer.failure ?? ""), after \(answer.milliseconds) ms, by \(proof.by ?? "linux")")
        }
    }

    /// A running container that does not end when it is asked to (--prove=run).
    static let doesNotStop = Rule(
        RuleDocument(
            identifier: "does-not-stop", level: .error,
            summary: "The image does not end when it is asked to",
            rationale:
                "An engine asks a container to end with its stop signal and kills it when the time is over: each "
                + "deployment takes that time, and requests that were not finished are lost.",
            detection:
                "With --prove=run the stop signal of the image (default: SIGTERM) is sent to the program once it has "
                + "answered all probes. It must end within --stop-timeout, with any code.",
            limits: "A program that is started by a shell script does not get the signal, unless the script uses exec.",
            remedy: "Handle the signal (signal.NotifyContext in Go), and end when it comes.",
            reference: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"),
        reads: Proof.self, Proof.Stop.self
    ) { proof, stop in
        guard stop.ending == nil else { return [] }
        return [
            .init(
                "it does not end after \(stop.signal): it would be killed",
                evidence: "still running after \(stop.milliseconds) ms, by \(proof.by ?? "linux")")
        ]
    }
}
