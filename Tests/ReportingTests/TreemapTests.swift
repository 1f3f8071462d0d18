import Testing

@testable import Reporting

@Suite struct TreemapTests {
    private let canvas = Treemap.Rectangle(x: 0, y: 0, width: 600, height: 400)

    /// The example of Bruls, Huizing and van Wijk: 6, 6, 4, 3, 2, 2, 1 in a rectangle of 6 by 4.
    @Test func theMethodIsThatOfItsAuthors() {
        let places = Treemap.layout([6, 6, 4, 3, 2, 2, 1], in: .init(x: 0, y: 0, width: 6, height: 4))
        func near(_ place: Treemap.Rectangle, _ width: Double, _ height: Double) -> Bool {
            abs(place.width - width) < 1e-9 && abs(place.height - height) < 1e-9
        }
        #expect(near(places[0], 3, 2) && near(places[1], 3, 2))
        #expect(near(places[2], 12.0 / 7, 7.0 / 3) && near(places[3], 9.0 / 7, 7.0 / 3))
    }

    @Test(arguments: [[1.0], [5, 4, 3, 2, 1], [1000, 1, 1, 1], [3, 3, 3, 0, 0], [1e9, 1e-3]])
    func areasAreInProportionAndInside(weights: [Double]) {
        let places = Treemap.layout(weights, in: canvas)
        let total = weights.reduce(0, +)
        for (weight, place) in zip(weights, places) {
            #expect(abs(place.area - weight / total * canvas.area) < 1e-3)
            #expect(place.x >= -1e-6 && place.y >= -1e-6)
            #expect(place.x + place.width <= 600 + 1e-6 && place.y + place.height <= 400 + 1e-6)
        }
    }

    /// Rectangles of one level do not overlap, and together they fill the canvas.
    @Test(arguments: [[9.0, 8, 7, 6, 5, 4, 3, 2, 1], Array(repeating: 1, count: 50), [100, 50, 25, 12, 6, 3, 1]])
    func rectanglesFillTheCanvasWithoutOverlap(weights: [Double]) {
        let places = Treemap.layout(weights, in: canvas)
        #expect(abs(places.map(\.area).reduce(0, +) - canvas.area) < 1e-3)
        for (index, one) in places.enumerated() {
            for other in places.dropFirst(index + 1) {
                let width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
                let height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
                #expect(width < 1e-6 || height < 1e-6)
            }
        }
    }

    @Test func nothingHasNoPlace() {
        #expect(Treemap.layout([], in: canvas).isEmpty)
        #expect(Treemap.layout([0, 0], in: canvas).allSatisfy { $0.area == 0 })
    }
}
