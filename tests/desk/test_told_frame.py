"""What a page tells the frame that draws reaches it, however slowly the frame is read: else it would show the case as
stated beside another's changes."""

import json

import pytest

from jaryq.desk.what_if import TELL

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.exhaustive]

FRAME = """<div id="data"></div><script src="http://desk.test/slow.js"></script>
<script>addEventListener("message", event => { parent.got = event.data; });</script>"""


def test_a_frame_that_is_still_read_is_told_when_it_listens(browser):
    """Its figures stand there, the script that listens waits for a slow one: what is told then is not lost; nor is what
    is told later."""
    context = browser.new_context()
    page, held = context.new_page(), []
    page.route("http://desk.test/slow.js", lambda route: held.append(route))
    page.route("http://desk.test/", lambda route: route.fulfill(content_type="text/html",
        body="<iframe id='it' src='/frame'></iframe>"))
    page.route("http://desk.test/frame", lambda route: route.fulfill(content_type="text/html", body=FRAME))
    page.goto("http://desk.test/", wait_until="commit")
    page.wait_for_function("document.getElementById('it')?.contentDocument?.getElementById('data')")
    assert page.evaluate("document.getElementById('it').contentDocument.readyState") == "loading"
    page.evaluate("() => {" + TELL % (json.dumps("it"), '"first"') + "}")
    page.wait_for_timeout(300)
    held[0].fulfill(content_type="text/javascript", body="")
    page.wait_for_function("window.got === 'first'", timeout=20_000)
    page.evaluate("() => {" + TELL % (json.dumps("it"), '"second"') + "}")
    page.wait_for_function("window.got === 'second'", timeout=20_000)
    context.close()
