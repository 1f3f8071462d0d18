// Prints the licences of texts, for comparison with other tools: a line for each path on standard input, with the path, the SPDX
// identifiers and the confidence, separated by tabs.
import Foundation
import Licensing

while let path = readLine() {
    guard let data = FileManager.default.contents(atPath: path) else { continue }
    let match = LicenseMatch(String(decoding: data, as: UTF8.self))
    let confidence = String(format: "%.2f", match.confidence)
    print(path, match.identifiers.joined(separator: " "), confidence, separator: "\t")
}
