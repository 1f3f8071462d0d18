import GoBinary
import Text

/// Where the bytes of each binary go: a treemap, and the same as a table.
enum HTMLSizes {
    private static let canvas = Treemap.Rectangle(x: 0, y: 0, width: 1000, height: 420)
    /// The table lists this many parts, and sums up the rest in one row.
    private static let listed = 40

    static func render(_ binaries: [ReportEntry]) -> String {
        let measured = binaries.enumerated().compactMap { index, entry in entry.sizes.map { (index, entry, $0) } }
        guard !measured.isEmpty else { return "" }
        let figures = measured.map { index, entry, sizes in
            figure(index, entry, sizes, isOpen: index == measured[0].0)
        }
        return "<section><h2>Where the bytes go</h2>\n\(figures.joined(separator: "\n"))\n</section>"
    }

    private static func figure(_ index: Int, _ entry: ReportEntry, _ sizes: SizeBreakdown, isOpen: Bool) -> String {
        let name = "\(entry.path), \(Quantity.size(sizes.total))"
        return """
            <details\(isOpen ? " open" : "")><summary>\(name.html)</summary>
            <svg viewBox="0 0 1000 420" role="img" aria-labelledby="map-\(index)">
            <title id="map-\(index)">Treemap of \(name.html): the table below has the same figures</title>
            \(modules(sizes).joined(separator: "\n"))
            </svg>
            <div class="wide" tabindex="0" role="region" aria-label="Sizes of \(entry.path.html)">
            \(table(sizes))
            </div>
            </details>
            """
    }

    /// A rectangle for each module, divided among its parts.
    private static func modules(_ sizes: SizeBreakdown) -> [String] {
        let groups = Dictionary(grouping: sizes.parts) { $0.module ?? "" }
            .map { (name: $0.key, parts: $0.value, size: $0.value.map(\.size).reduce(0, +)) }
            .sorted { ($1.size, $0.name) < ($0.size, $1.name) }
        let outer = Treemap.layout(groups.map { Double($0.size) }, in: canvas)
        return zip(groups, outer).map { group, place in
            let inner = Treemap.layout(group.parts.map { Double($0.size) }, in: place)
            let boxes = zip(group.parts, inner).map { box($0, $1, hue: hue(of: $0)) }
            return "<g>\(boxes.joined())</g>"
        }
    }

    private static func box(_ part: SizeBreakdown.Part, _ place: Treemap.Rectangle, hue: Int) -> String {
        let label = "\(part.name) \(Quantity.size(part.size))"
        let colour = part.module == nil ? "hsl(0 0% 82%)" : "hsl(\(hue) 60% 80%)"
        func number(_ value: Double) -> String { Quantity.oneDecimal(value) }
        let shape = """
            <rect x="\(number(place.x))" y="\(number(place.y))" width="\(number(place.width))" \
            height="\(number(place.height))" fill="\(colour)"><title>\(label.html)</title></rect>
            """
        // Letters of 12 units are at most 8 wide.
        let room = Int(place.width / 8) - 1
        guard place.height >= 16, room >= 4 else { return shape }
        let text =
            label.count <= room
            ? label : part.name.count <= room ? part.name : String(part.name.suffix(room - 1)).withEllipsis
        return shape
            + "<text x=\"\(number(place.x + 4))\" y=\"\(number(place.y + 13))\" aria-hidden=\"true\">\(text.html)</text>"
    }

    private static func table(_ sizes: SizeBreakdown) -> String {
        let rest = sizes.parts.dropFirst(listed).map(\.size).reduce(0, +)
        let rows = sizes.parts.prefix(listed).map { row($0.module ?? "", $0.name, $0.size, of: sizes.total) }
        let more = rest > 0 ? [row("", "and \(sizes.parts.count - listed) more", rest, of: sizes.total)] : []
        return """
            <table><caption>All parts add up to the file's \(sizes.total.counted("byte"))</caption>
            <thead><tr><th scope="col">Module</th><th scope="col">Package or part</th><th scope="col" class="n">Size</th>\
            <th scope="col" class="n">Share</th></tr></thead>
            <tbody>
            \((rows + more).joined(separator: "\n"))
            </tbody></table>
            """
    }

    private static func row(_ module: String, _ name: String, _ size: Int, of total: Int) -> String {
        """
        <tr><td>\(module.html)</td><th scope="row">\(name.html)</th><td class="n">\(Quantity.size(size))</td>\
        <td class="n">\(Quantity.share(size, of: total))</td></tr>
        """
    }

    /// A hue from the module's name (FNV-1a), so that a module has one colour in every report. Packages of the standard library
    /// get the hue of the first part of their path.
    private static func hue(of part: SizeBreakdown.Part) -> Int {
        let family = part.module == "std" ? part.name.prefix { $0 != "/" } : Substring(part.module ?? "")
        return Int(family.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 } % 360)
    }
}

extension String {
    fileprivate var withEllipsis: String { "…" + self }
}
