/// The parts of an image's name at a registry, as clients of the distribution API use them.
///
/// Source: https://pkg.go.dev/github.com/distribution/reference, "normalized" names.
public struct RegistryName: Sendable, Hashable {
    /// The host, with a port if there is one.
    public let host: String
    /// The repository: `library/debian`.
    public let repository: String

    /// Divides a name, `registry.example.com/team/app`, without tag and digest.
    public init(_ name: String) {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        // A first part without a dot or a port is the name of a user of Docker Hub.
        guard parts.count == 2, parts[0].contains(where: { ".:".contains($0) }) || parts[0] == "localhost" else {
            host = "registry-1.docker.io"
            repository = parts.count == 1 ? "library/\(name)" : name
            return
        }
        let isHub = ["docker.io", "index.docker.io"].contains(parts[0])
        host = isHub ? "registry-1.docker.io" : parts[0]
        repository = isHub && !parts[1].contains("/") ? "library/\(parts[1])" : parts[1]
    }
}
