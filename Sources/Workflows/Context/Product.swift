/// What the program says of itself.
enum Product {
    static let version = "0.1.0"
}
