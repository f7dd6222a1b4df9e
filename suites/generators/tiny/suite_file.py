"""A suite under construction, and its bytes on disk."""

import hashlib
import io
import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import yaml
from PIL import Image

FRAMES_PER_SECOND = 4
GREEDY = {"temperature": 0, "top_k": 0, "top_p": 1, "min_p": 0}


class Suite:
    """Collects cases and the contents of their media, then writes `suite.yaml` and `media/`."""

    def __init__(self, name: str, description: str, requires: list, max_tokens: int, **header):
        self.id = f"tiny-{name}"
        self.header = {
            "schema": "suite/1",
            "id": self.id,
            "version": "1.0.0",
            "description": description,
            "license": "Apache-2.0",
            "role": "scores",
            "requires": requires,
            "tags": [name],
            "sampling": {**GREEDY, "max_tokens": max_tokens},
            "repetitions": 1,
            "seeds": [11],
            "timeout_s": 30,
            "top_logprobs": 0,
            **header,
        }
        self.cases: list = []
        self.contents: dict = {}
        self.numbers: Counter = Counter()

    def next_id(self, task: str) -> str:
        self.numbers[task] += 1
        return f"{task}-{self.numbers[task]:02d}"

    def rng(self, name: str) -> random.Random:
        """Seeded by name, so that a new case leaves the others as they are."""
        return random.Random(f"{self.id}/{name}")

    def store(self, name: str, content: Image.Image | list) -> str:
        """The name of the media file for a picture or for the frames of a clip."""
        file = f"{name}.mp4" if isinstance(content, list) else f"{name}.png"
        self.contents[file] = content
        return file

    def write(self, folder: Path, ffmpeg: str) -> int:
        """Writes the suite and returns the size of its media in bytes."""
        home = folder / self.id
        shutil.rmtree(home / "media", ignore_errors=True)
        home.mkdir(parents=True, exist_ok=True)
        files = {file: encoded(content, ffmpeg) for file, content in sorted(self.contents.items())}
        for file, content in files.items():
            (home / "media").mkdir(exist_ok=True)
            (home / "media" / file).write_bytes(content)
        (home / "suite.yaml").write_bytes(to_yaml(self.document(files)).encode())
        return sum(map(len, files.values()))

    def document(self, files: dict) -> dict:
        media = {file: {"sha256": hashlib.sha256(content).hexdigest()} for file, content in files.items()}
        return {**self.header, **({"media": media} if media else {}), "cases": self.cases}


def encoded(content: Image.Image | list, ffmpeg: str) -> bytes:
    return mp4(content, ffmpeg) if isinstance(content, list) else png(content)


def png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def mp4(frames: list, ffmpeg: str) -> bytes:
    """H.264 without creation time, encoder tag or threads: one build of ffmpeg always writes the same bytes."""
    width, height = frames[0].size
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(FRAMES_PER_SECOND), "-i", "-"]
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-threads", "1"]
    codec = ["-c:v", "libx264", "-preset", "medium", "-crf", "8", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "clip.mp4")
        command = [ffmpeg, "-loglevel", "error", *source, *exact, *codec, str(target)]
        subprocess.run(command, input=b"".join(frame.tobytes() for frame in frames), check=True)
        return target.read_bytes()


class SuiteDumper(yaml.SafeDumper):
    """Quotes what YAML 1.1 and 1.2 read differently; lists and maps of scalars take one line, long texts a block."""

    PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]{,40}")
    RESERVED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}

    def ignore_aliases(self, data) -> bool:
        return True

    def increase_indent(self, flow=False, indentless=False) -> None:
        super().increase_indent(flow, False)

    def represent_sequence(self, tag, sequence, flow_style=None) -> yaml.Node:
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = all(map(fits_one_line, node.value))
        return node

    def represent_mapping(self, tag, mapping, flow_style=None) -> yaml.Node:
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = all(fits_one_line(value) for _, value in node.value)
        return node

    def represent_text(self, text: str) -> yaml.Node:
        plain = self.PLAIN.fullmatch(text) and text.lower() not in self.RESERVED
        style = "|" if "\n" in text else None if plain else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


SuiteDumper.add_representer(str, SuiteDumper.represent_text)


def fits_one_line(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style != "|"


def to_yaml(document: dict) -> str:
    return yaml.dump(document, Dumper=SuiteDumper, sort_keys=False, allow_unicode=True, width=10_000)
