/// Why a container could not be tried.
enum ContainerError: Error, Hashable, CustomStringConvertible {
    /// The files of the root take more memory than the limit.
    case rootTooLarge
    /// The image has more volumes than the limit.
    case tooManyVolumes(Int)
    /// The parent process wrote less than it said.
    case rootEndsEarly
    /// A folder that every runtime mounts is something else in the image.
    case notAFolder(String)
    /// A member could not be made.
    case member(String, reason: String)
    /// Neither root's rights nor a user namespace are to be had.
    case noNamespaces(String)

    /// What is wrong, and what to do.
    var description: String {
        switch self {
        case .rootTooLarge:
            "the root is larger than \(ContainerSpecification.Limit.root >> 30) GiB, the limit for a proof in memory"
        case .tooManyVolumes(let count):
            "the image has \(count) volumes, and a proof makes at most \(ContainerSpecification.Limit.volumes)"
        case .rootEndsEarly: "the root ends early"
        case .notAFolder(let path): "\(path) is not a folder in the image, so no runtime can start it"
        case .member(let path, let reason): "\(path): \(reason)"
        case .noNamespaces(let reason):
            "\(reason); --prove needs root or user namespaces: in a container run it with --privileged, on Ubuntu set "
                + "kernel.apparmor_restrict_unprivileged_userns=0"
        }
    }
}
