"""Whether a page can be used by keyboard, read aloud, on a phone, and by weak eyes.

Names and roles are those that Chromium tells a screen reader. Each function returns what is wrong
as sentences; of a page that is right, none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from playwright.sync_api import CDPSession, Page

from tests.support.browser import PHONE

CHECKS = Path(__file__).with_suffix(".js").read_text("utf-8")

LEAST_CONTRAST = 4.5
"""What WCAG 2 asks of text of any size, on its level AA."""

OPERATED = {"A", "BUTTON", "INPUT", "SELECT", "SUMMARY", "TEXTAREA"}
DRAWN = {"IMG", "svg"}
NAMED_ROLES = {"button", "checkbox", "combobox", "link", "radio", "tab", "textbox", "image"}


class TabStop(NamedTuple):
    """What Tab reaches: its tag in lower case, and the name that it has for a screen reader."""

    tag: str
    name: str


def tab_stops(page: Page, limit: int = 100) -> list[TabStop]:
    """Return what Tab reaches from the top until it comes round; fail if it does not."""
    page.evaluate("""() => {
        const top = document.documentElement;
        top.tabIndex = -1; top.focus(); top.removeAttribute("tabindex");
    }""")
    stops: list[TabStop] = []
    seen: set[int] = set()
    with _devtools(page) as devtools:
        for _ in range(limit):
            page.keyboard.press("Tab")
            node = _focused(devtools)
            if node["nodeName"] in {"BODY", "HTML"} or node["backendNodeId"] in seen:
                return stops
            seen.add(node["backendNodeId"])
            stops.append(TabStop(node["nodeName"].lower(), node["name"]))
    raise AssertionError(f"Tab has not come round after {limit} stops: {stops[-3:]}")


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page in any of the following ways."""
    return [*structure(page), *unnamed(page), *overflow(page), *low_contrast(page)]


def structure(page: Page) -> list[str]:
    """Tell a missing language, title, width or heading, a skipped level, a second main part."""
    return _check(page, "structure")


def unnamed(page: Page) -> list[str]:
    """Tell what is operated or drawn, and has neither a name nor is hidden."""
    with _devtools(page) as devtools:
        nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
        told = {node.get("backendDOMNodeId"): node for node in nodes if not node["ignored"]}
        elements = devtools.send("DOM.getFlattenedDocument", {"depth": -1})["nodes"]
    return [
        f"no name: {_tag(element)}"
        for element in elements
        if (node := told.get(element["backendNodeId"])) and _needs_name(element, node)
        if not _name(node)
    ]


def overflow(page: Page) -> list[str]:
    """Tell what makes a page scroll sideways on a phone."""
    size = page.viewport_size
    page.set_viewport_size({"width": PHONE.width, "height": PHONE.height})
    try:
        return _check(page, "overflow")
    finally:
        if size:
            page.set_viewport_size(size)


def low_contrast(page: Page) -> list[str]:
    """Tell texts that stand out too little from what is behind them, in light and in dark."""
    was_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    try:
        return [f"{scheme}: {fault}" for scheme in schemes for fault in _contrast(page, scheme)]
    finally:
        page.emulate_media(color_scheme="dark" if was_dark else "light")


def _contrast(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    return _check(page, "contrast", LEAST_CONTRAST)


def _check(page: Page, name: str, *values: float) -> list[str]:
    sentences: list[str] = page.evaluate(f"values => {CHECKS}.{name}(...values)", values)
    return sentences


@contextmanager
def _devtools(page: Page) -> Iterator[CDPSession]:
    session = page.context.new_cdp_session(page)
    try:
        session.send("DOM.enable")
        session.send("Accessibility.enable")
        yield session
    finally:
        session.detach()


def _focused(devtools: CDPSession) -> dict[str, Any]:
    evaluated = devtools.send("Runtime.evaluate", {"expression": "document.activeElement"})
    place = {"objectId": evaluated["result"]["objectId"]}
    told = devtools.send("Accessibility.getPartialAXTree", {**place, "fetchRelatives": False})
    node: dict[str, Any] = devtools.send("DOM.describeNode", place)["node"]
    return {**node, "name": _name(told["nodes"][0])}


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def _needs_name(element: dict[str, Any], node: dict[str, Any]) -> bool:
    tag, role = element["nodeName"], node["role"]["value"]
    is_link = tag != "A" or "href" in element.get("attributes", [])[::2]
    return (tag in OPERATED | DRAWN and is_link) or role in NAMED_ROLES


def _tag(element: dict[str, Any]) -> str:
    attributes = element.get("attributes", [])
    pairs = zip(attributes[::2], attributes[1::2], strict=True)
    written = "".join(f' {name}="{value}"' for name, value in list(pairs)[:3])
    return f"<{element['nodeName'].lower()}{written[:120]}>"
