"""Where the model recalls a fact, found by exchanging activations (causal tracing, arXiv 2202.05262 §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from tinymodel.factoring.language import Language, Turn, user
from tinymodel.questions import CAPITAL_WORDINGS
from tinymodel.tasks.words import CAPITALS

PAIRS = (("Norway", "Peru"), ("Spain", "Japan"), ("Egypt", "France"), ("Kenya", "Cuba"), ("India", "Greece"))
SUBJECT, END = "the subject's last token", "the prompt's last token"


@dataclass(frozen=True)
class Site:
    """A layer whose feed-forward block recalls facts, and the place in the prompt where it does."""

    layer: int
    place: str


def place_of(language: Language, turn: Turn, subject: str, place: str) -> int:
    """Finds a place in a prompt."""
    return len(turn.prompt) - 1 if place == END else subject_end(language, turn.prompt, subject)


def subject_end(language: Language, prompt: Sequence[int], subject: str) -> int:
    """Finds the last token of the last mention of the subject."""
    texts = [language.tokenizer.decode(prompt[: place + 1]) for place in range(len(prompt))]
    last = texts[-1].rfind(subject) + len(subject)
    return next(place for place, text in enumerate(texts) if len(text) >= last)


def traced(language: Language) -> dict[Site, float]:
    """Maps each site to how far it moves the answer, in nats, with its output from another country's question."""
    sites = [Site(layer, place) for layer in range(len(language.layers)) for place in (SUBJECT, END)]
    return {site: sum(effects(language, site)) / len(PAIRS) / len(CAPITAL_WORDINGS) for site in sites}


def effects(language: Language, site: Site) -> list[float]:
    """Measures one site on every pair in every wording."""
    return [effect(language, site, wording, pair) for wording in CAPITAL_WORDINGS for pair in PAIRS]


@torch.no_grad()
def effect(language: Language, site: Site, wording: str, pair: tuple[str, str]) -> float:
    """Exchanges one activation; returns by how much the other country's capital gains on the right one."""
    ours, theirs = (language.turn([user(wording.format(country))], CAPITALS[country]) for country in pair)
    block = language.layers[site.layer].mlp
    here, there = (place_of(language, turn, country, site.place) for turn, country in zip((ours, theirs), pair))
    taken = output(language, block, theirs)[there]

    def exchange(_: nn.Module, __: Any, values: Tensor) -> Tensor:
        values = values.clone()
        values[0, here] = taken
        return values

    before = lead(language, ours, theirs)
    handle = block.register_forward_hook(exchange)
    after = lead(language, ours, theirs)
    handle.remove()
    return after - before


def output(language: Language, block: nn.Module, turn: Turn) -> Tensor:
    """Returns what a block puts out for a prompt."""
    kept: list[Tensor] = []
    handle = block.register_forward_hook(lambda _, __, values: kept.append(values[0]))
    language.scores([turn.prompt])
    handle.remove()
    return kept[0]


def lead(language: Language, ours: Turn, theirs: Turn) -> float:
    """Returns how far the other answer's first token is ahead of ours."""
    scores = language.scores([ours.prompt])[0, -1]
    return float(scores[theirs.answer[0]] - scores[ours.answer[0]])
