"""Makes variants that a provider could serve under the same name, to test whether a drift check notices.

  variants.py rounded --type Q8_0|Q4_0 IN OUT        weights rounded as a quantization would, still stored as F16
  variants.py template --mode MODE IN OUT            same weights, another chat template
  variants.py forge-engine --engine DIR --claim VERSION OUT_DIR    another engine that claims to be VERSION

Run it with the interpreter of `stack.py install --tools`. Same input, same bytes out. One JSON object on stdout.
Exit codes: 0 done · 64 wrong usage or an input that has nothing to change.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tiny-model"))

from tinymodel.drifts.quantized import one_kind
from tinymodel.drifts.quantized import rounded as rounded_model
from tinymodel.drifts.templates import KEY, MODES, with_template
from tinymodel.weights import Gguf, ModelError, read_gguf, write_gguf

USAGE = 64
PACKAGE = "xllamacpp"


class VariantError(Exception):
    """An engine from which the variant cannot be made."""


def rounded(source: Path, target: Path, kind: str) -> dict[str, Any]:
    """Passes each F16 matrix through a quantization and back; all other bytes of the file stay."""
    before = read_gguf(source)
    after = rounded_model(before, one_kind(kind))
    write_gguf(after, target)
    differences = [difference(before, after, name) for name in after.tensors]
    return {
        "changedTensors": sum(bool(one.any()) for one in differences),
        "changedValues": int(sum(np.count_nonzero(one) for one in differences)),
        "maxAbs": float(max(one.max() for one in differences)),
    }


def difference(before: Gguf, after: Gguf, name: str) -> np.ndarray:
    """Returns by how much each value of a tensor moved."""
    return np.abs(after.tensors[name].numbers() - before.tensors[name].numbers())


def template(source: Path, target: Path, mode: str) -> dict[str, Any]:
    """Copies a model with another chat template."""
    changed = with_template(read_gguf(source), mode)
    write_gguf(changed, target)
    return {"mode": mode, "template": hashlib.sha256(changed.metadata[KEY].content.encode()).hexdigest()}


def forge_engine(engine: Path, claim: str, target: Path) -> dict[str, Any]:
    """Copies an engine's virtual environment and rewrites its metadata, so that only the binary tells the truth."""
    if target.exists():
        raise VariantError(f"{target}: exists; name a new folder")
    site_packages(engine)
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(engine, partial, symlinks=True)
    (partial / "installed.sha256").unlink(missing_ok=True)
    real = rewrite_metadata(site_packages(partial), claim)
    partial.rename(target)
    binary = next((site_packages(target) / PACKAGE).glob("*.so"))
    return {"dir": str(target), "claims": claim, "is": real, "binary": hashlib.sha256(binary.read_bytes()).hexdigest()}


def site_packages(environment: Path) -> Path:
    """Finds where an environment keeps its packages."""
    found = sorted(environment.glob(f"lib/python3*/site-packages/{PACKAGE}"))
    if not found or not (environment / "bin" / "python").exists():
        raise VariantError(f"{environment}: not a virtual environment with {PACKAGE}; see stack.py install --engine")
    return found[0].parent


def rewrite_metadata(packages: Path, claim: str) -> str:
    """Makes the package's metadata claim a version; returns the real one."""
    old = next(packages.glob(f"{PACKAGE}-*.dist-info"))
    real = old.name[len(PACKAGE) + 1 : -len(".dist-info")]
    new = old.rename(packages / f"{PACKAGE}-{claim}.dist-info")
    substitute(new / "METADATA", r"^Version: .*$", f"Version: {claim}")
    substitute(packages / PACKAGE / "_version.py", r'"version": "[^"]*"', f'"version": "{claim}"')
    for cached in (packages / PACKAGE / "__pycache__").glob("_version.*"):
        cached.unlink()
    rewrite_record(new / "RECORD", old.name, packages)
    return real


def substitute(file: Path, pattern: str, replacement: str) -> None:
    """Replaces the one place of a text file that matches."""
    text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    if count != 1:
        raise VariantError(f"{file}: no place that matches {pattern}; this version is laid out differently")
    file.write_text(text, encoding="utf-8")


def rewrite_record(record: Path, old_name: str, packages: Path) -> None:
    """Makes the list of installed files agree with the files again."""
    lines = record.read_text(encoding="utf-8").replace(old_name, record.parent.name).splitlines()
    kept = [line for line in lines if (packages / line.split(",")[0]).exists()]
    record.write_text("".join(record_line(line, packages) + "\n" for line in kept), encoding="utf-8")


def record_line(line: str, packages: Path) -> str:
    """Renews digest and size of one entry that has them."""
    name, digest, _ = line.rsplit(",", 2)
    if not digest:
        return line
    content = (packages / name).read_bytes()
    encoded = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    return f"{name},sha256={encoded},{len(content)}"


class Parser(argparse.ArgumentParser):
    """A command-line parser whose mistakes end with exit code 64."""

    def error(self, message: str) -> NoReturn:
        """Reports wrong usage."""
        self.exit(USAGE, f"variants.py: {message}\n{self.format_usage()}")


def parser() -> Parser:
    """Describes the command line."""
    top = Parser(prog="variants.py", description="Makes drift variants of a model or an engine.")
    commands = top.add_subparsers(dest="command", required=True)
    command = commands.add_parser("rounded")
    command.add_argument("--type", required=True, choices=("Q8_0", "Q4_0"))
    add_files(command, lambda options: rounded(options.source, options.target, options.type))
    command = commands.add_parser("template")
    command.add_argument("--mode", required=True, choices=sorted(MODES))
    add_files(command, lambda options: template(options.source, options.target, options.mode))
    command = commands.add_parser("forge-engine")
    command.add_argument("--engine", required=True, type=Path, metavar="DIR")
    command.add_argument("--claim", required=True, metavar="VERSION")
    command.add_argument("target", type=Path, metavar="OUT_DIR")
    command.set_defaults(action=lambda options: forge_engine(options.engine, options.claim, options.target.absolute()))
    return top


def add_files(command: argparse.ArgumentParser, action: Any) -> None:
    """Adds input and output."""
    command.add_argument("source", type=Path, metavar="IN")
    command.add_argument("target", type=Path, metavar="OUT")
    command.set_defaults(action=action)


def main(arguments: list[str]) -> int:
    """Makes one variant."""
    options = parser().parse_args(arguments)
    try:
        print(json.dumps(options.action(options)))
        return 0
    except (ModelError, VariantError) as error:
        print(f"variants.py: {error}", file=sys.stderr)
    except OSError as error:
        print(f"variants.py: {error.filename}: {error.strerror}", file=sys.stderr)
    return USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
