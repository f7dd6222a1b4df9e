"""Messages, tools and tool histories in the OpenAI format."""

import json


def function(description: str, optional: tuple = (), /, **types: str) -> dict:
    properties = {name: {"type": kind} for name, kind in types.items()}
    required = [name for name in types if name not in optional]
    parameters = {"type": "object", "properties": properties, "required": required}
    return {"description": description, "parameters": parameters}


TOOLS = {
    "get_weather": function("Get the weather for a city", city="string"),
    "get_user": function("Look up a user by name", name="string"),
    "add": function("Add two numbers", a="integer", b="integer"),
    "click": function("Click a point on the screen", x="integer", y="integer"),
    "get_time": function("Get the local time of a city", city="string"),
    "get_forecast": function("Get the weather forecast for a city", ("days",), city="string", days="integer"),
}
WEATHER, ADD, CHAIN = ["get_weather"], ["add"], ["get_user", "get_weather"]


def question(turns: str | list) -> dict:
    """The shorthand `prompt` for one user message, else `messages`."""
    return {"prompt": turns} if isinstance(turns, str) else {"messages": turns}


def system(text: str) -> dict:
    return {"role": "system", "content": text}


def user(content: str | list) -> dict:
    return {"role": "user", "content": content}


def assistant(text: str) -> dict:
    return {"role": "assistant", "content": text}


def called(index: int, name: str, /, **arguments) -> dict:
    call = {"id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
    return {"role": "assistant", "content": "", "tool_calls": [call]}


def returned(index: int, result: str) -> dict:
    return {"role": "tool", "tool_call_id": f"call_{index}", "content": result}


def weather_history(city: str, asked: str, weather: dict) -> list:
    return [user(asked), called(0, "get_weather", city=city), returned(0, json.dumps(weather))]


def sum_history(a: int, b: int, asked: str = "Use the tool: {} + {}") -> list:
    return [user(asked.format(a, b)), called(0, "add", a=a, b=b), returned(0, str(a + b))]


def lookup_history(name: str, city: str) -> list:
    """Up to the answer of the first of two calls."""
    return [
        user(f"What is the weather where {name} lives?"),
        called(0, "get_user", name=name),
        returned(0, json.dumps({"name": name, "city": city})),
    ]


def chain_history(name: str, city: str, weather: dict) -> list:
    """Up to the answer of the second of two calls."""
    return [*lookup_history(name, city), called(1, "get_weather", city=city), returned(1, json.dumps(weather))]
