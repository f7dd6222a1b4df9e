"""Right or wrong, where that is plain; cases judged by a JSON schema or a pattern are not scored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tinymodel.comparison.answers import Answer

Check = Callable[[Answer], bool]


def exactly(expected: str) -> Check:
    """Wants the trimmed text."""
    return lambda answer: answer.text.strip() == expected


def checks_of(case: Mapping[str, Any]) -> tuple[Check, ...]:
    """Returns the checks of a suite's case: none when one of its scorers is not among those known here."""
    scorers = [{"name": one} if isinstance(one, str) else one for one in case.get("scorers", ())]
    if not all(scorer["name"] in KNOWN for scorer in scorers):
        return ()
    return tuple(KNOWN[scorer["name"]](case["reference"], scorer) for scorer in scorers)


def exact(reference: Mapping[str, Any], scorer: Mapping[str, Any]) -> Check:
    """Wants the trimmed text to be one of the answers."""
    fold = folding(scorer)
    expected = {fold(answer) for answer in reference["answers"]}
    return lambda answer: fold(answer.text.strip()) in expected


def contains(reference: Mapping[str, Any], scorer: Mapping[str, Any]) -> Check:
    """Wants one of the answers somewhere in the text."""
    fold = folding(scorer)
    return lambda answer: any(fold(expected) in fold(answer.text) for expected in reference["answers"])


def folding(scorer: Mapping[str, Any]) -> Callable[[str], str]:
    """Returns how texts are read before they are compared."""
    return str.casefold if scorer.get("ignore_case") else str


def numeric(reference: Mapping[str, Any], scorer: Mapping[str, Any]) -> Check:
    """Wants the whole text to be the number."""

    def check(answer: Answer) -> bool:
        try:
            found = float(answer.text)
        except ValueError:
            return False
        return bool(abs(found - reference["number"]["value"]) <= reference["number"].get("tolerance", 0))

    return check


def tool_call(reference: Mapping[str, Any], scorer: Mapping[str, Any]) -> Check:
    """Wants the expected calls, in any order, each argument with one of its accepted values."""

    def check(answer: Answer) -> bool:
        left = list(answer.calls)
        for expected in reference["calls"]:
            found = next((call for call in left if fits(call, expected)), None)
            if found is None:
                return False
            left.remove(found)
        return not left

    return check


def fits(call: tuple[str, str], expected: Mapping[str, Any]) -> bool:
    """Tells whether a call is an expected one."""
    try:
        arguments = json.loads(call[1])
    except ValueError:
        return False
    wanted = expected.get("args", {})
    needed = set(wanted) - set(expected.get("optional", ()))
    known = isinstance(arguments, dict) and needed <= set(arguments) <= set(wanted)
    return call[0] == expected["name"] and known and all(arguments[name] in wanted[name] for name in arguments)


KNOWN: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Check]] = {
    "exact": exact,
    "contains": contains,
    "numeric": numeric,
    "tool_call": tool_call,
}
