internal import CLinux

/// Links in /proc. They lead to what has no path here, so they are read and not followed.
enum KernelLink {
    /// What a link says; nil if it is not there.
    static func target(_ path: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe clinux_link_target(path, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
