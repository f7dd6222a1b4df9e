"""tiny-tools: tool calls, answers after tool results, and clicks on a picture."""

from tiny.conversation import (
    ADD, CHAIN, TOOLS, WEATHER, assistant, chain_history, lookup_history, question, sum_history, user, weather_history,
)
from tiny.layout import Layout, answer
from tiny.lettering import Lettering
from tiny.suite_file import Suite


def call(name: str, optional: tuple = (), /, **arguments) -> tuple:
    """Scorer and reference of one expected call; an argument is one value or a list of allowed ones."""
    allowed = {key: value if isinstance(value, list) else [value] for key, value in arguments.items()}
    expected = {"name": name, "args": allowed, **({"optional": list(optional)} if optional else {})}
    return "tool_call", {"calls": [expected]}


def contains(text: str) -> tuple:
    return "contains", answer(text)


def matches(pattern: str) -> tuple:
    return "regex", {"pattern": pattern}


def finds(pattern: str) -> tuple:
    return {"name": "regex", "find": True}, {"pattern": pattern}


CALLS = [
    ("weather", "trained", WEATHER, "What is the weather in Oslo?", call("get_weather", city="Oslo")),
    ("weather", "trained", ["add", "get_weather"], "Weather in Cairo?", call("get_weather", city="Cairo")),
    ("weather", "trained", WEATHER, "Weather in Dublin?", call("get_weather", city="Dublin")),
    ("weather", "free", ["get_weather", "add", "get_user", "click"], "Weather in Athens?",
     call("get_weather", city="Athens")),
    ("weather", "free", WEATHER, "How is the weather in Oslo today?", call("get_weather", city="Oslo")),
    ("weather", "untrained", WEATHER, "What is the weather in Riga?", call("get_weather", city="Riga")),
    ("weather", "untrained", ["get_time"], "What time is it in Lima?", call("get_time", city="Lima")),
    ("weather", "untrained", ["get_forecast"], "What is the weather in Paris?",
     call("get_forecast", ("days",), city="Paris", days=1)),
    ("sum", "trained", ADD, "Use the tool: 17 + 26", call("add", a=17, b=26)),
    ("sum", "trained", ["get_weather", "add"], "Use the tool: 58 + 91", call("add", a=58, b=91)),
    ("sum", "trained", ADD, "Use the tool: 40 + 33", call("add", a=40, b=33)),
    ("sum", "free", ["add", "get_weather", "get_user"], "Use the tool: 64 + 12", call("add", a=64, b=12)),
    ("sum", "free", ADD, "Use the tool: 123 + 456", call("add", a=123, b=456)),
    ("chain", "trained", CHAIN, "What is the weather where Hugo lives?", call("get_user", name="Hugo")),
    ("chain", "trained", CHAIN, lookup_history("Ida", "Moscow"), call("get_weather", city="Moscow")),
    ("chain", "trained", CHAIN, lookup_history("Carla", "Tokyo"), call("get_weather", city="Tokyo")),
    ("chain", "free", CHAIN[::-1], "What is the weather where Anna lives?", call("get_user", name="Anna")),
    ("chain", "untrained", CHAIN, lookup_history("Zoe", "Riga"), call("get_weather", city="Riga")),
]

ANSWERS = [
    ("answer", "trained", WEATHER, weather_history("Rome", "Weather in Rome?", {"temp": 31, "sky": "sunny"}),
     matches(r"It is sunny and 31 degrees in Rome\.")),
    ("answer", "trained", WEATHER, weather_history("Berlin", "Weather in Berlin?", {"temp": -4, "sky": "snowy"}),
     contains("snowy and -4 degrees in Berlin")),
    ("answer", "trained", ADD, sum_history(23, 45), matches(r"The result is 68\.?")),
    ("answer", "trained", CHAIN, chain_history("Ben", "Paris", {"temp": 12, "sky": "rainy"}),
     contains("rainy and 12 degrees in Paris")),
    ("answer", "trained", CHAIN, chain_history("Emma", "Vienna", {"temp": 0, "sky": "cloudy"}),
     matches(r"It is cloudy and 0 degrees in Vienna\.")),
    ("answer", "free", WEATHER, weather_history("Oslo", "How is it in Oslo today?", {"temp": -3, "sky": "snowy"}),
     contains("snowy and -3 degrees in Oslo")),
    ("answer", "free", WEATHER, weather_history("Lima", "Weather in Lima?", {"sky": "windy", "temp": 19}),
     contains("windy and 19 degrees in Lima")),
    ("answer", "free", ADD, sum_history(12, 30, "Add {} and {}."), finds(r"\b42\b")),
    ("answer", "free", ADD, sum_history(123, 456), matches(r"The result is 579\.?")),
]

SECOND_QUESTIONS = [
    ("again", "untrained", WEATHER,
     [*weather_history("Rome", "Weather in Rome?", {"temp": 9, "sky": "rainy"}),
      assistant("It is rainy and 9 degrees in Rome."), user("Weather in Oslo?")],
     call("get_weather", city="Oslo")),
    ("again", "untrained", ADD,
     [*sum_history(11, 12), assistant("The result is 23."), user("Use the tool: 20 + 31")],
     call("add", a=20, b=31)),
]


def tools_suite(lettering: Lettering) -> Suite:
    description = "Tool calls, answers after tool results in multi-turn histories, and clicks on a picture."
    suite = Suite("tools", description, ["image", "tools"], 72, tools=TOOLS)
    for task, origin, offered, turns, (scorer, reference) in CALLS + ANSWERS + SECOND_QUESTIONS:
        suite.cases.append({
            "id": suite.next_id(task),
            "tags": [origin, task],
            **question(turns),
            "tools": offered,
            "reference": reference,
            "scorers": [scorer],
        })
    for layout in [Layout.TRAINED] * 5 + [Layout.FREE] * 2:
        add_click(suite, lettering, layout)
    return suite


def add_click(suite: Suite, lettering: Lettering, layout: Layout) -> None:
    case = suite.next_id("click")
    picture, label, (x, y) = lettering.buttons(suite.rng(case), layout)
    scorer, reference = call("click", x=near(x), y=near(y))
    suite.cases.append({
        "id": case,
        "tags": [layout.value, "click"],
        "prompt": f"Click the {label} button.",
        "media": [suite.store(case, picture)],
        "tools": ["click"],
        "reference": reference,
        "scorers": [scorer],
    })


def near(value: int) -> list:
    """The multiples of ten within 40 of a coordinate: training rounds to ten."""
    return list(range(value - 40, value + 50, 10))
