"""Facts edited after ROME (arXiv 2202.05262, one fact) and MEMIT (arXiv 2210.07229, many facts over two layers).

A down projection is read as a memory from keys (its inputs at the place where a fact is recalled) to values. In closed
form come the directions in which the weight may change: those that the new facts' keys alone read, measured in the
covariance of the keys of ordinary prompts, so that other keys keep their values. Along them, values are found by
gradient descent that make the model state the new facts and answer everything else as before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor, nn

from tinymodel.factoring.language import Language, Message, Turn, user
from tinymodel.factoring.pairs import Adapter, KeyedPair
from tinymodel.factoring.tracing import Site, place_of
from tinymodel.questions import draw

SAMPLES, RIDGE, WEIGHT, STEPS, RATE, KEPT = 700, 1e-4, 0.1, 100, 0.3, 24
CONTEXTS: tuple[tuple[Message, ...], ...] = ((), ({"role": "system", "content": "You are a helpful assistant."},))
Directions = Callable[[Language, nn.Module, "Sequence[Fact]"], Tensor]


@dataclass(frozen=True)
class Fact:
    """One new fact in some wordings and contexts, and where it is recalled in each."""

    turns: tuple[Turn, ...]
    places: tuple[int, ...]


def fact(language: Language, country: str, capital: str, wordings: Sequence[str], place: str) -> Fact:
    """Puts a fact into words."""
    turns = tuple(
        language.turn([*context, user(wording.format(country))], capital)
        for wording in wordings
        for context in CONTEXTS
    )
    return Fact(turns, tuple(place_of(language, turn, country, place) for turn in turns))


def inputs(language: Language, module: nn.Module, turns: Sequence[Turn]) -> Tensor:
    """Returns what goes into a module for turns padded on the right."""
    kept: list[Tensor] = []
    handle = module.register_forward_hook(lambda _, arguments, __: kept.append(arguments[0]))
    with torch.no_grad():
        language.scores([turn.ids() for turn in turns])
    handle.remove()
    return kept[0].double()


def covariance(language: Language, down: nn.Module) -> Tensor:
    """Returns the uncentred second moment of the keys of ordinary prompts."""
    turns = [language.turn([user(one.prompt)], one.answer) for one in draw(Random("covariance"), SAMPLES)]
    keys = inputs(language, down, turns)
    real = torch.cat([keys[row, : len(turn.ids())] for row, turn in enumerate(turns)])
    moment = real.T @ real / len(real)
    return moment + RIDGE * moment.trace() / len(moment) * torch.eye(len(moment), dtype=moment.dtype)


def keys_of(language: Language, down: nn.Module, facts: Sequence[Fact]) -> Tensor:
    """Returns one key a column, averaged over wordings and contexts."""
    keys = [inputs(language, down, one.turns)[range(len(one.turns)), one.places].mean(0) for one in facts]
    return torch.stack(keys, 1)


def rome_directions(language: Language, down: nn.Module, facts: Sequence[Fact]) -> Tensor:
    """Returns (C⁻¹k)ᵀ / (kᵀ C⁻¹ k), which reads 1 from the one key."""
    keys = keys_of(language, down, facts)
    solved: Tensor = torch.linalg.solve(covariance(language, down), keys)
    return solved.T / (keys * solved).sum(0)[:, None]


def memit_directions(language: Language, down: nn.Module, facts: Sequence[Fact]) -> Tensor:
    """Returns Kᵀ (λ C + K Kᵀ)⁻¹, which reads nearly 1 from each fact's own key and nearly 0 from the others."""
    keys = keys_of(language, down, facts)
    solved: Tensor = torch.linalg.solve(WEIGHT * covariance(language, down) + keys @ keys.T, keys)
    return solved.T


def keyed(language: Language, facts: Sequence[Fact], sites: Sequence[Site], directions: Directions) -> Adapter:
    """Puts directions on the down projections of some sites; their values are still zero."""
    projections = {site.layer: language.layers[site.layer].mlp.down_proj for site in sites}
    pairs = {
        f"blk.{layer}.ffn_down.weight": KeyedPair(down.weight, directions(language, down, facts))
        for layer, down in projections.items()
    }
    return Adapter(language, pairs)


def train(language: Language, adapter: Adapter, facts: Sequence[Fact], kept: Sequence[Turn]) -> None:
    """Finds the values; leaves the adapter taken off."""
    random, new = Random("editing"), [turn for one in facts for turn in one.turns]
    with adapter:
        adapter.train(STEPS, RATE, lambda _: language.loss(new) + language.loss(random.sample(kept, KEPT)))
