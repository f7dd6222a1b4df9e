"""Reverse proxy that shows no more of an engine than an OpenAI-compatible provider would.

It passes `POST /v1/chat/completions` and a bare `GET /v1/models`; everything else is 404. Answers keep only the
fields of OpenAI's documented format (logprobs with their token ids stay), and no header names the engine.

usage: opaque_proxy.py --port N --upstream http://127.0.0.1:8080
"""

from __future__ import annotations

import argparse
import http.client
import json
import socketserver
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator
from urllib.parse import urlsplit

CHAT, MODELS = "/v1/chat/completions", "/v1/models"
ANSWER_FIELDS = ("id", "object", "created", "model", "choices", "usage", "service_tier")
ERROR_FIELDS = ("message", "type", "param", "code")
PASSED_HEADERS = ("Content-Type", "Accept", "Authorization")
BLOCK = 64 * 1024
UPSTREAM_TIMEOUT_SECONDS = 600
READY = "lockstep: ready"


class UpstreamFailure(Exception):
    """The upstream server gave no answer at all."""


class OpaqueServer(ThreadingHTTPServer):
    """An HTTP server that knows its upstream."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, upstream: str) -> None:
        self.upstream = urlsplit(upstream)
        super().__init__(("127.0.0.1", port), OpaqueHandler)

    def server_bind(self) -> None:
        """Binds without the reverse name lookup of HTTPServer, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


class OpaqueHandler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: OpaqueServer

    def do_POST(self) -> None:
        """Passes a chat completion."""
        if self.path.split("?")[0] == CHAT:
            self.relay("POST", CHAT)
        else:
            self.reject()

    def do_GET(self) -> None:
        """Passes the list of models."""
        if self.path.split("?")[0] == MODELS:
            self.relay("GET", MODELS)
        else:
            self.reject()

    def reject(self) -> None:
        """Answers 404 to everything that a bare provider would not have."""
        for _ in self.body():
            pass  # an unread body would be taken for the next request
        self.answer(404, error_bytes(f"no route {self.command} {self.path}", "not_found_error", 404))

    do_HEAD = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = reject

    def relay(self, method: str, path: str) -> None:
        """Sends the request upstream and the filtered answer back."""
        upstream = self.server.upstream
        connection = http.client.HTTPConnection(
            upstream.hostname or "", upstream.port, timeout=UPSTREAM_TIMEOUT_SECONDS
        )
        try:
            self.pass_back(self.pass_on(connection, method, path))
        except UpstreamFailure as failure:
            self.answer(502, error_bytes(str(failure), "api_error", 502))
        except (OSError, http.client.HTTPException):
            self.close_connection = True  # one side left in the middle; closing tells the other
        finally:
            connection.close()

    def pass_on(self, connection: http.client.HTTPConnection, method: str, path: str) -> http.client.HTTPResponse:
        """Streams the request to the upstream server."""
        headers = {name: self.headers[name] for name in PASSED_HEADERS if self.headers[name]}
        chunked = "chunked" in self.headers.get("Transfer-Encoding", "").lower()
        if chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif method == "POST":
            headers["Content-Length"] = self.headers.get("Content-Length", "0")
        body = self.body() if method == "POST" else None
        try:
            connection.request(method, path, body, headers, encode_chunked=chunked)
            return connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise UpstreamFailure(f"upstream failed: {type(error).__name__}: {error}") from None

    def body(self) -> Iterator[bytes]:
        """Yields the request body in blocks."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            yield from self.chunks()
            return
        left = int(self.headers.get("Content-Length", "0"))
        while left > 0 and (block := self.rfile.read(min(left, BLOCK))):
            left -= len(block)
            yield block

    def chunks(self) -> Iterator[bytes]:
        """Yields the chunks of a chunked request body."""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers

    def pass_back(self, response: http.client.HTTPResponse) -> None:
        """Sends the upstream answer, filtered, whole or as a stream."""
        content_type = response.getheader("Content-Type", "application/json")
        if content_type.startswith("text/event-stream"):
            self.stream(response, content_type)
        else:
            self.answer(response.status, filtered(response.read(), self.command), content_type)

    def answer(self, status: int, body: bytes, content_type: str = "application/json") -> None:
        """Sends one complete response."""
        self.start(status, content_type, ("Content-Length", str(len(body))))
        if self.command != "HEAD":
            self.wfile.write(body)

    def stream(self, response: http.client.HTTPResponse, content_type: str) -> None:
        """Sends server-sent events one by one."""
        self.start(response.status, content_type, ("Transfer-Encoding", "chunked"))
        for line in iter(response.readline, b""):
            event = filtered_event(line)
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
        self.wfile.write(b"0\r\n\r\n")

    def start(self, status: int, content_type: str, framing: tuple[str, str]) -> None:
        """Sends the status line and the only headers that are let through."""
        self.send_response_only(status)
        self.send_header("Content-Type", content_type)
        self.send_header(*framing)
        self.end_headers()


def filtered(body: bytes, method: str) -> bytes:
    """Keeps the standard fields of one JSON answer."""
    try:
        answer = json.loads(body)
    except ValueError:
        return error_bytes("upstream did not answer with JSON", "api_error", 502)
    return encode(models_of(answer) if method == "GET" else fields_of(answer))


def filtered_event(line: bytes) -> bytes:
    """Keeps the standard fields of one line of an event stream."""
    if not line.startswith(b"data: {"):
        return line
    return b"data: " + encode(fields_of(json.loads(line[len(b"data: ") :]))) + b"\n"


def fields_of(answer: dict[str, Any]) -> dict[str, Any]:
    """Keeps the standard fields of a completion, a chunk or an error."""
    if isinstance(answer.get("error"), dict):
        return {"error": {key: value for key, value in answer["error"].items() if key in ERROR_FIELDS}}
    return {key: value for key, value in answer.items() if key in ANSWER_FIELDS}


def models_of(answer: dict[str, Any]) -> dict[str, Any]:
    """Keeps nothing of the models but their ids."""
    if "data" not in answer:
        return fields_of(answer)
    return {"object": "list", "data": [{"id": model["id"], "object": "model"} for model in answer["data"]]}


def error_bytes(message: str, kind: str, code: int) -> bytes:
    """Builds an error in OpenAI's format."""
    return encode({"error": {"message": message, "type": kind, "code": code}})


def encode(value: Any) -> bytes:
    """Writes compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def main(arguments: list[str]) -> int:
    """Serves until a signal ends the process."""
    parser = argparse.ArgumentParser(description="Hides an engine behind the bare OpenAI format.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--upstream", required=True)
    options = parser.parse_args(arguments)
    try:
        server = OpaqueServer(options.port, options.upstream)
    except OSError as error:
        print(f"lockstep: port {options.port} of 127.0.0.1: {error.strerror}; choose another", flush=True)
        return 75
    print(f"{READY} http://127.0.0.1:{options.port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
