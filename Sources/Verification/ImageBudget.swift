/// The size of an image, and the most that it may be.
public struct ImageBudget: Sendable, Hashable {
    /// A file of the image.
    public struct Part: Sendable, Hashable {
        /// Its absolute path.
        public let path: String
        /// Its size in bytes.
        public let size: Int

        /// Describes a file.
        public init(path: String, size: Int) {
            self.path = path
            self.size = size
        }
    }

    /// The size of all layers as plain tar archives, in bytes: the same however the layers are stored.
    public let size: Int
    /// The limit in bytes.
    public let limit: Int
    /// The largest files, the largest first. What is less than a hundredth of the image is not among them.
    public let largest: [Part]

    /// Compares an image with a limit.
    ///
    /// - Parameters:
    ///   - size: The size of all layers as plain tar archives, in bytes.
    ///   - limit: The limit in bytes.
    ///   - files: All files of the image, or the largest.
    public init(size: Int, limit: Int, files: [Part]) {
        self.size = size
        self.limit = limit
        largest = Array(
            files.filter { $0.size * 100 >= size }.sorted { ($1.size, $0.path) < ($0.size, $1.path) }.prefix(5))
    }
}
