"""What a task draws: a conversation whose assistant turns are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Union

from PIL import Image


@dataclass(frozen=True)
class Picture:
    """One still picture inside a user message."""

    image: Image.Image


@dataclass(frozen=True)
class Clip:
    """The frames of a short video inside a user message."""

    frames: tuple[Image.Image, ...]


Part = Union[str, Picture, Clip]


@dataclass(frozen=True)
class System:
    """The system message."""

    text: str


@dataclass(frozen=True)
class User:
    """A user message: words, pictures and clips in order."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Call:
    """One tool call."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Assistant:
    """An expected answer; `thought` is what the Thinking sibling says before it."""

    task: str
    text: str
    thought: str
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True)
class ToolResult:
    """What a tool returned."""

    text: str


Message = Union[System, User, Assistant, ToolResult]


@dataclass(frozen=True)
class Example:
    """A conversation of one task, with the tools it offers."""

    task: str
    messages: tuple[Message, ...]
    tools: tuple[dict[str, Any], ...] = ()

    def turns(self) -> list[int]:
        """The places of the assistant's messages."""
        return [place for place, message in enumerate(self.messages) if isinstance(message, Assistant)]

    def answer(self, place: int) -> Assistant:
        """The assistant's message at `place`."""
        message = self.messages[place]
        if not isinstance(message, Assistant):
            raise ValueError(f"task '{self.task}': message {place} is not the assistant's; see turns()")
        return message

    def until(self, place: int) -> Example:
        """The conversation up to and with the message at `place`."""
        return Example(self.task, self.messages[: place + 1], self.tools)


def asked(parts: str | tuple[Part, ...]) -> User:
    """A user message of words alone or of several parts."""
    return User((parts,) if isinstance(parts, str) else parts)
