public import ELF

/// What the bytes of a file are: the code of each Go package, and everything else. The parts add up to the size of the file.
public struct SizeBreakdown: Sendable, Hashable, Codable {
    /// The parts, the largest first.
    public let parts: [Part]

    /// A part of a file.
    public struct Part: Sendable, Hashable, Codable {
        /// The module, `std` for the standard library; nil if the part is not code.
        public let module: String?
        /// The import path of a package, or the name of the part.
        public let name: String
        /// Bytes in the file.
        public let size: Int

        /// Describes a part.
        public init(module: String?, name: String, size: Int) {
            self.module = module
            self.name = name
            self.size = size
        }
    }

    /// The sum of all parts, in bytes.
    public var total: Int { parts.map(\.size).reduce(0, +) }

    /// Divides a file.
    ///
    /// Code is divided by Go's table of functions, which `-s -w` does not strip, and everything else by the section headers, if
    /// the file has any.
    public init(of image: ELFImage, lineTable: LineTable?, buildInfo: BuildInfo?) {
        var code: [String: Int] = [:]
        for function in lineTable?.functionSizes ?? [] {
            code[SizeBreakdown.package(ofFunction: function.name), default: 0] += function.size
        }
        let modules = ModulePaths(
            [buildInfo?.main?.path].compactMap { $0 } + (buildInfo?.dependencies.map(\.importedPath) ?? []))
        let own = buildInfo?.path
        let whole = image.size
        // A table that lies cannot make a file larger than it is.
        if code.values.reduce(0, +) > whole { code = [:] }
        var parts = code.map { package, size in
            let name = package == "main" ? own ?? package : package
            return Part(module: SizeBreakdown.module(of: name, among: modules), name: name, size: size)
        }
        var left = whole - code.values.reduce(0, +)
        for (name, size) in SizeBreakdown.sections(of: image, code: whole - left) where size > 0 && size <= left {
            parts.append(Part(module: nil, name: name, size: size))
            left -= size
        }
        if left > 0 { parts.append(Part(module: nil, name: "headers and the rest", size: left)) }
        self.parts = parts.sorted { ($1.size, $0.name) < ($0.size, $1.name) }
    }

    /// The sizes of sections by a readable name. Of `.text` only the bytes outside known functions count.
    private static func sections(of image: ELFImage, code: Int) -> [(String, Int)] {
        var sizes: [String: Int] = [:]
        for section in image.sections {
            let name =
                switch section.name {
                case ".symtab", ".strtab", ".shstrtab": "symbol table"
                case ".gopclntab", ".data.rel.ro.gopclntab", ".go.func": "line table"
                case ".rodata", ".typelink", ".itablink", ".eh_frame", ".go.type", ".data.rel.ro": "constants and types"
                case ".data", ".noptrdata", ".go.buildinfo", ".go.module": "data"
                case let name where name.hasPrefix(".debug") || name.hasPrefix(".zdebug"): "debug data"
                case ".text": "other code"
                default: ""
                }
            // The claimed size may be larger than the file.
            if !name.isEmpty {
                sizes[name] = min(image.size, sizes[name, default: 0] + min(image.size, Int(clamping: section.size)))
            }
        }
        if let text = sizes["other code"] { sizes["other code"] = max(0, text - code) }
        return sizes.sorted { $0.key < $1.key }
    }

    /// The import path in a symbol's name: the part before the first dot after the last slash, with `%2e` for dots of the path.
    static func package(ofFunction name: ArraySlice<UInt8>) -> String {
        // Type arguments in brackets contain paths too.
        let plain = name.prefix { $0 != UInt8(ascii: "[") }
        if ownPrefixes.contains(where: { plain.starts(with: $0.utf8) }) { return "runtime" }
        let head = plain.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? plain.startIndex
        guard let dot = plain[head...].firstIndex(of: UInt8(ascii: ".")), dot > plain.startIndex else { return "other" }
        let path = String(decoding: plain[..<dot], as: UTF8.self)
        return path.utf8.contains(UInt8(ascii: "%")) ? path.replacing("%2e", with: ".") : path
    }

    /// How the names of functions begin that the compiler makes; until Go 1.19 with dots.
    private static let ownPrefixes = ["type:", "go:", "type..", "go.(", "go.buildid", "go.shape.", "go.struct"]

    private static func module(of package: String, among modules: ModulePaths) -> String? {
        if let owner = modules.owner(of: package) { return owner }
        // Paths of the standard library have no dot in their first part.
        let first = package.split(separator: "/").first ?? ""
        return package == "other" ? nil : first.contains(".") ? String(first) : "std"
    }
}
