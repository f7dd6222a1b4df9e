"""tiny-vision and tiny-video: one question about one scene."""

from dataclasses import dataclass, field
from typing import Callable

from tiny import clips, figures
from tiny.layout import Layout
from tiny.lettering import Lettering
from tiny.suite_file import Suite

TRAINED, FREE = Layout.TRAINED, Layout.FREE


@dataclass(frozen=True)
class Task:
    """A question about a kind of scene: how many cases of each origin, and other wordings that are a case each."""

    name: str
    draw: Callable
    wordings: list
    scorer: str
    trained: int = 0
    free: int = 0
    rewordings: list = field(default_factory=list)
    untrained: int = 0

    def variants(self) -> list:
        """Origin, layout and wording of each case."""
        asked = lambda count: (self.wordings[index % len(self.wordings)] for index in range(count))
        return [
            *(("trained", TRAINED, wording) for wording in asked(self.trained)),
            *(("free", FREE, wording) for wording in asked(self.free)),
            *(("free", TRAINED, wording) for wording in self.rewordings),
            *(("untrained", TRAINED, wording) for wording in asked(self.untrained)),
        ]


def add_cases(suite: Suite, tasks: list) -> Suite:
    for task in tasks:
        for origin, layout, wording in task.variants():
            case = suite.next_id(task.name)
            scene = task.draw(suite.rng(case), layout)
            suite.cases.append({
                "id": case,
                "tags": [origin, task.name],
                "prompt": wording,
                "media": [suite.store(case, scene.content)],
                "reference": scene.reference,
                "scorers": [task.scorer],
            })
    return suite


def vision_suite(lettering: Lettering) -> Suite:
    description = "Small drawings: digits, colour, shape, count, quadrant, bounding box as JSON, description."
    read = ["Read the text.", "What does the image say?"]
    color, shape = ["What color is the shape?"], ["What shape is it?"]
    return add_cases(Suite("vision", description, ["image"], 48), [
        Task("ocr", lettering.digits_scene, read, "exact", 4, 2, ["What is the text?", "What is the text?"]),
        Task("ocr", lettering.word_scene, read, "exact", untrained=1),
        Task("color", figures.color_scene, color, "exact", 2, 1, ["Which color is it?"]),
        Task("color", figures.untrained_color_scene, color, "exact", untrained=1),
        Task("shape", figures.shape_scene, shape, "exact", 2, 2, ["Name the shape.", "Name the shape."]),
        Task("count", figures.dots_scene, ["How many dots are there?"], "numeric", 2, 3),
        Task("quadrant", figures.quadrant_scene, ["Where is the shape?"], "exact", 1, 2),
        Task("bbox", figures.boxed_scene, ["Locate the shape as JSON."], "json_schema", 4, 1),
        Task("describe", figures.described_scene, ["Describe the image."], "contains", 2, 1),
    ])


def video_suite() -> Suite:
    description = "Clips of 1 to 1.5 seconds in H.264: where a square moves and which colour flashes."
    move, flash = ["Which direction does the square move?"], ["Which color flashes?"]
    return add_cases(Suite("video", description, ["video"], 16), [
        Task("direction", clips.moving_square, move, "exact", 4, 12, ["Where does the square go?"]),
        Task("direction", clips.moving_circle, ["Which direction does the circle move?"], "contains", untrained=2),
        Task("flash", clips.flashing_square, flash, "exact", 3, 6, ["What color is flashing?"]),
        Task("flash", clips.flashing_cross, flash, "exact", untrained=2),
    ])
