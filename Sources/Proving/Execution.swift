internal import CLinux
internal import Glibc

/// A call of exec. It returns only if it fails.
struct Execution {
    /// The arguments, from the program's name on.
    let words: [String]
    /// The environment, `NAME=value`.
    var variables: [String] = []

    /// Executes the program at a path.
    func of(path: String) {
        unsafe withVectors { words, variables in _ = unsafe execve(path, words, variables) }
    }

    /// Executes an open file.
    func of(file: Int32) {
        unsafe withVectors { words, variables in _ = unsafe clinux_execute(file, words, variables) }
    }

    private typealias Vector = UnsafePointer<UnsafeMutablePointer<CChar>?>

    /// The copies are not freed: after a failed exec the process ends.
    private func withVectors(_ body: (Vector, Vector) -> Void) {
        let words = unsafe self.words.map { unsafe strdup($0) } + [nil]
        let variables = unsafe self.variables.map { unsafe strdup($0) } + [nil]
        unsafe words.withUnsafeBufferPointer { words in
            unsafe variables.withUnsafeBufferPointer { variables in
                guard let words = words.baseAddress, let variables = variables.baseAddress else { return }
                unsafe body(words, variables)
            }
        }
    }
}
