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
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any, NoReturn

import gguf
import numpy as np

USAGE = 64
PACKAGE = "xllamacpp"
TEMPLATE_KEY = gguf.Keys.Tokenizer.CHAT_TEMPLATE
TEMPLATE_MODES = {
    "trailing-newline": lambda template: template + "{%- if add_generation_prompt %}{{- '\\n' }}{%- endif %}",
    "no-tools": lambda template: "{%- set tools = none %}" + template,
    "no-generation-prompt": lambda template: "{%- set add_generation_prompt = false %}" + template,
}


class VariantError(Exception):
    """An input from which the variant cannot be made."""


def rounded(source: Path, target: Path, kind: str) -> dict[str, Any]:
    """Passes each F16 matrix through a quantization and back; all other bytes of the file stay."""
    content = bytearray(source.read_bytes())
    quantization = gguf.GGMLQuantizationType[kind]
    changes = [
        round_tensor(tensor, quantization, content)
        for tensor in read_gguf(source).tensors
        if is_matrix(tensor, quantization)
    ]
    if not changes:
        raise VariantError(f"{source}: no F16 matrix with rows that {kind} can hold; use an F16 model")
    write_bytes(target, content)
    return {
        "changedTensors": sum(values > 0 for values, _ in changes),
        "changedValues": sum(values for values, _ in changes),
        "maxAbs": max(largest for _, largest in changes),
    }


def is_matrix(tensor: gguf.ReaderTensor, quantization: gguf.GGMLQuantizationType) -> bool:
    """Tells whether a tensor is a weight matrix that the quantization would take."""
    block = gguf.GGML_QUANT_SIZES[quantization][0]
    return (
        tensor.tensor_type == gguf.GGMLQuantizationType.F16 and len(tensor.shape) == 2 and tensor.shape[0] % block == 0
    )


def round_tensor(
    tensor: gguf.ReaderTensor, quantization: gguf.GGMLQuantizationType, content: bytearray
) -> tuple[int, float]:
    """Rounds one tensor in place; returns how many values changed and the largest change."""
    before = tensor.data.astype(np.float32)
    through = gguf.quants.dequantize(gguf.quants.quantize(before, quantization), quantization)
    after = through.astype(np.float16)
    start = int(tensor.data_offset)
    content[start : start + after.nbytes] = after.tobytes()
    difference = np.abs(after.astype(np.float32) - before)
    return int(np.count_nonzero(difference)), float(difference.max())


def template(source: Path, target: Path, mode: str) -> dict[str, Any]:
    """Copies a model with another chat template."""
    reader = read_gguf(source)
    field = reader.get_field(TEMPLATE_KEY)
    if field is None:
        raise VariantError(f"{source}: no '{TEMPLATE_KEY}' in its metadata; use a chat model")
    changed = TEMPLATE_MODES[mode](field.contents())
    copy_model(reader, target, {TEMPLATE_KEY: changed})
    return {"mode": mode, "template": hashlib.sha256(changed.encode()).hexdigest()}


def copy_model(reader: gguf.GGUFReader, target: Path, replaced: dict[str, Any]) -> None:
    """Writes all metadata and tensors in their order, some metadata values replaced."""
    partial = target.with_name(target.name + ".partial")
    writer = gguf.GGUFWriter(partial, "", use_temp_file=False)
    writer.kv_data[0].clear()  # the writer's own architecture entry; the source has one
    writer.data_alignment = int(reader.alignment)
    for field in reader.fields.values():
        if not field.name.startswith("GGUF."):
            sub_type = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(field.name, replaced.get(field.name, field.contents()), field.types[0], sub_type)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(partial, target)


def read_gguf(source: Path) -> gguf.GGUFReader:
    """Opens a GGUF file."""
    try:
        return gguf.GGUFReader(source)
    except (ValueError, IndexError) as error:
        raise VariantError(f"{source}: not a whole GGUF file: {error}") from None


def write_bytes(target: Path, content: bytes | bytearray) -> None:
    """Writes a file whole or not at all."""
    partial = target.with_name(target.name + ".partial")
    partial.write_bytes(content)
    os.replace(partial, target)


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
    command.add_argument("--mode", required=True, choices=sorted(TEMPLATE_MODES))
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
    except VariantError as error:
        print(f"variants.py: {error}", file=sys.stderr)
    except OSError as error:
        print(f"variants.py: {error.filename}: {error.strerror}", file=sys.stderr)
    return USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
