"""Who may write: whoever has the token, as a header of a program or by signing in with a browser."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response

COOKIE = "lithograph"
#: Seconds for which a browser stays signed in.
_LIFETIME = 8 * 3600
_MOST_SESSIONS = 1000
LEAST_TOKEN = 16


class TokenError(ValueError):
    """A token that is no secret; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; every form that it sends must hold the ``form_key``, which other sites lack."""

    form_key: str


class Access:
    """The token and the browsers that have shown it; without a token nobody may write.

    Raises TokenError for a token that could be guessed.
    """

    def __init__(self, token: str = "") -> None:
        if token and len(token) < LEAST_TOKEN:
            raise TokenError(f"the token has {len(token)} characters; expected {LEAST_TOKEN} or more")
        self._digest = _digest(token) if token else b""
        self._sessions: OrderedDict[bytes, Session] = OrderedDict()

    @property
    def is_open(self) -> bool:
        """Whether anybody may write."""
        return bool(self._digest)

    def sign_in(self, token: str, response: Response, *, secure: bool) -> bool:
        """Give the browser a session where the token is right."""
        if not self._is_token(token):
            return False
        key = secrets.token_urlsafe(32)
        self._sessions[_digest(key)] = Session(secrets.token_urlsafe(32))
        if len(self._sessions) > _MOST_SESSIONS:
            self._sessions.popitem(last=False)
        response.set_cookie(
            COOKIE, key, max_age=_LIFETIME, httponly=True, samesite="strict", secure=secure, path="/"
        )
        return True

    def sign_out(self, request: Request, response: Response) -> None:
        """End the session of a browser."""
        self._sessions.pop(_digest(request.cookies.get(COOKIE, "")), None)
        response.delete_cookie(COOKIE, path="/")

    def session(self, request: Request) -> Session | None:
        """The session of the browser that sent a request."""
        return self._sessions.get(_digest(request.cookies.get(COOKIE, "")))

    def check_program(self, request: Request) -> None:
        """Raise HTTPException unless a request has the token as ``Authorization: Bearer …``."""
        if not self.is_open:
            raise HTTPException(403, "this server only reads; start it with a token to let it be written to")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._is_token(token.strip()):
            raise HTTPException(
                401, "writing needs the token: Authorization: Bearer …", {"WWW-Authenticate": "Bearer"}
            )

    def check_sender(self, request: Request) -> Session:
        """The session of a form's sender. Raises HTTPException for a form of another site, or of nobody."""
        session = self.session(request)
        if session is None:
            raise HTTPException(401, "sign in with the token first")
        origin = request.headers.get("origin")
        elsewhere = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
        if elsewhere or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise HTTPException(403, "the form was sent by another site")
        return session

    def check_key(self, session: Session, key: str) -> None:
        """Raise HTTPException unless a form has its session's key."""
        if not secrets.compare_digest(session.form_key.encode(), key.encode()):
            raise HTTPException(
                403, "the form is not from here, or too old; reload its page and send it again"
            )

    def _is_token(self, given: str) -> bool:
        return self.is_open and secrets.compare_digest(self._digest, _digest(given))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
