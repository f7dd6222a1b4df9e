"""The learning curve of a run as a picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

from tinymodel.tasks import MODALITIES

COLUMNS = 2


def draw_curve(log: Path, target: Path) -> None:
    """Draws the loss, and for every task how far its curriculum came times its accuracy there."""
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    figure, axes = pyplot.subplots(3, COLUMNS, figsize=(12, 12), constrained_layout=True)
    places = axes.flatten()
    loss_panel(places[0], entries)
    rate_panel(places[1], entries)
    for panel, (modality, names) in zip(places[2:], MODALITIES.items()):
        for name in names:
            panel.plot(
                steps(entries), [entry["tasks"][name][0] * entry["tasks"][name][1] for entry in entries], label=name
            )
        panel.set(title=f"{modality}: reach × accuracy", xlabel="step", ylim=(0, 1))
        panel.legend(fontsize=7, ncol=2)
    figure.savefig(target, dpi=80, metadata={"Software": None})
    pyplot.close(figure)


def steps(entries: list[dict[str, Any]]) -> list[int]:
    """The horizontal axis."""
    return [entry["step"] for entry in entries]


def loss_panel(panel: Any, entries: list[dict[str, Any]]) -> None:
    """Draws the loss."""
    panel.plot(steps(entries), [entry["loss"] for entry in entries], color="black", linewidth=0.8)
    panel.set(title="loss a conversation", xlabel="step", yscale="log")


def rate_panel(panel: Any, entries: list[dict[str, Any]]) -> None:
    """Draws the learning rate against time."""
    panel.plot(steps(entries), [entry["factor"] for entry in entries], color="tab:blue", label="share of the full rate")
    panel.plot(steps(entries), [entry["seconds"] / 3600 for entry in entries], color="tab:gray", label="hours")
    panel.set(title="learning rate and time", xlabel="step")
    panel.legend()
