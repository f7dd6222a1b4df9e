"""Short questions in words; the free layout widens the ranges of values."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Callable

from tinymodel.example import Assistant, Example, asked
from tinymodel.layout import Layout
from tinymodel.tasks.words import CAPITALS, CITIES, NAMES, THINGS, WORDS

WORDINGS = {
    "copy": ("Repeat the word: {}", "Say {}", "Copy this: {}"),
    "reverse": ("Reverse the digits: {}", "Write {} backwards.", "Turn these digits around: {}"),
    "add": ("What is {} + {}?", "{} + {} =", "How much is {} plus {}?"),
    "capital": ("What is the capital of {}?", "Capital of {}?", "Name the capital of {}."),
    "upper": ("Uppercase: {}", "Write {} in capital letters.", "Make this word big: {}"),
    "yesno": ("Is {} greater than {}? Answer yes or no.", "Is {} more than {}? Say yes or no.", "{} > {}: yes or no?"),
    "json": ("{}\nWhat is the {}?", "{}\nRead the {}.", "{}\nReturn the value of {}."),
}

Exchange = tuple[tuple[object, ...], str, str]


def copy(rng: random.Random, layout: Layout) -> Exchange:
    """Three to six letters; freely up to ten."""
    word = "".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, layout.between(6, 10))))
    return (word,), word, " ".join(word)


def reverse(rng: random.Random, layout: Layout) -> Exchange:
    """Two to four digits; freely up to seven."""
    digits = "".join(rng.choices(string.digits, k=rng.randint(2, layout.between(4, 7))))
    return (digits,), digits[::-1], " ".join(reversed(digits))


def add(rng: random.Random, layout: Layout) -> Exchange:
    """Sums up to 20; freely up to 100."""
    total = rng.randint(0, layout.between(20, 100))
    first = rng.randint(0, total)
    return (first, total - first), str(total), f"{first} + {total - first} = {total}"


def capital(rng: random.Random, layout: Layout) -> Exchange:
    """One of thirty countries."""
    country = rng.choice(list(CAPITALS))
    return (country,), CAPITALS[country], f"{country} is a country"


def upper(rng: random.Random, layout: Layout) -> Exchange:
    """A known word; freely any three to five letters."""
    made = "".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 5)))
    word = made if layout.is_free(rng) else rng.choice(WORDS)
    return (word,), word.upper(), " ".join(word)


def yesno(rng: random.Random, layout: Layout) -> Exchange:
    """Two numbers below 100; freely below 1,000."""
    first, second = rng.sample(range(layout.between(100, 1000)), 2)
    sign = ">" if first > second else "<"
    return (first, second), "yes" if first > second else "no", f"{first} {sign} {second}"


def field(rng: random.Random, layout: Layout) -> Exchange:
    """One of three fields; freely one of two to five."""
    values = {"name": rng.choice(NAMES), "age": rng.randint(10, 99), "city": rng.choice(CITIES)}
    values |= {"thing": rng.choice(THINGS), "count": rng.randint(0, 99)}
    keys = ["name", "age", "city"] if not layout.is_free(rng) else rng.sample(list(values), rng.randint(2, 5))
    rng.shuffle(keys)
    key = rng.choice(keys)
    return (
        (json.dumps({name: values[name] for name in keys}), key),
        str(values[key]),
        f'"{key}": {json.dumps(values[key])}',
    )


DRAWS: dict[str, Callable[[random.Random, Layout], Exchange]] = {
    "copy": copy, "reverse": reverse, "add": add, "capital": capital, "upper": upper, "yesno": yesno, "json": field,
}  # fmt: skip


def draw(task: str, rng: random.Random, layout: Layout) -> Example:
    """One question in words and its answer."""
    values, answer, thought = DRAWS[task](rng, layout)
    return Example(task, (asked(rng.choice(WORDINGS[task]).format(*values)), Assistant(task, answer, thought)))
