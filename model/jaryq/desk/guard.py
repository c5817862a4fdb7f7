"""Who may ask: the address and the origin of every request, the socket's too, are looked at before anything else sees
them. Plain ASGI, without a framework.

A page of another site can send requests to this machine, and can let its own name point here (DNS rebinding): the name
that it calls is then not ours. What it sends from a script carries its origin.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jaryq.workbook.package import LARGEST_FILE

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = LARGEST_FILE + (1 << 20)
"""Bytes of a request: a workbook that may be read, and what a form puts around it."""

POLICY = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
          "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'")
"""Nothing is fetched from, or sent to, anywhere else, whatever a text might bring into the page. The framework needs
scripts within the page."""

HEADERS = tuple((name.encode(), value.encode()) for name, value in (
    ("content-security-policy", POLICY), ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
    ("x-frame-options", "SAMEORIGIN"), ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
))
LOCAL = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Guard:
    """The application behind its guard. ``host``: where it listens; ``token``: what a visitor must bring, if any.

    Refuses with 421 (another host), 403 (another origin), 401 (no token), 413 (too much).
    """

    app: App
    host: str
    port: int
    token: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        refused = self._refused(scope, headers)
        if refused:
            return await _end(scope, send, refused)
        if self.token and not self._known(headers):
            return await self._asked_for_token(scope, send)
        return await self.app(scope, _limited(receive) if scope["type"] == "http" else receive,
                              _with_headers(send) if scope["type"] == "http" else send)

    def _refused(self, scope: Scope, headers: list[tuple[str, str]]) -> int:
        """The status of a request that is refused, or 0."""
        found = [value for name, value in headers if name == "host"]
        if len(found) != 1 or not self._ours(found[0]):
            return 421
        origins = [value for name, value in headers if name == "origin"]
        if any(origin.casefold() != f"http://{found[0]}".casefold() for origin in origins):
            return 403
        if scope["type"] == "websocket" and not origins:
            return 403
        site = _only("sec-fetch-site", headers)
        if site not in ("", "same-origin", "none") and not (
                _only("sec-fetch-mode", headers) == "navigate" and scope.get("method") == "GET"):
            return 403
        length = _only("content-length", headers)
        return 413 if length and not (length.isascii() and length.isdigit() and int(length) <= LARGEST_BODY) else 0

    def _ours(self, host: str) -> bool:
        """Whether a visitor called this machine by a name that nobody else can let point here."""
        name, _, port = host.rpartition(":")
        if port != str(self.port):
            return False
        return name.casefold() in (*LOCAL, self.host.casefold()) or (not is_local(self.host) and _is_number(name))

    def _known(self, headers: list[tuple[str, str]]) -> bool:
        try:
            cookie = SimpleCookie("; ".join(value for name, value in headers if name == "cookie")).get(self._cookie)
        except CookieError:
            return False
        return cookie is not None and self._is_token(cookie.value)

    def _is_token(self, said: str) -> bool:
        return hmac.compare_digest(said.encode(), self.token.encode())

    @property
    def _cookie(self) -> str:
        return f"jaryq-{self.port}"

    async def _asked_for_token(self, scope: Scope, send: Send) -> None:
        """A visit with the token in its address gets it as a cookie and goes on without it."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["type"] != "http" or not any(name == "token" and self._is_token(said) for name, said in query):
            return await _end(scope, send, 401)
        rest = urlencode([pair for pair in query if pair[0] != "token"])
        path = "/" + scope["path"].lstrip("/\\")
        place = path.encode("ascii", "ignore").decode() + (f"?{rest}" if rest else "")
        cookie = f"{self._cookie}={self.token}; HttpOnly; SameSite=Strict; Path=/"
        return await _end(scope, send, 303, ((b"location", place.encode()), (b"set-cookie", cookie.encode())))


def is_local(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _only(wanted: str, headers: Iterable[tuple[str, str]]) -> str:
    return dict(reversed(tuple(headers))).get(wanted, "")


async def _end(scope: Scope, send: Send, status: int, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": status,
                "headers": [*HEADERS, *headers, (b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *HEADERS]
        await send(message)
    return sending


def _limited(receive: Receive) -> Receive:
    """A body without a stated length ends where it becomes too long, as if the visitor had gone."""
    seen = 0

    async def receiving() -> MutableMapping[str, Any]:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return message if seen <= LARGEST_BODY else {"type": "http.disconnect"}
    return receiving
