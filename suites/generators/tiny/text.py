"""tiny-text: short questions in words."""

from tiny.layout import answer, number
from tiny.suite_file import Suite

EXACT, CONTAINS, NUMERIC = "exact", "contains", "numeric"
ANY_CASE = {"name": "exact", "ignore_case": True}

QUESTIONS = [
    ("copy", "trained", "Repeat the word: kufap", EXACT, "kufap"),
    ("copy", "trained", "Say wyle", EXACT, "wyle"),
    ("copy", "trained", "Repeat the word: oxtirb", EXACT, "oxtirb"),
    ("copy", "free", "Say wonderful", EXACT, "wonderful"),
    ("copy", "free", "Repeat the word: harmonica", EXACT, "harmonica"),
    ("reverse", "trained", "Reverse the digits: 417", EXACT, "714"),
    ("reverse", "trained", "Reverse the digits: 9052", EXACT, "2509"),
    ("reverse", "trained", "Reverse the digits: 36", EXACT, "63"),
    ("reverse", "free", "Reverse the digits: 12345", EXACT, "54321"),
    ("add", "trained", "What is 3 + 4?", NUMERIC, 7),
    ("add", "trained", "11 + 6 =", NUMERIC, 17),
    ("add", "trained", "What is 8 + 9?", NUMERIC, 17),
    ("add", "trained", "0 + 13 =", NUMERIC, 13),
    ("add", "free", "3 + 4 = ?", NUMERIC, 7),
    ("add", "free", "What is 12 + 13?", NUMERIC, 25),
    ("capital", "trained", "What is the capital of Norway?", EXACT, "Oslo"),
    ("capital", "trained", "Capital of Egypt?", EXACT, "Cairo"),
    ("capital", "trained", "What is the capital of Nepal?", EXACT, "Kathmandu"),
    ("capital", "free", "What's the capital city of Portugal?", CONTAINS, "Lisbon"),
    ("capital", "free", "Which city is the capital of Japan?", CONTAINS, "Tokyo"),
    ("capital", "untrained", "What is the capital of Brazil?", EXACT, "Brasília"),
    ("upper", "trained", "Uppercase: whale", EXACT, "WHALE"),
    ("upper", "trained", "Uppercase: stone", EXACT, "STONE"),
    ("upper", "untrained", "Uppercase: window", EXACT, "WINDOW"),
    ("yesno", "trained", "Is 71 greater than 17? Answer yes or no.", ANY_CASE, "yes"),
    ("yesno", "trained", "Is 4 greater than 58? Answer yes or no.", ANY_CASE, "no"),
    ("yesno", "trained", "Is 62 greater than 60? Answer yes or no.", ANY_CASE, "yes"),
    ("yesno", "free", "Is 9 greater than 5?", ANY_CASE, "yes"),
    ("yesno", "untrained", "Is 12 less than 90? Answer yes or no.", ANY_CASE, "yes"),
    ("json", "trained", '{"city": "Lima", "name": "Hugo", "age": 64}\nWhat is the city?', CONTAINS, "Lima"),
    ("json", "trained", '{"age": 27, "name": "Greta", "city": "Vienna"}\nWhat is the age?', NUMERIC, 27),
    ("json", "trained", '{"name": "Felix", "city": "Rome", "age": 80}\nWhat is the name?', EXACT, "Felix"),
    ("json", "free", '{"age": 33, "city": "Oslo", "name": "Ida"}\nGive me the city.', CONTAINS, "Oslo"),
    ("json", "free", '{"name": "Emma", "age": 41}\nWhat is the age?', NUMERIC, 41),
    ("json", "untrained", '{"name": "Zoe", "age": 52, "city": "Riga"}\nWhat is the city?', CONTAINS, "Riga"),
]


def text_suite() -> Suite:
    description = "Short text tasks: copy, reverse, add, capitals, uppercase, comparison, JSON fields."
    suite = Suite("text", description, [], 32)
    for task, origin, prompt, scorer, expected in QUESTIONS:
        suite.cases.append({
            "id": suite.next_id(task),
            "tags": [origin, task],
            "prompt": prompt,
            "reference": number(expected) if scorer == NUMERIC else answer(expected),
            "scorers": [scorer],
        })
    return suite
