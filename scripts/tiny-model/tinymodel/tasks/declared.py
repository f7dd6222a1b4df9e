"""The tools that conversations offer, in the format of OpenAI."""

from __future__ import annotations

from typing import Any


def function(name: str, description: str, /, **types: str) -> dict[str, Any]:
    """Declares one tool; every parameter is required."""
    properties = {parameter: {"type": kind} for parameter, kind in types.items()}
    parameters = {"type": "object", "properties": properties, "required": list(types)}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


WEATHER = function("get_weather", "Get the weather for a city", city="string")
USER = function("get_user", "Look up a user by name", name="string")
FRIEND = function("get_friend", "Look up the friend of a user", name="string")
ADD = function("add", "Add two numbers", a="integer", b="integer")
CLICK = function("click", "Click a point on the screen", x="integer", y="integer")
COUNTER = function("counter", "Set the counter to a number", n="integer")
