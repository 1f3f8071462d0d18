/// Divides a rectangle into rectangles with areas in proportion to weights, each as square as possible.
///
/// Source: Bruls, Huizing, van Wijk, "Squarified Treemaps" (2000).
enum Treemap {
    /// A rectangle. x grows to the right, y downwards.
    struct Rectangle: Sendable, Hashable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        var area: Double { width * height }
    }

    /// A rectangle for each weight, in their order. Weights must be sorted in descending order and not negative.
    static func layout(_ weights: [Double], in whole: Rectangle) -> [Rectangle] {
        let total = weights.reduce(0, +)
        guard total > 0, whole.area > 0 else {
            return weights.map { _ in .init(x: whole.x, y: whole.y, width: 0, height: 0) }
        }
        var areas = weights.map { $0 / total * whole.area }[...]
        var rest = whole
        var rectangles: [Rectangle] = []
        while !areas.isEmpty {
            let side = min(rest.width, rest.height)
            var count = 1
            while count < areas.count,
                worst(areas.prefix(count + 1), along: side) <= worst(areas.prefix(count), along: side)
            {
                count += 1
            }
            rectangles += row(areas.prefix(count), in: &rest)
            areas = areas.dropFirst(count)
        }
        return rectangles
    }

    /// The worst aspect ratio in a row of areas along a side.
    private static func worst(_ areas: ArraySlice<Double>, along side: Double) -> Double {
        let sum = areas.reduce(0, +)
        guard sum > 0, side > 0, let largest = areas.first, let smallest = areas.last, smallest > 0 else {
            return .infinity
        }
        return max(side * side * largest / (sum * sum), sum * sum / (side * side * smallest))
    }

    /// Lays a row along the shorter side of the rest, and removes its area from the rest.
    private static func row(_ areas: ArraySlice<Double>, in rest: inout Rectangle) -> [Rectangle] {
        let sum = areas.reduce(0, +)
        let isUpright = rest.width >= rest.height
        let side = isUpright ? rest.height : rest.width
        let depth = side > 0 ? sum / side : 0
        var offset = 0.0
        let rectangles = areas.map { area -> Rectangle in
            let length = depth > 0 ? area / depth : 0
            defer { offset += length }
            return isUpright
                ? .init(x: rest.x, y: rest.y + offset, width: depth, height: length)
                : .init(x: rest.x + offset, y: rest.y, width: length, height: depth)
        }
        if isUpright {
            rest.x += depth
            rest.width = max(0, rest.width - depth)
        } else {
            rest.y += depth
            rest.height = max(0, rest.height - depth)
        }
        return rectangles
    }
}
