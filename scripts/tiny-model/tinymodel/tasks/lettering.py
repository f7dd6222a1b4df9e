"""Pictures with text: digits, codes of letters and digits, and buttons to click."""

from __future__ import annotations

import functools
import importlib.util
import json
import random
import string
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tinymodel.example import Assistant, Call, Example, Picture, asked
from tinymodel.layout import Layout
from tinymodel.tasks.declared import CLICK
from tinymodel.tasks.figures import Color, shade
from tinymodel.tasks.words import BUTTONS

MONO, SERIF = "DejaVuSansMono-Bold.ttf", "DejaVuSerif-Bold.ttf"
# No vowels, so that no word arises, and no letters that look like a digit or like each other.
SYMBOLS = string.digits + "CFHKLPRTXY"
CELL, CELLS = 32, 8
PAPER_AND_INK = [((245, 245, 245), (15, 15, 15)), ((40, 40, 50), (245, 245, 245))]
BUTTON_COLORS = [(70, 110, 200), (90, 90, 95)]
READ = ("Read the text.", "What does the image say?", "Which characters are shown?")
CLICKS = ("Click the {} button.", "Press the {} button.", "Choose {}.")


@functools.cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font that comes with the package matplotlib, so that its bytes are pinned."""
    package = importlib.util.find_spec("matplotlib")
    if package is None or package.origin is None:
        raise FileNotFoundError(f"font '{name}': comes with matplotlib; install requirements/data.txt")
    path = Path(package.origin).parent / "mpl-data" / "fonts" / "ttf" / name
    return ImageFont.truetype(str(path), size)


def sheet(rng: random.Random, size: tuple[int, int], layout: Layout) -> tuple[Image.Image, Color]:
    """An empty picture, dark or light, and the ink to write on it."""
    paper, ink = (shade(rng, color, layout.between(0, 35)) for color in rng.choice(PAPER_AND_INK))
    return Image.new("RGB", size, paper), ink


def reading(task: str, rng: random.Random, picture: Image.Image, text: str) -> Example:
    """The question about a picture with text."""
    return Example(task, (asked((Picture(picture), rng.choice(READ))), Assistant(task, text, " ".join(text))))


def digits(rng: random.Random, layout: Layout) -> Example:
    """One to four digits in one font; freely moved by up to 8 pixels across and 4 up or down."""
    text = "".join(rng.choices(string.digits, k=rng.choice((1, 2, 3, 3, 4))))
    picture, ink = sheet(rng, (128, 64), layout)
    corner = (layout.between(16, rng.randint(8, 24)), layout.between(10, rng.randint(6, 14)))
    ImageDraw.Draw(picture).text(corner, text, font=font(MONO, 40), fill=ink)
    return reading("ocr", rng, picture, text)


def code(rng: random.Random, layout: Layout) -> Example:
    """One to four digits, spaced like a number plate: each in the middle of a cell of 32 pixels.

    Freely, three to six letters and digits; the code begins at any cell, is moved by up to 3 pixels across and 2 up or
    down, and is of either font and of sizes 26 to 30.
    """
    length = layout.between(rng.randint(1, 4), rng.randint(3, 6))
    text = "".join(rng.choices(SYMBOLS[: layout.between(10, len(SYMBOLS))], k=length))
    picture, ink = sheet(rng, (CELL * CELLS, CELL), layout)
    name = SERIF if layout.is_free(rng) and rng.random() < 0.5 else MONO
    letters = font(name, layout.between(30, rng.randint(26, 30)))
    first = rng.randint(0, CELLS - len(text)) if layout.is_free(rng) else 1
    x, y = layout.between(0, rng.randint(-3, 3)), layout.between(0, rng.randint(-2, 2))
    canvas = ImageDraw.Draw(picture)
    for place, letter in enumerate(text, first):
        canvas.text((CELL * place + CELL // 2 + x, CELL // 2 + y), letter, font=letters, fill=ink, anchor="mm")
    return reading("code", rng, picture, text)


def buttons(rng: random.Random, layout: Layout) -> tuple[Image.Image, str, tuple[int, int]]:
    """Two buttons side by side, the label to click and the middle of its button in thousandths."""
    labels, target = rng.sample(BUTTONS, 2), rng.randrange(2)
    picture = Image.new("RGB", (128, 64), (225, 225, 230))
    canvas, small = ImageDraw.Draw(picture), font(MONO, 14)
    middles = []
    for column, label in enumerate(labels):
        left = 2 + 64 * column + layout.between(0, rng.randint(0, 2))
        top = layout.between(rng.choice((4, 34)), rng.randint(4, 34))
        canvas.rectangle([left, top, left + 58, top + 24], fill=rng.choice(BUTTON_COLORS))
        half = canvas.textlength(label, font=small) / 2
        canvas.text((left + 29 - half, top + 4), label, font=small, fill=(255, 255, 255))
        middles.append((left + 29, top + 12))
    x, y = middles[target]
    return picture, labels[target], (round(x * 100 / 128) * 10, round(y * 20 / 64) * 50)


def click(task: str, rng: random.Random, layout: Layout) -> Example:
    """A click on one of two buttons, as JSON or as a tool call."""
    picture, label, (x, y) = buttons(rng, layout)
    question = asked((Picture(picture), rng.choice(CLICKS).format(label)))
    thought = f"{label} is {'left' if x < 500 else 'right'}"
    if task == "click_tool":
        return Example(task, (question, Assistant(task, "", thought, (Call("click", {"x": x, "y": y}),))), (CLICK,))
    return Example(task, (question, Assistant(task, json.dumps({"action": "click", "coordinate": [x, y]}), thought)))


def draw(task: str, rng: random.Random, layout: Layout) -> Example:
    """One picture with text and the question about it."""
    if task == "ocr":
        return digits(rng, layout)
    if task == "code":
        return code(rng, layout)
    return click(task, rng, layout)
