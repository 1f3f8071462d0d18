/// What is too much for an image that somebody means to run.
enum ImageLimits {
    /// Bytes of all layers of one image.
    static let unpacked = 8 << 30
    /// Layers of one image; overlay file systems take fewer.
    static let layers = 512
    /// Images in one index.
    static let images = 256
    /// Indexes within indexes.
    static let depth = 4
}
