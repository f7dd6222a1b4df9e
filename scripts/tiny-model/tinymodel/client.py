"""The HTTP client: asks a server on this machine, past any proxy."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from tinymodel.weights import ModelError

TIMEOUT_SECONDS = 120
SERVER_ERROR = 500
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Rejected(Exception):
    """The server refused a request as it stands (status 4xx); the text is the server's own."""


def post(url: str, body: Mapping[str, Any]) -> Any:
    """Sends one request and returns the reply; a status of 500 and up, a server that failed, is an error."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with OPENER.open(request, timeout=TIMEOUT_SECONDS) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        told = error.read().decode(errors="replace")
        if error.code < SERVER_ERROR:
            raise Rejected(told) from None
        raise ModelError(f"{url}: status {error.code}, expected an answer: {told}; look at the server's log") from None
