/// Why no runtime starts a container, whatever the program is.
extension ProgramSearch {
    /// What is wrong with the configuration or the root; nil if nothing is known against them.
    var containerFault: String? { configurationFault ?? rootFault }

    /// execve(2) ends an argument at a NUL byte, and runc refuses them, as it does a relative `cwd` (config.md of the runtime
    /// specification, Process) and a variable without a name.
    private var configurationFault: String? {
        guard let config = configuration.config else { return nil }
        let variables = config.env ?? []
        if let folder = config.workingDir, !folder.isEmpty, !folder.hasPrefix("/") {
            return "the working folder \(folder) is not an absolute path"
        }
        if config.words.contains(where: { $0.unicodeScalars.contains("\0") }) { return "an argument holds a NUL byte" }
        if variables.contains(where: { $0.unicodeScalars.contains("\0") }) { return "a variable holds a NUL byte" }
        if variables.contains(where: { $0.hasPrefix("=") }) { return "a variable of the environment has no name" }
        if let signal = config.stopSignal, StopSignal.number(of: signal) == nil {
            return "the stop signal \(signal) is unknown"
        }
        return config.volumes?.keys.sorted().lazy.compactMap(volumeFault).first
    }

    /// Why no engine makes a volume; nil if it does. Engines mount a folder there, and make a missing one (moby,
    /// daemon/create_unix.go). runc mounts nothing in /proc, and finds no devices in a /dev that a volume hides.
    private func volumeFault(_ path: String) -> String? {
        guard path.hasPrefix("/") else { return "the volume \(path) is not an absolute path" }
        let names = LayerNames.cleaned(path, root.budget).parts.map { String(decoding: $0, as: UTF8.self) }
        let cleaned = "/" + names.joined(separator: "/")
        if names.isEmpty { return "the volume \(path) would hide the whole image" }
        if names.first == "proc" || cleaned == "/dev" {
            return "the volume \(path) would hide what the runtime mounts there"
        }
        guard let place = root.place(at: cleaned) else { return nil }
        guard case .folder = place.node.kind else { return "the volume \(path) is not a folder in the image" }
        return place.path == "/" ? "the volume \(path) would hide the whole image" : nil
    }

    /// What in the root is in the way of the files that a runtime mounts: its own file systems, and those of engines
    /// below /etc (moby, daemon/container_operations_unix.go; podman, libpod/container_internal_common.go).
    private var rootFault: String? {
        // runc mounts proc and sysfs on folders only, and not through links.
        for mount in ["proc", "sys"] {
            guard let child = root.child(Array(mount.utf8), of: 0) else { continue }
            guard case .folder = root.nodes[child].kind else { return "/\(mount) is not a folder" }
        }
        for folder in ["/dev", "/etc"] {
            guard let place = root.place(at: folder) else { continue }
            guard case .folder = place.node.kind else { return "\(folder) is not a folder" }
        }
        for file in ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"] {
            if case .folder = root.place(at: file)?.node.kind {
                return "\(file) is a folder, and engines mount a file there"
            }
        }
        return nil
    }

    /// Why the kernel does not start a file with these capabilities; nil if it does.
    func capabilityFault(_ attribute: [UInt8]?) -> String? {
        guard let attribute else { return nil }
        guard let capabilities = FileCapabilities(attribute) else {
            return
                "has the attribute security.capability with a value that no kernel takes, so the image cannot be unpacked"
        }
        let missing = capabilities.missing
        guard !missing.isEmpty else { return nil }
        return
            "demands the capabilities \(missing.map(String.init).joined(separator: ", ")) (linux/capability.h), which engines do "
            + "not give by default: exec fails with 'operation not permitted'"
    }
}
