import Foundation
import ScratchImage
import SystemPackage
import TestSupport

/// What is read of one image, and what another tool makes of it.
struct Comparison: Sendable {
    enum Result: Hashable, Sendable {
        /// Both have the same files.
        case same
        /// Both refuse it.
        case refusedByBoth(String)
        /// It is read here, and the tool makes other files of it.
        case different(String)
        /// It is read here, and the tool refuses it.
        case refusedByTool(String)
        /// It is refused here, and the tool unpacks it.
        case refusedHere(String)
    }

    let number: Int
    let result: Result
    /// The same with podman; nil if it was not asked.
    let podman: Result?
    let milliseconds: Int

    /// - Parameter asksPodman: Whether to ask podman too if the image is read; it is asked in any case if umoci refuses it.
    init(seed: UInt64, number: Int, asksPodman: Bool) throws {
        self.number = number
        // podman takes the name of the folder for the image's, and refuses capital letters and more than 50 characters.
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "if-\(UUID().uuidString.prefix(13).lowercased())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let layout = try Layout(OddImage(seed: seed, number: number).layers, in: folder)
        let start = ContinuousClock.now
        let own = Comparison.read(layout)
        milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        result = Comparison.compare(own, try Unpacked.byUmoci(layout, in: folder))
        var isUnclear = false
        if case .refusedByTool = result { isUnclear = true }
        guard asksPodman || isUnclear, case .success = own else {
            podman = nil
            return
        }
        podman = Comparison.compare(own, try Unpacked.byPodman(layout, in: folder))
    }

    private struct Refusal: Error {
        let reason: String
    }

    private static func read(_ layout: Layout) -> Swift.Result<[String: ImageTree.Entry], Refusal> {
        do {
            let tree = try ImageTree(of: ImageSource(.layout, path: FilePath(layout.path)))
            return tree.climbs ? .failure(Refusal(reason: "climbing-name")) : .success(tree.entries)
        } catch {
            return .failure(Refusal(reason: reason(of: error)))
        }
    }

    /// The kind of an error, without its values.
    private static func reason(of error: any Error) -> String {
        guard case ImageReadingError.layer(_, _, let inner) = error else { return "\(error)" }
        guard let tar = inner as? TarError else { return "\(type(of: inner))" }
        return String("\(tar.fault)".prefix { $0 != "(" })
    }

    private static func compare(
        _ own: Swift.Result<[String: ImageTree.Entry], Refusal>, _ other: Unpacked
    ) -> Result {
        switch (own, other) {
        case (.success(let tree), .tree(let found)):
            // podman makes the folder of a whiteout, umoci does not. Nothing is in it.
            let paths = Set(tree.keys).union(found.keys).filter {
                tree[$0] != found[$0] && !(found[$0] == .folder && tree[$0] == nil)
            }
            return paths.isEmpty ? .same : .different(paths.sorted().joined(separator: " "))
        case (.success, .refused(let words)): return .refusedByTool(words)
        case (.failure(let refusal), .tree): return .refusedHere(refusal.reason)
        case (.failure(let refusal), .refused): return .refusedByBoth(refusal.reason)
        }
    }
}
