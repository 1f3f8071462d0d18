/// A system call that failed: what was tried, and the kernel's reason.
struct SystemCallError: Error, CustomStringConvertible {
    let description: String
}
