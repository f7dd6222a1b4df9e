"""The embedded stack under evaluation: started, asked over HTTP and stopped again."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinymodel.client import post
from tinymodel.embedded import Embedded, exact_launch
from tinymodel.example import Clip
from tinymodel.home import default_home

FRAMES_PER_SECOND = 4


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    url: str

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Sends one request."""
        reply: dict[str, Any] = post(self.url + path, body)
        return reply

    def chat(self, messages: list[dict[str, Any]], **settings: Any) -> dict[str, Any]:
        """Asks for one answer, greedily unless the settings say otherwise; returns the first choice."""
        body = {"messages": messages, "temperature": 0, "seed": 1, "cache_prompt": False, **settings}
        return self.post("/v1/chat/completions", body)["choices"][0]


@contextmanager
def served(text: Path, projector: Path, name: str) -> Iterator[Server]:
    """Serves one model in the exact profile, and stops it at the end."""
    with Embedded(default_home()).up(name, exact_launch(text, projector)) as url:
        yield Server(url)


class VideoFiles:
    """Makes video files of clips with ffmpeg, without loss."""

    def __init__(self) -> None:
        self.ffmpeg = shutil.which("ffmpeg") or self.installed()

    @staticmethod
    def installed() -> str:
        """The launcher's own ffmpeg, where the machine has none."""
        return str(Path(Embedded(default_home()).call("install", "--ffmpeg")["dir"]) / "ffmpeg")

    def encoded(self, clip: Clip) -> str:
        """The base64 text of an MP4 file with four frames a second."""
        width, height = clip.frames[0].size
        source = [
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-s",
            f"{width}x{height}",
            "-r",
            str(FRAMES_PER_SECOND),
            "-i",
            "-",
        ]
        codec = ["-c:v", "libx264rgb", "-qp", "0", "-pix_fmt", "rgb24", "-threads", "1", "-movflags", "+faststart"]
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "clip.mp4")
            command = [self.ffmpeg, "-loglevel", "error", *source, *codec, str(target)]
            subprocess.run(command, input=b"".join(frame.tobytes() for frame in clip.frames), check=True)
            return base64.b64encode(target.read_bytes()).decode()
