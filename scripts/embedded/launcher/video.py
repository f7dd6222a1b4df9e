"""Finds or installs ffmpeg and ffprobe, which the engine starts to read videos."""

from __future__ import annotations

import base64
import hashlib
import platform
import shutil
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from launcher.commands import progress, run
from launcher.engines import has_parameter
from launcher.installs import once
from launcher.problems import MISSING, USAGE, Problem

PARAMETER = "video_ffmpeg_bin_dir"
TOOLS = ("ffmpeg", "ffprobe")
OTHER_WAY = "install ffmpeg with the system's package manager"
HINT = (
    "no video input: install ffmpeg and ffprobe with the system's package manager so that both are on PATH"
    " (or, on Linux x86-64, install npm), then take the stack down and up again"
)


@dataclass(frozen=True)
class NpmPackage:
    """One pinned npm package that carries one program."""

    name: str
    version: str
    program: str
    sha512: str


PACKAGES = (
    NpmPackage(
        "@ffmpeg-installer/linux-x64",
        "4.1.0",
        "ffmpeg",
        "Y5BWhGLU/WpQjOArNIgXD3z5mxxdV8c41C+U15nsE5yF8tVcdCGet5zPs5Zy3Ta6bU7haGpIzryutqCGQA/W8A==",
    ),
    NpmPackage(
        "@ffprobe-installer/linux-x64",
        "5.2.0",
        "ffprobe",
        "D3UeqTLYPNs7pBWPLUYGehPdRVqU8eACox4OZy3pZUZatxye2YKlvBwEfaLdL1v2Z4FOAlLUhms0kY8m8kqSRA==",
    ),
)


@dataclass(frozen=True)
class Video:
    """What a stack knows about its video tools."""

    parameters: dict[str, str]
    tools: dict[str, str] | None
    hint: str | None


NOT_NEEDED = Video({}, None, None)


def resolve(params: dict[str, Any], home: Path, python: Path) -> Video:
    """Decides where the engine finds its video tools: named in the launch, on PATH, installed, or nowhere."""
    if PARAMETER in params:
        return Video({}, digests(Path(params[PARAMETER]), *named(Path(params[PARAMETER]))), None)
    if "mmproj.path" not in params:
        return NOT_NEEDED
    if not has_parameter(python, PARAMETER):
        return Video({}, None, "no video input: this engine version cannot read videos; use a newer one")
    on_path = [Path(path) for tool in TOOLS if (path := shutil.which(tool))]
    if len(on_path) == len(TOOLS):
        return Video({}, digests(on_path[0].parent, *on_path), None)
    return installed_or_hint(home)


def installed_or_hint(home: Path) -> Video:
    """Installs the tools; where that is impossible, says how to get them."""
    try:
        folder = install(home)
    except Problem as problem:
        progress(str(problem))
        return Video({}, None, f"{HINT} ({str(problem).splitlines()[0]})")
    return Video({PARAMETER: str(folder)}, digests(folder, *named(folder)), None)


def named(folder: Path) -> list[Path]:
    """Returns both programs of a folder that the launch names."""
    programs = [folder / tool for tool in TOOLS]
    for program in programs:
        if not program.is_file():
            raise Problem(
                USAGE, f"key 'params.{PARAMETER}': {program} does not exist; name a folder with ffmpeg and ffprobe"
            )
    return programs


def digests(folder: Path, ffmpeg: Path, ffprobe: Path) -> dict[str, str]:
    """Identifies the programs by their content."""
    return {"dir": str(folder), "ffmpeg": sha256(ffmpeg), "ffprobe": sha256(ffprobe)}


def sha256(path: Path) -> str:
    """Hashes one file."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def install(home: Path) -> Path:
    """Returns the folder of the pinned ffmpeg and ffprobe, installed from npm if need be."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise Problem(MISSING, f"ffmpeg: no pinned build for {sys.platform} {platform.machine()}; {OTHER_WAY}")

    def build(partial: Path) -> None:
        for package in PACKAGES:
            unpack(package, partial)

    return once(home / "tools" / "ffmpeg", hashlib.sha256(repr(PACKAGES).encode()).hexdigest(), build)


def unpack(package: NpmPackage, folder: Path) -> None:
    """Downloads one package, checks it against its pin, and keeps its program."""
    run(["npm", "pack", f"{package.name}@{package.version}", "--ignore-scripts", "--fetch-retries=1"], folder)
    archive = next(folder.glob("*.tgz"))
    check(archive, package)
    with tarfile.open(archive) as tar, open(folder / package.program, "wb") as target:
        shutil.copyfileobj(program_in(tar, package), target)
    (folder / package.program).chmod(0o755)
    archive.unlink()


def program_in(tar: tarfile.TarFile, package: NpmPackage) -> IO[bytes]:
    """Opens the program inside the archive of its package."""
    source = tar.extractfile(f"package/{package.program}")
    if source is None:
        raise Problem(MISSING, f"{package.name}: package/{package.program} is no file; {OTHER_WAY}")
    return source


def check(archive: Path, package: NpmPackage) -> None:
    """Refuses a download that is not the pinned one."""
    actual = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if actual != package.sha512:
        raise Problem(
            MISSING,
            f"{archive.name}: sha512 is {actual}, expected {package.sha512}: not the pinned download; {OTHER_WAY}",
        )
