import SystemPackage

/// Files in /proc by which the kernel takes settings.
enum KernelSetting {
    /// Writes a setting of the kernel, in one call, as the kernel demands.
    static func set(_ path: FilePath, to text: String) throws(SystemCallError) {
        do {
            let descriptor = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
            try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
        } catch {
            throw SystemCallError(call: .write(path.string), code: error as? Errno ?? .ioError)
        }
    }
}
