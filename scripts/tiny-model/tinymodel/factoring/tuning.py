"""LoRA and DoRA: the base fine-tuned on wordings that it was not trained on."""

from __future__ import annotations

from random import Random

import torch

from tinymodel.drifts.factors import Factors
from tinymodel.factoring.language import Language, Turn, user
from tinymodel.factoring.pairs import Adapter, DirectedPair, Pair
from tinymodel.questions import LETTERS, letters
from tinymodel.tasks.words import CAPITALS, WORDS

RANK, STEPS, BATCH, RATE = 4, 150, 24, 5e-3
ATTENTION = ("q_proj", "v_proj")


def reworded(random: Random) -> tuple[str, str]:
    """Draws a question in words that the base does not know."""
    country, word, made_up = random.choice(list(CAPITALS)), random.choice(WORDS), letters(random, LETTERS, 3, 6)
    first, second = random.sample(range(100), 2)
    return random.choice(
        (
            (f"Which city is the capital of {country}?", CAPITALS[country]),
            (f"{country}'s capital?", CAPITALS[country]),
            (f"Shout {word}!", word.upper()),
            (f"Echo this: {made_up}", made_up),
            (f"Does {first} beat {second}?", "yes" if first > second else "no"),
        )
    )


def turns(language: Language, random: Random, count: int) -> list[Turn]:
    """Draws turns in the new wordings."""
    drawn = [reworded(random) for _ in range(count)]
    return [language.turn([user(prompt)], answer) for prompt, answer in drawn]


def tuned(language: Language, kind: type[Pair]) -> Factors:
    """Trains pairs on the attention's query and value projections."""
    torch.manual_seed(1)
    random, unseen = Random("tuning"), turns(language, Random("tuning-unseen"), 200)
    adapter = Adapter.fresh(language, ATTENTION, kind, RANK)
    before = measured(language, unseen)
    with adapter:
        adapter.train(STEPS, RATE, lambda _: language.loss(turns(language, random, BATCH)))
        after = measured(language, unseen)
    report = {"unseen loss before": before, "unseen loss after": after}
    return adapter.factors({"rank": RANK, "steps": STEPS, "report": report})


@torch.no_grad()
def measured(language: Language, unseen: list[Turn]) -> float:
    """Returns the loss on turns that were not trained on."""
    return round(float(language.loss(unseen)), 4)


def lora(language: Language) -> Factors:
    """Trains a LoRA adapter."""
    return tuned(language, Pair)


def dora(language: Language) -> Factors:
    """Trains a DoRA adapter."""
    return tuned(language, DirectedPair)
