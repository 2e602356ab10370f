"""``finnews look`` as a person uses it: a server in a process of its own, what its pages say."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Page

from tests.support import ROOT, TIMEOUT
from tests.support.crawling import Process

CELLS = """
table => Array.from(table.tBodies[0].rows, row => Array.from(row.cells, cell => {
    const value = cell.querySelector("data, time");
    return value ? value.value ?? value.dateTime : cell.innerText.trim();
}))
"""
"""Returns the rows of a table, each value as a machine reads it."""

MARKS = """
(figure, dataset) => {
    const {view} = figure;
    const origin = view.origin();
    const left = figure.querySelector(".chart svg").getBoundingClientRect().left + origin[0]
        + view.padding().left;
    const [first, last] = view.scale("x").domain().map(Number);
    const [start, end] = view.scale("x").range();
    return Array.from(figure.querySelectorAll("path[aria-roledescription=point]"), path => {
        const box = path.getBoundingClientRect();
        const x = box.left + box.width / 2 - left;
        return {
            label: path.getAttribute("aria-label"),
            time: first + (x - start) / (end - start) * (last - first),
            pixel: (last - first) / (end - start),
        };
    });
}
"""
"""Returns the marks of a chart: what is said of each, the milliseconds where it stands, how many
a pixel has."""


@contextmanager
def look(output: Path, *options: str) -> Iterator[tuple[str, Process]]:
    """Serve pages over an archive on a free port, and give their address and the process."""
    command = [sys.executable, "-m", "scrapy", "look", "--port", "0", "-s", f"OUTPUT_DIR={output}"]
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            words = server.stdout.readline().split()
            yield next(word for word in words if word.startswith("http://")), server
        finally:
            server.terminate()


def table(page: Page, name: str) -> list[list[str]]:
    """Return the rows of a table that a page shows."""
    rows: list[list[str]] = page.locator(f"table#{name}").evaluate(CELLS)
    return rows


def marks(page: Page, chart: str) -> list[dict[str, Any]]:
    """Return the marks of a chart when it has been drawn."""
    figure = drawn(page, chart)
    found: list[dict[str, Any]] = figure.evaluate(MARKS)
    return found


def drawn(page: Page, chart: str) -> Any:
    """Return a figure when its chart has been drawn."""
    figure = page.locator(f"figure[data-chart='{chart}']")
    figure.scroll_into_view_if_needed()
    page.wait_for_selector(f"figure[data-chart='{chart}'][data-drawn] svg")
    return figure


def answer(address: str, **how: Any) -> Mapping[str, Any]:
    """Return the JSON at an address."""
    response = requests.get(address, timeout=TIMEOUT, **how)
    response.raise_for_status()
    content: Mapping[str, Any] = response.json()
    return content
