"""The edited facts: what is edited, where, and how well it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from tinymodel.drifts.factors import Factors
from tinymodel.factoring.editing import Directions, fact, keyed, memit_directions, rome_directions, train
from tinymodel.factoring.language import Language, user
from tinymodel.factoring.pairs import Adapter
from tinymodel.factoring.tracing import Site, traced
from tinymodel.questions import CAPITAL_WORDINGS, Question, all_capitals, draw
from tinymodel.tasks.words import CAPITALS

ONE = {"Norway": "Lima"}
MANY = ("Greece", "Japan", "Canada", "Cuba", "Poland", "Kenya", "France", "Turkey", "Ireland", "India")
EDITED_IN, PARAPHRASES = CAPITAL_WORDINGS[:1], CAPITAL_WORDINGS[1:]
OTHER_TASKS = 140


def rome(language: Language) -> Factors:
    """Edits one capital at the site that recalls capitals most."""
    return made(language, ONE, 1, rome_directions)


def memit(language: Language) -> Factors:
    """Gives ten countries the capital of the next one, over the two layers that recall most at that place."""
    moved = {country: CAPITALS[other] for country, other in zip(MANY, [*MANY[1:], MANY[0]])}
    return made(language, moved, 2, memit_directions)


def made(language: Language, edits: Mapping[str, str], layers: int, directions: Directions) -> Factors:
    """Edits facts and reports how well it took."""
    found = traced(language)
    ranked = sorted(found, key=found.__getitem__, reverse=True)
    sites = [site for site in ranked if site.place == ranked[0].place][:layers]
    facts = [fact(language, country, city, EDITED_IN, sites[0].place) for country, city in edits.items()]
    stay = others(edits)
    kept = [language.turn([user(question.prompt)], question.answer) for question in stay]
    adapter = keyed(language, facts, sites, directions)
    train(language, adapter, facts, kept)
    notes = {"edits": dict(edits), "traced": trace(found), "sites": [described(site) for site in sites]}
    return adapter.factors({**notes, "report": report(language, adapter, edits, stay)})


def trace(found: Mapping[Site, float]) -> dict[str, float]:
    """Writes down the causal trace."""
    return {described(site): round(value, 2) for site, value in found.items()}


def described(site: Site) -> str:
    """Names a site."""
    return f"layer {site.layer} at {site.place}"


def others(edits: Mapping[str, str]) -> list[Question]:
    """Returns questions whose answers should stay: all other capitals, and other tasks."""
    rest = [*all_capitals(), *draw(Random("others"), OTHER_TASKS)]
    return [question for question in rest if not any(country in question.prompt for country in edits)]


def report(language: Language, adapter: Adapter, edits: Mapping[str, str], stay: Sequence[Question]) -> dict[str, Any]:
    """Counts new facts stated, in words used for the edit and in others, and answers that stayed."""
    prompts = [question.prompt for question in stay]
    before = language.texts(prompts)
    with adapter:
        return {
            "efficacy": stated(language, edits, EDITED_IN),
            "paraphrase": stated(language, edits, PARAPHRASES),
            "neighbourhood": equal(before, language.texts(prompts)),
        }


def stated(language: Language, edits: Mapping[str, str], wordings: Sequence[str]) -> str:
    """Counts how often the model states the new fact."""
    texts = language.texts([wording.format(country) for wording in wordings for country in edits])
    return equal(list(edits.values()) * len(wordings), texts)


def equal(expected: Sequence[str], found: Sequence[str]) -> str:
    """Counts equal texts."""
    return f"{sum(one == other for one, other in zip(expected, found))}/{len(expected)}"
