// Rules on where a matter applies.

import Diagnostics
import Records

extension CAPRules {
    static let places = [area, polygonForm, polygonCrossing, circleForm, ceiling]

    /// Each block says where it applies; profiles ask for it.
    static let area = CAPRule("area") { message in
        message.infos.filter(\.areas.isEmpty).map {
            Diagnostic("an info block does not say where it applies", found: $0.language, expected: "an area")
        }
    }

    /// At least four points, the last of them the first (CAP 1.2 §3.2.4, polygon).
    static let polygonForm = CAPRule("polygon-form") { message in
        polygons(of: message).filter { polygon in
            guard let points = Outline(polygon)?.points else { return true }
            return points.count < 4 || points.first != points.last
        }.map {
            Diagnostic(
                "this polygon does not end where it began, or has too few points",
                found: $0,
                expected:
                    "four or more pairs latitude,longitude in degrees with blanks between them, the first one last"
            )
        }
    }

    /// The border of a polygon does not meet itself.
    static let polygonCrossing = CAPRule("polygon-crossing") { message in
        polygons(of: message).filter { Outline($0)?.crossesItself ?? false }.map {
            Diagnostic("the border of this polygon crosses or touches itself", found: $0)
        }
    }

    /// A point and a radius (CAP 1.2 §3.2.4, circle).
    static let circleForm = CAPRule("circle-form") { message in
        message.infos.flatMap(\.areas).flatMap(\.circles).filter { circle in
            let parts = circle.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2, Outline(String(parts[0])) != nil, let radius = Double(parts[1]) else { return true }
            return !(radius >= 0 && radius.isFinite)
        }.map { Diagnostic("this is no circle", found: $0, expected: "latitude,longitude and a radius in kilometres") }
    }

    /// A ceiling lies above the altitude that it belongs to (CAP 1.2 §3.2.4, ceiling).
    static let ceiling = CAPRule("ceiling") { message in
        message.infos.flatMap(\.areas).filter { area in
            guard let ceiling = area.ceiling else { return false }
            return area.altitude.map { ceiling < $0 } ?? true
        }.map {
            Diagnostic(
                "the ceiling has no altitude below it",
                found: $0.ceiling?.description,
                expected: "an altitude that is not above it"
            )
        }
    }

    private static func polygons(of message: CAPMessage) -> [String] {
        message.infos.flatMap(\.areas).flatMap(\.polygons)
    }
}

/// The border of a polygon.
private struct Outline {
    struct Point: Equatable {
        let latitude: Double
        let longitude: Double
    }

    let points: [Point]

    /// Reads pairs of degrees; `nil` when the text is anything else.
    init?(_ text: String) {
        var points: [Point] = []
        for pair in text.split(separator: " ", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]),
                abs(latitude) <= 90, abs(longitude) <= 180
            else { return nil }
            points.append(Point(latitude: latitude, longitude: longitude))
        }
        self.points = points
    }

    /// Whether two of its sides meet elsewhere than neighbours do.
    var crossesItself: Bool {
        let sides = Array(zip(points, points.dropFirst()))
        return sides.indices.contains { first in
            sides.indices.contains { second in
                let areNeighbours = second <= first + 1 || (first == 0 && second == sides.count - 1)
                return !areNeighbours && Self.meet(sides[first], sides[second])
            }
        }
    }

    private static func meet(_ left: (Point, Point), _ right: (Point, Point)) -> Bool {
        let turns = [
            turn(left.0, left.1, right.0), turn(left.0, left.1, right.1),
            turn(right.0, right.1, left.0), turn(right.0, right.1, left.1),
        ]
        if turns[0] != turns[1], turns[2] != turns[3] { return true }
        // In one line: they meet where an end of one lies on the other.
        return turns[0] == 0 && isWithin(right.0, left) || turns[1] == 0 && isWithin(right.1, left)
            || turns[2] == 0 && isWithin(left.0, right) || turns[3] == 0 && isWithin(left.1, right)
    }

    /// To which side the way from one point over the next turns: −1, 0 or 1.
    private static func turn(_ first: Point, _ second: Point, _ third: Point) -> Int {
        let area =
            (second.longitude - first.longitude) * (third.latitude - first.latitude)
            - (second.latitude - first.latitude) * (third.longitude - first.longitude)
        return area == 0 ? 0 : area < 0 ? -1 : 1
    }

    private static func isWithin(_ point: Point, _ side: (Point, Point)) -> Bool {
        let latitudes = min(side.0.latitude, side.1.latitude)...max(side.0.latitude, side.1.latitude)
        let longitudes = min(side.0.longitude, side.1.longitude)...max(side.0.longitude, side.1.longitude)
        return latitudes.contains(point.latitude) && longitudes.contains(point.longitude)
    }
}
