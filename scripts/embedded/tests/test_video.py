"""Where ffmpeg comes from."""

from __future__ import annotations

import os
import unittest
from pathlib import Path
from unittest import mock

from embedded import StackTest, exact
from launcher import video
from launcher.problems import Problem


class VideoTools(StackTest):
    """Where ffmpeg comes from."""

    def test_tools_on_path_are_hashed_and_not_a_parameter(self) -> None:
        folder = self.home / "bin"
        folder.mkdir()
        for tool in video.TOOLS:
            (folder / tool).write_text("#!/bin/sh\n")
            (folder / tool).chmod(0o755)
        state = self.up("s", exact(), env={**os.environ, "PATH": str(folder)})
        digest = "a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf"
        self.assertEqual({"dir": str(folder), "ffmpeg": digest, "ffprobe": digest}, state["video"])
        self.assertNotIn(video.PARAMETER, state["launch"])

    def test_without_npm_there_is_a_hint(self) -> None:
        (self.home / "tools").unlink()
        state = self.up("s", exact(), env={**os.environ, "PATH": "/nonexistent"})
        self.assertIsNone(state["video"])
        self.assertTrue(state["videoHint"].startswith("no video input: install ffmpeg and ffprobe"), state["videoHint"])
        self.assertNotIn(video.PARAMETER, state["launch"])

    def test_refuses_a_download_that_is_not_the_pinned_one(self) -> None:
        archive = self.home / "x.tgz"
        archive.write_bytes(b"other")
        with self.assertRaisesRegex(
            Problem,
            r"^x\.tgz: sha512 is .*==, expected Y5BW.*==: not the pinned download;"
            r" install ffmpeg with the system's package manager$",
        ):
            video.check(archive, video.PACKAGES[0])

    def test_an_engine_without_video_is_not_given_the_parameter(self) -> None:
        with mock.patch("launcher.video.has_parameter", lambda *_: False):
            found = video.resolve(exact()["params"], self.home, Path("python"))
        self.assertEqual(({}, None), (found.parameters, found.tools))


if __name__ == "__main__":
    unittest.main()
