"""The tables of docs/drift-family.md, written from the comparison's data between markers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tinymodel.weights import ModelError

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEAD = (
    "drift",
    "what",
    "layer",
    "weights changed",
    "prompt lengths",
    "first token, mean abs. Δlogprob (prompts)",
    "other first token",
    "answer, mean abs. Δlogprob (prompts)",
    "log-probabilities missing",
    "greedy texts",
    "seeded texts",
    "unset sampling",
    "right",
    "shows",
)


def tables(data: Mapping[str, Any]) -> str:
    """Writes controls and drifts as tables, and the reports of the trained ones."""
    first = data["controls"][0]["summary"]
    parts = [
        f"{first['prompts']} prompts: {first['greedy']} greedy, of which {first['scored']} are scored;"
        f" {first['seeded']} with temperature 1 and a seed; {first['defaults']} with a seed and no other setting."
        f" Engine {data['engine']}, base tensors `{data['base']['tensors'][:12]}`.",
        table(HEAD, [row(one) for one in [*data["controls"], *data["drifts"]]]),
        "What making the trained factors reported:",
        table(("factors", "report"), [[f"`{name}`", told(report)] for name, report in data["factors"].items()]),
    ]
    return "\n\n".join(parts)


def layers(one: Mapping[str, Any]) -> str:
    """Names the layers of the lock that a drift moves."""
    return ", ".join(one["layers"]) or "none"


def weights(one: Mapping[str, Any]) -> str:
    """Counts the numbers that changed and the tensors that they are in, or the tensors that got another type."""
    files = list(one.get("files", {}).values())
    tensors = sum(len(file["changedTensors"]) for file in files)
    values = sum(file["changedValues"] for file in files)
    if not tensors:
        return "0"
    return f"{values} in {tensors}" if values else f"all of {tensors}"


def row(one: Mapping[str, Any]) -> list[str]:
    """Writes one line of the table."""
    found = one["summary"]
    return [
        f"`{one['name']}`",
        one["what"],
        layers(one),
        weights(one),
        moved_of(found["promptLengthsMoved"], found["prompts"]),
        mean(found["firstMean"], found["firstCount"], "≥ " if found["firstBounded"] else ""),
        moved_of(found["firstTokensMoved"], found["greedy"]),
        mean(found["sequenceMean"], found["sequenceCount"]),
        moved_of(found["logprobsMissing"], found["prompts"]),
        moved_of(found["greedyTextsMoved"], found["greedy"]),
        moved_of(found["seededTextsMoved"], found["seeded"]),
        moved_of(found["defaultsTextsMoved"], found["defaults"]),
        right(found),
        one["shows"] if one["shows"] == one["expected"] else f"**{one['shows']}**",
    ]


def moved_of(count: int, total: int) -> str:
    """Writes a share."""
    return f"{count}/{total}" if count else "0"


def mean(value: float | None, count: int, bound: str = "") -> str:
    """Writes a mean difference of log-probabilities and the number of prompts that it rests on."""
    return "-" if value is None else f"{bound}{value:.2g} ({count})"


def right(found: Mapping[str, Any]) -> str:
    """Writes the score and what moved it."""
    after = f"{found['rightAfter']}/{found['scored']}"
    return f"{after} (−{found['lost']} +{found['won']})" if found["lost"] or found["won"] else after


def told(report: Mapping[str, Any]) -> str:
    """Writes a report on one line."""
    return "; ".join(f"{name} {value}" for name, value in report.items())


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Writes a table."""
    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


def line(cells: Sequence[str]) -> str:
    """Writes one line of a table."""
    return "| " + " | ".join(cells) + " |"


def check(page: Path) -> str:
    """Returns the text of a page, or refuses one that has no place for the tables."""
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ModelError(f"{page}: expected one '{BEGIN}' and one '{END}'; put them where the tables belong")
    return text


def replaced(page: Path, data: Mapping[str, Any]) -> str:
    """Returns the page with new tables between its markers."""
    text = check(page)
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{tables(data)}\n{END}{after}"
