import ArgumentParser
import Foundation
import TestSupport

/// Compares the files that are read of odd images with those that other tools unpack.
@main struct ImageFuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image-fuzz",
        abstract: "Compare the files that are read of odd images with those that umoci and podman unpack.",
        discussion: """
            Makes images with odd members: types, names, extended headers, whiteouts, links, the same name twice. The exit code \
            is 1 if an image is read that a tool refuses, or unpacks to other files.
            """)

    @Option(help: "Where the random numbers begin.") var seed: UInt64 = 1
    @Option(help: "The number of the first image.") var from = 0
    @Option(help: "How many images.") var count = 10_000
    @Option(help: "Ask podman too, for each of so many images; 0 for none.") var podman = 0
    @Option(help: "How many images at a time.") var jobs = ProcessInfo.processInfo.activeProcessorCount
    @Option(help: "Show the members of one image, by its number.") var replay: Int?

    func run() async throws {
        if let replay { return try show(replay) }
        var summary = Summary()
        let numbers = from..<(from + count)
        try await withThrowingTaskGroup(of: Comparison.self) { group in
            var next = numbers.lowerBound
            func start() {
                guard next < numbers.upperBound else { return }
                let number = next
                next += 1
                group.addTask { [seed, podman] in
                    do {
                        return try Comparison(
                            seed: seed, number: number, asksPodman: podman > 0 && number % podman == 0)
                    } catch {
                        throw ValidationError("image \(number): \(error)")
                    }
                }
            }
            for _ in 0..<max(1, jobs) { start() }
            while let comparison = try await group.next() {
                summary.add(comparison)
                start()
            }
        }
        print(summary.markdown(seed: seed))
        if !summary.disagreements.isEmpty { throw ExitCode(1) }
    }

    private func show(_ number: Int) throws {
        print(OddImage(seed: seed, number: number).recipe.joined(separator: "\n"))
        let comparison = try Comparison(seed: seed, number: number, asksPodman: podman > 0)
        print("umoci: \(comparison.result)")
        if let podman = comparison.podman { print("podman: \(podman)") }
    }
}
