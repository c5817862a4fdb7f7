"""A browser, and the report made by hand opened in it."""


import pytest

from jaryq.base.text import Text
from jaryq.handover.html.write import write_report
from tests.handover.pages import DESK, HOSTILE, scenario


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    made = [scenario(), scenario("hard", Text("Harder", "Труднее"), 77.0)]
    return write_report(tmp_path_factory.mktemp("report") / "report.html", made, "en",
                        [(Text("None", "Никакой"), Text(HOSTILE[2], f"{HOSTILE[2]} (рус.)"))])


@pytest.fixture
def opened(browser, report):
    """Opens the report, or another; at the end nothing was asked of any network, said in the console, or harmed."""
    contexts, asked, said, own = [], [], [], set()

    def call(size=None, path=report, **options):
        own.add(path.as_uri())
        contexts.append(browser.new_context(**{"viewport": size or DESK, "reduced_motion": "reduce", **options}))
        contexts[-1].set_default_timeout(120_000)  # of a machine that does much else
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.route("**/*", lambda route: route.continue_() if route.request.url == path.as_uri() else route.abort())
        page.goto(path.as_uri())
        return page

    yield call
    harmed = [page.evaluate("window.harmed") for context in contexts for page in context.pages]
    for context in contexts:
        context.close()
    assert set(asked) == own
    assert said == []
    assert set(harmed) == {None}


def unfolded(page):
    """Presses the buttons that open the rest of tables and pages, until none is left. By the page itself: a hundred
    presses from outside, each of which waits until nothing moves, would take most of these tests' time; those of
    keyboard, pointer and search press single ones from outside."""
    page.evaluate("""() => {
        const seen = one => one.checkVisibility({visibilityProperty: true});
        const closed = () => [...document.querySelectorAll('.opener[aria-expanded=false]')].filter(seen);
        for (let turns = 0, some = closed(); some.length; some = closed()) {
            if (++turns > 100) throw new Error('never all open');
            for (const one of some) if (seen(one) && one.ariaExpanded === 'false') one.click();
        }
    }""")
    assert page.locator(".opener[aria-expanded=false]:visible").count() == 0


def drawn(page):
    """Opens what is folded and scrolls through the page, so that every picture is drawn."""
    unfolded(page)
    page.evaluate("""async () => {
        for (const box of document.querySelectorAll('.picture')) {
            const until = performance.now() + 30000;
            box.scrollIntoView({block: 'center'});
            while (!box.querySelector('canvas')?.checkVisibility({visibilityProperty: true})) {
                if (performance.now() > until) throw new Error('not drawn: ' + box.ariaLabel);
                await new Promise(requestAnimationFrame);
            }
        }
    }""")


def violations(page):
    """What axe finds, by its rules."""
    from axe_playwright_python.sync_playwright import Axe

    return [(found["id"], [node["html"] for node in found["nodes"]])
            for found in Axe().run(page).response["violations"]]
