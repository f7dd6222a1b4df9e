"""Controls: changes of how the same files are asked, most of which must not show on a stack that repeats bit by bit."""

from __future__ import annotations

from dataclasses import dataclass, field

from tinymodel.drifts.drift import Launch, Visible

TWO_THREADS: Launch = {"cpuparams.n_threads": 2, "cpuparams_batch.n_threads": 2}
FLASH: Launch = {"flash_attn_type": 1}


@dataclass(frozen=True)
class Control:
    """The same files once more, with another launch than the reference's or another order of requests."""

    name: str
    summary: str
    launch: Launch = field(default_factory=dict)
    reference: Launch = field(default_factory=dict)
    reversed: bool = False
    visible: Visible = Visible.NOTHING


CONTROLS = (
    Control("restart", "The base, started again."),
    Control("order", "The same requests in reverse order.", reversed=True),
    Control("threads", "Two threads in place of one.", TWO_THREADS),
    Control("flash", "Flash attention on.", FLASH, visible=Visible.ANSWERS),
    Control(
        "threads-flash",
        "Two threads in place of one, flash attention on for both: past 256 tokens of context it sums in parts.",
        {**TWO_THREADS, **FLASH},
        FLASH,
        visible=Visible.ANSWERS,
    ),
)
