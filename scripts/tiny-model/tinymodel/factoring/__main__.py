"""Makes the factors of the trained drifts from a base: `tiny-model factoring [NAME …]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tinymodel.drifts import factors
from tinymodel.drifts.options import add_base_options, base_of
from tinymodel.factoring import distillation, facts, step, tuning
from tinymodel.factoring.language import Language
from tinymodel.places import BASELINES

MASTER = BASELINES / "tiny-qwen3-vl" / "hf"
MAKERS = {
    "lora": tuning.lora,
    "dora": tuning.dora,
    "prompt-baked": distillation.baked_prompt,
    "context-distilled": distillation.distilled_context,
    "rome": facts.rome,
    "memit": facts.memit,
    "gradient-step": step.kept_step,
    "gradient-step-lost": step.lost_step,
}


def main(arguments: list[str]) -> int:
    """Makes the named factors, or all."""
    parser = argparse.ArgumentParser(prog="tinymodel.factoring", description="Trains the factors of drifts.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MAKERS)}; default: all")
    parser.add_argument("--hf", type=Path, default=MASTER, metavar="DIR", help="the fp32 master")
    add_base_options(parser)
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(MAKERS))
    if unknown:
        parser.error(f"'{unknown[0]}' is no factor; expected some of {', '.join(MAKERS)}")
    language, base = Language(options.hf), base_of(options)
    for name in options.names or MAKERS:
        made = MAKERS[name](language)
        print(factors.write(base, name, made), made.notes["report"], flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
