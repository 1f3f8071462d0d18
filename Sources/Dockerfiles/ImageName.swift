extension String {
    /// The name and the tag of an image, without its digest and registry.
    var imageName: (name: Substring, tag: Substring) {
        let last = (split(separator: "@").first ?? "").split(separator: "/").last ?? ""
        let parts = last.split(separator: ":", maxSplits: 1)
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }

    var isGo: Bool { imageName.name == "golang" }

    var isRust: Bool { imageName.name == "rust" }

    var isGoOnAlpine: Bool {
        let (name, tag) = imageName
        guard name == "golang", tag.contains("alpine") else { return false }
        let numbers = tag.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
        return numbers.count < 2 || numbers[0] > 1 || numbers[1] >= 20
    }
}
