"""A language model's server that says what a test wants it to say, right or wrong."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from extract.llm import LanguageModel

#: Status, body and delay of an answer.
Answer = tuple[int, bytes, float]


def said(content: str) -> bytes:
    """A model's message."""
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def answer(*rows: Any, wrap: str = "%s") -> Answer:
    """What a model answers that finds these claims."""
    return 200, said(wrap % json.dumps({"claims": list(rows)})), 0.0


@dataclass
class Server:
    """A model that gives one answer after the other, the last one again and again."""

    url: str
    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def model(self, *, key: str = "", timeout: float = 5.0) -> LanguageModel:
        return LanguageModel(self.url, "test-model", key=key, timeout=timeout)


@contextmanager
def serving() -> Iterator[Server]:
    """A server at a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            found.asked[-1]["path"] = self.path
            found.keys.append(self.headers["Authorization"])
            status, body, delay = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            done.wait(delay)
            with contextlib.suppress(OSError):  # whoever asked may have gone
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    done = threading.Event()
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Server(f"http://127.0.0.1:{http.server_address[1]}/v1")
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield found
    finally:
        done.set()
        http.shutdown()
        thread.join()
        http.server_close()
