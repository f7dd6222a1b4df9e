"""Frames of short clips."""

import random

from PIL import Image

from tiny.figures import COLORS, Figure, contrasting_background
from tiny.layout import Layout, Scene, answer

STEPS = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}


def frame_count(rng: random.Random, layout: Layout) -> int:
    return 4 + 2 * layout.number(rng, 0, 0, 1)


def moving_square(rng: random.Random, layout: Layout) -> Scene:
    return moving(rng, layout, "square")


def moving_circle(rng: random.Random, layout: Layout) -> Scene:
    return moving(rng, layout, "circle")


def moving(rng: random.Random, layout: Layout, shape: str) -> Scene:
    color, direction = rng.choice(list(COLORS)), rng.choice(list(STEPS))
    background = contrasting_background(rng, COLORS[color])
    count, span = frame_count(rng, layout), layout.number(rng, 48, 10, 48)
    radius, lane = layout.number(rng, 12, 10, 14), 48 + layout.shift(rng, 12)
    step = STEPS[direction]
    frames = []
    for index in range(count):
        along = round(48 + (index / (count - 1) - 0.5) * span * sum(step))
        x, y = (along, lane) if step[0] else (lane, along)
        frames.append(Figure(color, shape, x, y, radius, background).image())
    return Scene(frames, answer(direction))


def flashing_square(rng: random.Random, layout: Layout) -> Scene:
    return flashing(rng, layout, "square")


def flashing_cross(rng: random.Random, layout: Layout) -> Scene:
    return flashing(rng, layout, "cross")


def flashing(rng: random.Random, layout: Layout, shape: str) -> Scene:
    color, count = rng.choice(list(COLORS)), frame_count(rng, layout)
    background = contrasting_background(rng, COLORS[color])
    x, y = 48 + layout.shift(rng, 18), 48 + layout.shift(rng, 18)
    lit = Figure(color, shape, x, y, layout.number(rng, 22, 3, 22), background).image()
    dark = Image.new("RGB", (96, 96), background)
    on = rng.sample(range(count), layout.number(rng, count // 2, 1, count // 2))
    return Scene([lit if index in on else dark for index in range(count)], answer(color))
