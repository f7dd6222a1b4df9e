"""Pictures of coloured shapes."""

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tiny.layout import Layout, Scene, answer, number

COLORS = {
    "red": (220, 30, 30), "green": (30, 170, 50), "blue": (40, 70, 220), "yellow": (240, 220, 40),
    "purple": (150, 50, 180), "orange": (245, 140, 20), "black": (10, 10, 10), "white": (250, 250, 250),
}
UNTRAINED_COLORS = {"pink": (250, 150, 190), "brown": (120, 72, 30), "gray": (128, 128, 128)}
BACKGROUNDS = [(235, 235, 235), (200, 220, 240), (240, 225, 200), (60, 60, 70), (190, 230, 200)]
SHAPES = ["circle", "square", "triangle", "diamond", "cross"]


def draw_shape(canvas: ImageDraw.ImageDraw, shape: str, x: int, y: int, radius: int, fill: tuple) -> None:
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


def contrasting_background(rng: random.Random, color: tuple) -> tuple:
    return rng.choice([b for b in BACKGROUNDS if sum(abs(p - q) for p, q in zip(b, color)) > 150])


@dataclass(frozen=True)
class Figure:
    """One coloured shape on a plain picture of 96 × 96 pixels."""

    color: str
    shape: str
    x: int
    y: int
    radius: int
    background: tuple

    @staticmethod
    def drawn(rng: random.Random, x: int, y: int, radius: int, palette: dict = COLORS) -> "Figure":
        color = rng.choice(list(palette))
        return Figure(color, rng.choice(SHAPES), x, y, radius, contrasting_background(rng, palette[color]))

    @property
    def name(self) -> str:
        return f"{self.color} {self.shape}"

    def image(self) -> Image.Image:
        picture = Image.new("RGB", (96, 96), self.background)
        fill = (COLORS | UNTRAINED_COLORS)[self.color]
        draw_shape(ImageDraw.Draw(picture), self.shape, self.x, self.y, self.radius, fill)
        return picture


def centred_figure(rng: random.Random, layout: Layout, palette: dict = COLORS) -> Figure:
    x, y = 48 + layout.shift(rng, 12), 48 + layout.shift(rng, 12)
    return Figure.drawn(rng, x, y, layout.number(rng, 24, 18, 26), palette)


def color_scene(rng: random.Random, layout: Layout) -> Scene:
    figure = centred_figure(rng, layout)
    return Scene(figure.image(), answer(figure.color))


def untrained_color_scene(rng: random.Random, layout: Layout) -> Scene:
    figure = centred_figure(rng, layout, UNTRAINED_COLORS)
    return Scene(figure.image(), answer(figure.color))


def shape_scene(rng: random.Random, layout: Layout) -> Scene:
    figure = centred_figure(rng, layout)
    return Scene(figure.image(), answer(figure.shape))


def described_scene(rng: random.Random, layout: Layout) -> Scene:
    figure = centred_figure(rng, layout)
    return Scene(figure.image(), answer(figure.name))


def quadrant_scene(rng: random.Random, layout: Layout) -> Scene:
    row, column = rng.randint(0, 1), rng.randint(0, 1)
    x, y = 24 + 48 * column + layout.shift(rng, 8), 24 + 48 * row + layout.shift(rng, 8)
    figure = Figure.drawn(rng, x, y, layout.number(rng, 16, 8, 16))
    return Scene(figure.image(), answer(f"{('top', 'bottom')[row]} {('left', 'right')[column]}"))


def boxed_scene(rng: random.Random, layout: Layout) -> Scene:
    radius = layout.number(rng, 16, 12, 20)
    x, y = (min(96 - radius, rng.randrange(16, 81, 16) + layout.shift(rng, 4)) for _ in range(2))
    figure = Figure.drawn(rng, max(radius, x), max(radius, y), radius)
    sides = (figure.x - radius, figure.y - radius, figure.x + radius, figure.y + radius)
    return Scene(figure.image(), {"schema": box_schema([round(side * 1000 / 96) for side in sides], figure.name)})


def box_schema(box: list, label: str, tolerance: int = 42) -> dict:
    """JSON Schema 2020-12 of `[{"bbox_2d": …, "label": …}]`; 42 thousandths are 4 of 96 pixels."""
    limits = [{"minimum": max(0, side - tolerance), "maximum": min(1000, side + tolerance)} for side in box]
    properties = {
        "bbox_2d": {
            "type": "array",
            "prefixItems": [{"type": "integer", **limit} for limit in limits],
            "minItems": 4,
            "maxItems": 4,
        },
        "label": {"type": "string", "enum": [label]},
    }
    found = {"type": "object", "properties": properties, "required": list(properties)}
    return {"type": "array", "minItems": 1, "maxItems": 1, "items": found}


def dots_scene(rng: random.Random, layout: Layout) -> Scene:
    count, color = rng.randint(1, 5), rng.choice(list(COLORS))
    picture = Image.new("RGB", (96, 96), contrasting_background(rng, COLORS[color]))
    canvas = ImageDraw.Draw(picture)
    for cell in rng.sample(range(9), count):
        x, y = 16 + 32 * (cell % 3) + layout.shift(rng, 4), 16 + 32 * (cell // 3) + layout.shift(rng, 4)
        draw_shape(canvas, "circle", x, y, layout.number(rng, 9, 8, 10), COLORS[color])
    return Scene(picture, number(count))


def crowd(rng: random.Random, width: int, height: int, count: int = 8) -> Image.Image:
    """Overlapping shapes on a grey gradient: a picture without one right answer."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    canvas = ImageDraw.Draw(picture)
    side = min(width, height)
    for _ in range(count):
        radius = rng.randint(side // 16, side // 6)
        x, y = rng.randint(radius, width - radius), rng.randint(radius, height - radius)
        draw_shape(canvas, rng.choice(SHAPES), x, y, radius, COLORS[rng.choice(list(COLORS))])
    return picture
