"""Writes the six tiny suites (suite.yaml and media): same inputs, same bytes.

The tiny Qwen3-VL began with fixed wordings and layouts. The first tag of a case says how far it goes from them:
`trained` keeps wording, layout and range of values (with draws of its own), `free` asks in other words, takes longer
values or lays the scene out freely, `untrained` uses a value, a tool or a question that training never showed.
"""

import argparse
from pathlib import Path

from tiny import fingerprint, samples, text, tools, vision
from tiny.lettering import Lettering

DEFAULT_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ffmpeg", default="ffmpeg", help="the ffmpeg with libx264 that encodes the clips")
    parser.add_argument("--font", default=DEFAULT_FONT, help="DejaVuSansMono-Bold.ttf of Debian's fonts-dejavu-core")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1], help="folder of the suites")
    options = parser.parse_args()
    lettering = Lettering(options.font)
    suites = [
        text.text_suite(), vision.vision_suite(lettering), vision.video_suite(),
        tools.tools_suite(lettering), fingerprint.fingerprint_suite(lettering), samples.samples_suite(),
    ]
    for suite in suites:
        size = suite.write(options.out, options.ffmpeg)
        print(f"{suite.id}: {len(suite.cases)} cases, {len(suite.contents)} media, {size} bytes")


if __name__ == "__main__":
    main()
