"""An example as messages of the chat API."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from typing import Any

from PIL import Image

from tinymodel.example import Assistant, Call, Clip, Example, Message, Part, System, ToolResult, User


def api_messages(example: Example, encoded: Callable[[Clip], str]) -> list[dict[str, Any]]:
    """The conversation for the chat API; `encoded` turns a clip into the base64 text of a video file."""
    return [api_message(message, place, encoded) for place, message in enumerate(example.messages)]


def api_message(message: Message, place: int, encoded: Callable[[Clip], str]) -> dict[str, Any]:
    """One message for the chat API; a call is named after its place, and a result follows its call."""
    match message:
        case System(text):
            return {"role": "system", "content": text}
        case User(parts):
            only = parts[0]
            return {
                "role": "user",
                "content": only if isinstance(only, str) else [api_part(part, encoded) for part in parts],
            }
        case ToolResult(text):
            return {"role": "tool", "tool_call_id": f"call_{place - 1}", "content": text}
        case Assistant():
            calls = [api_call(call, place) for call in message.calls]
            return {"role": "assistant", "content": message.text, **({"tool_calls": calls} if calls else {})}


def api_call(call: Call, place: int) -> dict[str, Any]:
    """One call for the chat API."""
    named = {"name": call.name, "arguments": json.dumps(call.arguments, ensure_ascii=False)}
    return {"id": f"call_{place}", "type": "function", "function": named}


def api_part(part: Part, encoded: Callable[[Clip], str]) -> dict[str, Any]:
    """One part of a user message for the chat API."""
    if isinstance(part, str):
        return {"type": "text", "text": part}
    if isinstance(part, Clip):
        return {"type": "input_video", "input_video": {"data": encoded(part)}}
    return {"type": "image_url", "image_url": {"url": "data:image/png;base64," + png(part.image)}}


def png(image: Image.Image) -> str:
    """A picture as the base64 text of a PNG file."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()
