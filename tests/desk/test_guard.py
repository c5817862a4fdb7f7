"""Who may ask the desk: hosts, origins, tokens, sizes; plain calls of the application's guard, without a browser."""

import asyncio

import pytest

from jaryq.base.extras import installed
from jaryq.desk.guard import LARGEST_BODY, Guard, is_local

HERE = [("host", "127.0.0.1:8000")]


def asked(headers, *, kind="http", method="GET", host="127.0.0.1", token="", path="/en/cases", query="", bodies=(b"",)):
    """What the guard answers: a status (0: a closed socket) and headers; 200 where the application behind it was
    asked."""
    sent, bodies = [], list(bodies)

    async def behind(scope, receive, send):
        if scope["type"] == "websocket":
            return await send({"type": "websocket.accept"})
        while bodies:
            if (await receive())["type"] == "http.disconnect":
                return None
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive():
        return {"type": "http.request", "body": bodies.pop(0), "more_body": bool(bodies)}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "method": method, "path": path, "query_string": query.encode(),
             "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers]}
    asyncio.run(Guard(behind, host, 8000, token)(scope, receive, send))
    first = sent[0] if sent else {"type": "cut off"}
    status = {"websocket.accept": 200, "websocket.close": 0,
              "cut off": -1}.get(first["type"]) if first["type"] != "http.response.start" else first["status"]
    return status, {name.decode(): value.decode() for name, value in first.get("headers", ())}


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_names_of_this_machine_are_answered(host):
    status, headers = asked([("host", host)])
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("host", ["evil.example:8000", "127.0.0.1.evil.example:8000", "127.0.0.1", "127.0.0.1:8001",
                                  "127.0.0.1:8000.evil.example", "192.168.1.9:8000", "", "0:8000", "127.1:8000"])
def test_a_name_that_was_let_point_here_is_refused(kind, host):
    """DNS rebinding: the browser calls the hostile name, and both origin and host are that name."""
    assert asked([("host", host), ("origin", f"http://{host}")], kind=kind)[0] == (421 if kind == "http" else 0)


def test_a_request_without_one_host_is_refused():
    assert asked([])[0] == 421
    assert asked([("host", "evil.example"), *HERE])[0] == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8000", "http://127.0.0.1:9000",
                                    "http://localhost:8000", "http://127.0.0.1:8000.evil.example", ""])
@pytest.mark.parametrize(("kind", "method"), [("http", "GET"), ("http", "POST"), ("websocket", "GET")])
def test_a_script_of_another_site_is_refused(kind, method, origin):
    assert asked([*HERE, ("origin", origin)], kind=kind, method=method)[0] == (403 if kind == "http" else 0)


def test_a_socket_without_an_origin_is_refused():
    """Every browser says one; no page of ours opens one otherwise."""
    assert asked(HERE, kind="websocket")[0] == 0
    assert asked([*HERE, ("origin", "http://127.0.0.1:8000")], kind="websocket")[0] == 200


def test_what_another_site_embeds_is_refused_and_a_link_is_followed():
    """A picture or a form of another site carries no origin of its own in old browsers, but says where it comes
    from."""
    assert asked([*HERE, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")])[0] == 403
    assert asked([*HERE, ("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")])[0] == 403
    assert asked([*HERE, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], method="POST")[0] == 403
    assert asked([*HERE, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")])[0] == 200
    assert asked([*HERE, ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")])[0] == 200


def test_a_body_is_no_longer_than_a_workbook_may_be():
    assert asked([*HERE, ("content-length", str(LARGEST_BODY + 1))], method="POST")[0] == 413
    assert asked([*HERE, ("content-length", "-1")], method="POST")[0] == 413
    assert asked(HERE, method="POST", bodies=[b"x" * 1000, b""])[0] == 200
    piece = b"x" * (LARGEST_BODY // 4 + 1)
    assert asked(HERE, method="POST", bodies=[piece] * 5)[0] == -1  # cut off: never all of it reaches the application


def test_elsewhere_a_token_is_asked_for_and_kept_as_a_cookie():
    there = {"host": "0.0.0.0", "token": "s3cret"}
    host = [("host", "192.168.1.9:8000")]
    assert asked(host, **there)[0] == 401
    assert asked([*host, ("origin", "http://192.168.1.9:8000")], kind="websocket", **there)[0] == 0
    assert asked(host, query="token=other", **there)[0] == 401
    status, headers = asked(host, query="case=a+b.xlsx&token=s3cret", **there)
    assert (status, headers["location"]) == (303, "/en/cases?case=a+b.xlsx")
    assert headers["set-cookie"] == "jaryq-8000=s3cret; HttpOnly; SameSite=Strict; Path=/"
    assert asked(host, query="token=s3cret", path="//evil.example/", **there)[1]["location"] == "/evil.example/"
    assert asked([*host, ("cookie", "a=b; jaryq-8000=s3cret")], **there)[0] == 200
    assert asked([*host, ("cookie", "jaryq-8000=s3cre")], **there)[0] == 401
    assert asked([("host", "evil.example:8000"), ("cookie", "jaryq-8000=s3cret")], **there)[0] == 421


def test_what_is_local():
    assert all(map(is_local, ["127.0.0.1", "localhost", "::1", "127.9.9.9"]))
    assert not any(map(is_local, ["0.0.0.0", "::", "192.168.1.9", "example.org", "127.0.0.1.example.org", ""]))


@pytest.mark.skipif(not installed("page"), reason="the desk needs the extra page")
def test_every_language_has_its_areas():
    from jaryq.base.text import LANGS
    from jaryq.desk.server import QUASAR
    assert set(QUASAR) == set(LANGS)
