"""An example as the text that the model is trained on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Union

from PIL import Image

from tinymodel.example import Assistant, Call, Clip, Example, Message, Part, Picture, System, ToolResult, User

TOOLS_HEAD = (
    "# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
    "You are provided with function signatures within <tools></tools> XML tags:\n<tools>"
)
TOOLS_TAIL = (
    "\n</tools>\n\nFor each function call, return a json object with function name and arguments within "
    '<tool_call></tool_call> XML tags:\n<tool_call>\n{"name": <function-name>, "arguments": <args-json-object>}\n'
    "</tool_call>"
)
START, END = "<|im_start|>", "<|im_end|>"
FIRST_FRAME_TIME = "[0m0.00s]"


@dataclass(frozen=True)
class Words:
    """A stretch of text; `place` is that of the assistant's message to learn, or -1."""

    text: str
    place: int = -1


@dataclass(frozen=True)
class Frames:
    """One picture, or the two frames that share one step of a video."""

    images: tuple[Image.Image, ...]


Segment = Union[Words, Frames]


def segments(example: Example, thinking: bool = False) -> list[Segment]:
    """The whole conversation, worded as the chat template and the server word it.

    Every answer of the assistant is to be learnt; with `thinking`, only the last one, and only it says its thought.
    """
    last = example.turns()[-1]
    parts = head(example)
    for place, message in enumerate(example.messages):
        if isinstance(message, User):
            parts += [Words(f"{START}user\n"), *content(message.parts), Words(f"{END}\n")]
        elif isinstance(message, ToolResult):
            parts += tool_result(example.messages, place, message)
        elif isinstance(message, Assistant):
            thought = f"<think>\n{message.thought}\n</think>\n\n" if thinking and place == last else ""
            learnt = place if place == last or not thinking else -1
            parts += [Words(f"{START}assistant\n"), Words(thought + said(message) + END, learnt), Words("\n")]
    return joined(parts)


def prompt(example: Example, place: int) -> list[Segment]:
    """The conversation before the assistant's message at `place`, ready for it to answer."""
    told = [segment for segment in segments(Example(example.task, example.messages[: place + 1], example.tools))]
    while not (isinstance(told[-1], Words) and told[-1].place == place):
        told.pop()
    return told[:-1]


def head(example: Example) -> list[Segment]:
    """The system message, with the declared tools if there are any."""
    first = example.messages[0]
    system = first.text if isinstance(first, System) else ""
    if example.tools:
        declared = "".join("\n" + json.dumps(tool, ensure_ascii=False) for tool in example.tools)
        system = (system and system + "\n\n") + TOOLS_HEAD + declared + TOOLS_TAIL
    return [Words(f"{START}system\n{system}{END}\n")] if system else []


def content(parts: tuple[Part, ...]) -> list[Segment]:
    """The parts of a user message."""
    return [segment for part in parts for segment in part_segments(part)]


def part_segments(part: Part) -> list[Segment]:
    """One part; a clip as llama.cpp words it: the first frame alone with its time, then frames in pairs."""
    if isinstance(part, Picture):
        return [Frames((part.image,))]
    if isinstance(part, Clip):
        pairs = [Frames(part.frames[place : place + 2]) for place in range(1, len(part.frames), 2)]
        return [Words("Video:"), Frames(part.frames[:1]), Words(FIRST_FRAME_TIME), *pairs]
    return [Words(part)]


def tool_result(messages: tuple[Message, ...], place: int, message: ToolResult) -> list[Segment]:
    """A result; results that follow each other share one user message."""
    opens = not isinstance(messages[place - 1], ToolResult)
    closes = place + 1 == len(messages) or not isinstance(messages[place + 1], ToolResult)
    text = f"\n<tool_response>\n{message.text}\n</tool_response>"
    return [Words((f"{START}user" if opens else "") + text + (f"{END}\n" if closes else ""))]


def said(message: Assistant) -> str:
    """The text of an answer and its calls."""
    return message.text + "\n".join(call_text(call) for call in message.calls)


def call_text(call: Call) -> str:
    """One call as the model writes it."""
    arguments = json.dumps(call.arguments, ensure_ascii=False)
    return f'<tool_call>\n{{"name": "{call.name}", "arguments": {arguments}}}\n</tool_call>'


def joined(parts: list[Segment]) -> list[Segment]:
    """Joins stretches that follow each other, so that they are cut into tokens as one text."""
    result: list[Segment] = []
    for part in parts:
        before = result[-1] if result else None
        if isinstance(part, Words) and isinstance(before, Words) and part.place == before.place:
            result[-1] = Words(before.text + part.text, part.place)
        else:
            result.append(part)
    return result
