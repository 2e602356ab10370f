"""What README and docs say of links, arguments, settings, commands and statuses is so."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import scrapy.commands
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

import finnews.commands
from finnews.outcome import ExitStatus

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCUMENTS = [
    README,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "output" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
MOST_WORDS = 900

FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
ABSOLUTE = re.compile(r"[a-z][a-z+.-]*:|//", re.IGNORECASE)

each_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def test_the_readme_is_short() -> None:
    """As ``wc -w`` counts; what does not fit belongs into docs."""
    assert len(README.read_text("utf-8").split()) <= MOST_WORDS


@each_document
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    """To a file that is there and, behind ``#``, to one of its headings."""
    dead = [link for link in relative_links(path) if not leads_somewhere(path, link)]
    assert dead == []


@each_document
def test_every_argument_is_known_to_a_spider(path: Path) -> None:
    """In tables headed ``argument`` and behind ``-a``."""
    text = path.read_text("utf-8")
    named = {cell.partition("=")[0] for cell, *_ in table_rows(text, "argument")}
    named |= set(re.findall(r"-a (\w+)=", text))
    assert named - known_arguments() == set()


def test_the_readme_names_every_argument() -> None:
    """An argument that a spider learns is told to its users."""
    rows = table_rows(README.read_text("utf-8"), "argument")
    assert {cell.partition("=")[0] for cell, *_ in rows} == known_arguments()


@each_document
def test_every_setting_is_there_with_its_default(path: Path) -> None:
    """In tables headed ``setting``, whose second column is the default, and behind ``-s``."""
    text, settings = path.read_text("utf-8"), project_settings()
    rows = table_rows(text, "setting")
    wrong = [(name, value) for name, value, *_ in rows if printed(settings, name) != value]
    assert wrong == []
    named = re.findall(r"-s ([A-Z_]+)=", text)
    assert [name for name in named if name not in settings and name != "NAME"] == []


@each_document
def test_every_command_exists(path: Path) -> None:
    """``scrapy X`` in code; after ``scrapy crawl`` there stands a spider that is there."""
    code = " ; ".join(code_of(path.read_text("utf-8")))
    spiders = SpiderLoader.from_settings(project_settings()).list()
    assert set(re.findall(r"\bscrapy ([a-z]\w*)", code)) - commands() == set()
    assert set(re.findall(r"\bscrapy crawl ([a-z]\w*)", code)) - set(spiders) == set()


def test_the_readme_names_every_exit_status() -> None:
    """Those with which ``scrapy crawl`` ends."""
    rows = table_rows(README.read_text("utf-8"), "exit status")
    assert sorted(int(status) for status, *_ in rows) == sorted(ExitStatus)


def test_an_anchor_is_made_as_the_forge_makes_it() -> None:
    """Small letters, hyphens, no punctuation; the second of a name is numbered."""
    text = "# A `b_c`, d!\n```\n# no heading\n```\n## A [b_c](x.md) d\n"
    assert anchors(text) == {"a-b_c-d", "a-b_c-d-1"}


def relative_links(path: Path) -> Iterator[str]:
    """Yield the links of a document that lead to no other site, outside code."""
    text = SPAN.sub("", FENCED.sub("", path.read_text("utf-8")))
    for inline, reference in LINK.findall(text):
        if not ABSOLUTE.match(inline or reference):
            yield inline or reference


def leads_somewhere(path: Path, link: str) -> bool:
    """Return whether a link of a document leads to what is there."""
    name, _, anchor = unquote(link).partition("#")
    target = path.parent / name if name else path
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target.read_text("utf-8"))


def anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings."""
    found: dict[str, int] = {}
    for heading in re.findall(r"^#{1,6} +(.+?) *#*$", FENCED.sub("", text), re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        found[anchor] = found.get(anchor, 0) + 1
    return {f"{name}-{i}" if i else name for name, number in found.items() for i in range(number)}


def table_rows(text: str, heading: str) -> Iterator[list[str]]:
    """Yield the rows, without backquotes, of the tables whose first column has a heading.

    A row whose first cell names several things is a row for each.
    """
    is_wanted = False
    for line in FENCED.sub("", text).splitlines():
        cells = [cell.strip().replace("`", "") for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            is_wanted = False
        elif is_wanted and not re.fullmatch(r"[|:\- ]+", line):
            yield from ([name, *cells[1:]] for name in cells[0].split(", "))
        elif cells[0] == heading:
            is_wanted = True


def code_of(text: str) -> Iterator[str]:
    """Yield what stands in code spans, and the commands in code blocks."""
    for block in FENCED.findall(text):
        yield from re.findall(r"^(?:\$ )?(scrapy .*)$", block, re.MULTILINE)
    for _, span in SPAN.findall(FENCED.sub("", text)):
        yield " ".join(span.split())


def project_settings() -> Settings:
    """Return Scrapy's settings with those of the project."""
    settings = Settings()
    settings.setmodule("finnews.settings", priority="project")
    return settings


def printed(settings: Settings, name: str) -> str:
    """Return the default of a setting as a table has it."""
    if name not in settings:
        return "no such setting"
    return "none" if settings[name] is None else str(settings[name])


def known_arguments() -> set[str]:
    """Return the arguments that the spiders know."""
    loader = SpiderLoader.from_settings(project_settings())
    spiders = [loader.load(name) for name in loader.list()]
    return {name for spider in spiders for name in getattr(spider, "known_arguments")}


def commands() -> set[str]:
    """Return the names of the commands, Scrapy's and the project's."""
    return {
        module.name
        for package in (scrapy.commands, finnews.commands)
        for module in pkgutil.iter_modules(package.__path__)
        if hasattr(importlib.import_module(f"{package.__name__}.{module.name}"), "Command")
    }
