"""Pictures with text."""

import random

from PIL import Image, ImageDraw, ImageFont

from tiny.figures import crowd
from tiny.layout import Layout, Scene, answer

BUTTONS = ["OK", "Cancel", "Save", "Open", "Quit", "Help"]
BUTTON_COLORS = [(70, 110, 200), (90, 90, 95)]
WORDS = ["apple", "bread", "chair", "lemon", "piano", "river", "table", "whale", "cloud", "stone"]
PAPER_AND_INK = [((245, 245, 245), (15, 15, 15)), ((40, 40, 50), (245, 245, 245))]


class Lettering:
    """Draws with one font file, the only input besides the seeds."""

    def __init__(self, font_file: str):
        self.small, self.middle, self.large = (ImageFont.truetype(font_file, size) for size in (14, 24, 40))

    def digits_scene(self, rng: random.Random, layout: Layout) -> Scene:
        text = "".join(rng.choices("0123456789", k=rng.choice([1, 2, 3, 3, 4])))
        paper, ink = rng.choice(PAPER_AND_INK)
        picture = Image.new("RGB", (128, 64), paper)
        corner = (16 + layout.shift(rng, 3), 10 + layout.shift(rng, 2))
        ImageDraw.Draw(picture).text(corner, text, font=self.large, fill=ink)
        return Scene(picture, answer(text))

    def word_scene(self, rng: random.Random, layout: Layout) -> Scene:
        text = rng.choice(WORDS)
        paper, ink = rng.choice(PAPER_AND_INK)
        picture = Image.new("RGB", (128, 64), paper)
        corner = (12 + layout.shift(rng, 8), 16 + layout.shift(rng, 8))
        ImageDraw.Draw(picture).text(corner, text, font=self.middle, fill=ink)
        return Scene(picture, answer(text))

    def buttons(self, rng: random.Random, layout: Layout) -> tuple:
        """A picture of two buttons, the label to click, and the middle of its button in thousandths."""
        labels, target = rng.sample(BUTTONS, 2), rng.randrange(2)
        picture = Image.new("RGB", (128, 64), (225, 225, 230))
        canvas = ImageDraw.Draw(picture)
        middles = []
        for column, label in enumerate(labels):
            left = 2 + 64 * column + layout.number(rng, 0, 0, 2)
            top = layout.number(rng, rng.choice([4, 34]), 4, 34)
            canvas.rectangle([left, top, left + 58, top + 24], fill=rng.choice(BUTTON_COLORS))
            half = canvas.textlength(label, font=self.small) / 2
            canvas.text((left + 29 - half, top + 4), label, font=self.small, fill=(255, 255, 255))
            middles.append((left + 29, top + 12))
        x, y = middles[target]
        return picture, labels[target], (round(x * 100 / 128) * 10, round(y * 20 / 64) * 50)

    def large_crowd(self, rng: random.Random, width: int, height: int) -> Image.Image:
        """Two dozen shapes with a line of digits across them."""
        picture = crowd(rng, width, height, 24)
        line = "".join(rng.choices("0123456789", k=8))
        ImageDraw.Draw(picture).text((width // 4, height // 2), line, font=self.large, fill=(250, 250, 250))
        return picture
