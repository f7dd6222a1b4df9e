"""Questions about one picture of shapes."""

from __future__ import annotations

import json
import random

from PIL import Image, ImageDraw

from tinymodel.example import Assistant, Example, Picture, User, asked
from tinymodel.layout import Layout
from tinymodel.tasks.figures import COLORS, SIDE, Figure, background, clear_corner, draw_shape, figure, tinted

WORDINGS = {
    "color": ("What color is the shape?", "Tell me the color.", "Which color does the shape have?"),
    "shape": ("What shape is it?", "Which shape is this?", "Tell me the shape."),
    "describe": ("Describe the image.", "What do you see?", "Say what is shown."),
    "quadrant": ("Where is the shape?", "In which corner is the shape?", "Tell me the corner of the shape."),
    "bbox": ("Locate the shape as JSON.", "Give the box of the shape as JSON.", "Find the shape, answer in JSON."),
    "count": ("How many dots are there?", "Count the dots.", "Tell me the number of dots."),
}
FIGURE_TASKS = ("color", "shape", "describe", "quadrant", "bbox")


def answer(task: str, shown: Figure) -> Assistant:
    """What is right about a shape."""
    box = json.dumps([{"bbox_2d": shown.box(), "label": shown.name}])
    text = {
        "color": shown.color, "shape": shown.shape, "describe": f"A {shown.name}.", "quadrant": shown.corner,
        "bbox": box,
    }[task]  # fmt: skip
    return Assistant(task, text, f"A {shown.name}, {shown.corner}.")


def draw(task: str, rng: random.Random, layout: Layout) -> Example:
    """One question about one picture."""
    if task == "count":
        return dots(rng, layout)
    return interview(rng, layout, (task,))


def interview(rng: random.Random, layout: Layout, tasks: tuple[str, ...]) -> Example:
    """Several questions about one shape, one after the other; the first one decides the layout."""
    shown = figure(rng, layout, tasks[0])
    messages: list[User | Assistant] = []
    for task in tasks:
        if task == "quadrant" and not clear_corner(shown.x, shown.y):
            continue
        wording = rng.choice(WORDINGS[task])
        messages.append(asked(wording if messages else (Picture(shown.image()), wording)))
        messages.append(answer(task, shown))
    return Example(tasks[0], tuple(messages))


def dots(rng: random.Random, layout: Layout) -> Example:
    """One to five dots, each in a cell of its own; freely anywhere in the cell and of other sizes."""
    number = rng.randint(1, 5)
    fill = tinted(rng, COLORS[rng.choice(list(COLORS))], layout)
    picture = Image.new("RGB", (SIDE, SIDE), background(rng, fill, layout))
    canvas = ImageDraw.Draw(picture)
    for cell in rng.sample(range(9), number):
        radius = layout.between(9, rng.randint(6, 11))
        reach = layout.between(0, 15 - radius)
        x, y = (16 + 32 * part + rng.randint(-reach, reach) for part in (cell % 3, cell // 3))
        draw_shape(canvas, "circle", x, y, radius, fill)
    question = asked((Picture(picture), rng.choice(WORDINGS["count"])))
    return Example("count", (question, Assistant("count", str(number), " ".join(map(str, range(1, number + 1))))))
