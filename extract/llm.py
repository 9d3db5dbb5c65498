"""A language model behind any address that speaks OpenAI's chat interface: off unless an address is named.

Its answers are untrusted text. What becomes of them is for ``extract.llm_claims``.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from ontology.data_files import read_yaml

_TRY_AGAIN = frozenset({408, 409, 425, 429})


class LanguageModelError(ValueError):
    """A language model that cannot be asked or gives no usable answer: says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Where a model is (``url`` ends before ``/chat/completions``), its name, and the key to it, never shown.

    ``timeout`` is in seconds and holds for one attempt.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 0.0

    def __post_init__(self) -> None:
        try:
            address = urlsplit(self.url)
            fits = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
        except ValueError:
            fits = False
        if not fits:
            raise LanguageModelError(
                "the address of the language model is none; expected one such as http://127.0.0.1:8080/v1"
            )
        if not self.model:
            raise LanguageModelError(
                f"no model is named for {self.host}; name one with --llm-model or LITHOGRAPH_LLM_MODEL"
            )

    @property
    def host(self) -> str:
        """The address without what could be secret in it."""
        address = urlsplit(self.url)
        return (address.hostname or "") + (f":{address.port}" if address.port else "")

    @property
    def name(self) -> str:
        """The model and where it runs; part of what a document's claims depend on."""
        return f"{self.model} at {self.host}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The contents of ``llm.yaml``."""

    request_length: int
    longest_answer: int
    most_tokens: int
    timeout_seconds: float
    attempts: int
    pause_seconds: float
    most_failures: int
    confidence: float
    instructions: str


@cache
def load_settings() -> Settings:
    """What a model is asked, and the bounds of it."""
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("llm.yaml"))
    return Settings(**data)


def ask(model: LanguageModel, instructions: str, text: str) -> dict[str, Any]:
    """The JSON object that a model answers to a text; it is asked again a few times where it gives none.

    Raises LanguageModelError after the last attempt, or at once where asking again cannot help.
    """
    settings = load_settings()
    problem = ""
    for attempt in range(settings.attempts):
        if attempt:
            time.sleep(settings.pause_seconds * 2 ** (attempt - 1))
        try:
            return _answer(_post(model, instructions, text))
        except _AgainError as error:
            problem = str(error)
    raise LanguageModelError(f"{model.name}: {problem} ({settings.attempts} attempts)")


class _AgainError(Exception):
    """A failure that may pass."""


def _post(model: LanguageModel, instructions: str, text: str) -> bytes:
    """The body of the answer. Raises _AgainError, or LanguageModelError where no attempt can succeed."""
    httpx = _library()
    settings = load_settings()
    request = {
        "model": model.model,
        "temperature": 0,
        "max_tokens": settings.most_tokens,
        "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
    }
    headers = {"Authorization": f"Bearer {model.key}"} if model.key else {}
    address = model.url.rstrip("/") + "/chat/completions"
    limit = model.timeout or settings.timeout_seconds
    deadline = time.monotonic() + limit
    try:
        with httpx.stream("POST", address, json=request, headers=headers, timeout=limit) as response:
            status, body = response.status_code, b""
            for part in response.iter_bytes():
                body += part
                if len(body) > settings.longest_answer or time.monotonic() > deadline:
                    raise _AgainError("its answer is too long, or takes too long")
    except httpx.TimeoutException as error:
        raise _AgainError(f"no answer within {limit:g} s") from error
    except httpx.HTTPError as error:
        raise _AgainError(f"cannot be reached ({type(error).__name__})") from error
    if status in _TRY_AGAIN or status >= 500:
        raise _AgainError(f"answered with status {status}")
    if status != 200:
        raise LanguageModelError(
            f"{model.name}: answered with status {status}; check the address, the model's name and the key"
        )
    return body


def _library() -> ModuleType:
    try:
        import httpx  # noqa: PLC0415 - only who asks a model needs it
    except ImportError as error:
        raise LanguageModelError(
            "asking a language model needs httpx; install it with pip install 'lithograph[llm]'"
        ) from error
    return httpx


def _answer(body: bytes) -> dict[str, Any]:
    """The JSON object in a model's message, be it between other words. Raises _AgainError."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
        start, end = content.index("{"), content.rindex("}") + 1
        found = json.loads(content[start:end])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise _AgainError("gave no JSON object as it was asked to") from error
    if not isinstance(found, dict):
        raise _AgainError("gave JSON that is no object")
    return found
