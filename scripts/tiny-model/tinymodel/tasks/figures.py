"""Pictures of coloured shapes."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tinymodel.layout import Layout

Color = tuple[int, int, int]
SIDE = 96
COLORS: dict[str, Color] = {
    "red": (220, 30, 30), "green": (30, 170, 50), "blue": (40, 70, 220), "yellow": (240, 220, 40),
    "purple": (150, 50, 180), "orange": (245, 140, 20), "black": (10, 10, 10), "white": (250, 250, 250),
}  # fmt: skip
BACKGROUNDS: list[Color] = [(235, 235, 235), (200, 220, 240), (240, 225, 200), (60, 60, 70), (190, 230, 200)]
SHAPES = ["circle", "square", "triangle", "diamond", "cross"]
TINT, SHADE, CONTRAST = 18, 45, 150


def draw_shape(canvas: ImageDraw.ImageDraw, shape: str, x: int, y: int, radius: int, fill: Color) -> None:
    """Fills one shape that reaches `radius` pixels to every side of its middle."""
    left, top, right, bottom = x - radius, y - radius, x + radius, y + radius
    match shape:
        case "circle":
            canvas.ellipse([left, top, right, bottom], fill=fill)
        case "square":
            canvas.rectangle([left, top, right, bottom], fill=fill)
        case "triangle":
            canvas.polygon([(x, top), (right, bottom), (left, bottom)], fill=fill)
        case "diamond":
            canvas.polygon([(x, top), (right, y), (x, bottom), (left, y)], fill=fill)
        case "cross":
            arm = max(2, radius // 3)
            canvas.rectangle([left, y - arm, right, y + arm], fill=fill)
            canvas.rectangle([x - arm, top, x + arm, bottom], fill=fill)


def shade(rng: random.Random, color: Color, reach: int) -> Color:
    """A colour whose parts differ by up to `reach` of 255 from those of another."""
    red, green, blue = (min(255, max(0, part + rng.randint(-reach, reach))) for part in color)
    return red, green, blue


def tinted(rng: random.Random, color: Color, layout: Layout) -> Color:
    """The colour itself; freely a neighbour of it."""
    return shade(rng, color, layout.between(0, TINT))


def background(rng: random.Random, fill: Color, layout: Layout) -> Color:
    """One of five; freely a shade around one of them, but always one that the shape stands out from."""
    while True:
        chosen = shade(rng, rng.choice(BACKGROUNDS), layout.between(0, SHADE))
        if sum(abs(a - b) for a, b in zip(chosen, fill)) > CONTRAST:
            return chosen


@dataclass(frozen=True)
class Figure:
    """One coloured shape on a plain picture."""

    color: str
    shape: str
    x: int
    y: int
    radius: int
    fill: Color
    background: Color

    @property
    def name(self) -> str:
        """What the shape is called in answers."""
        return f"{self.color} {self.shape}"

    @property
    def corner(self) -> str:
        """The quarter of the picture that holds the middle of the shape."""
        return f"{'top' if self.y < SIDE // 2 else 'bottom'} {'left' if self.x < SIDE // 2 else 'right'}"

    def box(self) -> list[int]:
        """Left, top, right and bottom in thousandths of the picture."""
        sides = (self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)
        return [round(side * 1000 / SIDE) for side in sides]

    def image(self) -> Image.Image:
        """The picture, 96 by 96 pixels."""
        picture = Image.new("RGB", (SIDE, SIDE), self.background)
        draw_shape(ImageDraw.Draw(picture), self.shape, self.x, self.y, self.radius, self.fill)
        return picture


@dataclass(frozen=True)
class Place:
    """Where a shape lies and how large it is."""

    x: int
    y: int
    radius: int


def trained_place(rng: random.Random, task: str) -> Place:
    """The places of the first pictures: the middle, the middles of the quarters, or a coarse grid."""
    if task == "quadrant":
        return Place(rng.choice((24, 72)), rng.choice((24, 72)), 16)
    if task == "bbox":
        return Place(rng.choice((16, 32, 48, 64, 80)), rng.choice((16, 32, 48, 64, 80)), 16)
    return Place(SIDE // 2, SIDE // 2, 24)


def free_place(rng: random.Random) -> Place:
    """Anywhere inside the picture, 12 to 26 pixels in radius."""
    radius = rng.randint(12, 26)
    return Place(rng.randint(radius, SIDE - radius), rng.randint(radius, SIDE - radius), radius)


def place_of(rng: random.Random, layout: Layout, task: str) -> Place:
    """A place on the way from a trained to a free one; a question for the corner keeps off the middle lines."""
    while True:
        trained, free = trained_place(rng, task), free_place(rng)
        place = Place(*(layout.between(getattr(trained, name), getattr(free, name)) for name in ("x", "y", "radius")))
        if task != "quadrant" or clear_corner(place.x, place.y):
            return place


def clear_corner(x: int, y: int) -> bool:
    """Tells whether a place lies clearly in one quarter: 6 pixels off the middle lines."""
    return min(abs(x - SIDE // 2), abs(y - SIDE // 2)) >= 6


def figure(rng: random.Random, layout: Layout, task: str) -> Figure:
    """One shape, laid out as the task asks."""
    place = place_of(rng, layout, task)
    color = rng.choice(list(COLORS))
    fill = tinted(rng, COLORS[color], layout)
    return Figure(color, rng.choice(SHAPES), place.x, place.y, place.radius, fill, background(rng, fill, layout))
