"""What README and docs say of links, files, items, arguments, settings, commands is so."""

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
from finnews.items import ITEM_CLASSES, Item
from finnews.outcome import ExitStatus
from tests.histories.promise import SENTENCES

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
OUTPUT = ROOT / "output" / "README.md"
DOCUMENTS = [
    README,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    OUTPUT,
    ROOT / "benchmarks" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
MOST_WORDS = 450
RUNNING = ROOT / "docs" / "running.md"

FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
FILE = re.compile(r"\b(?:benchmarks|docs|finnews|samplesite|tests)/[\w/.-]+\.(?:html|json|md|py)\b")
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
def test_every_file_is_there(path: Path) -> None:
    """Unless the document says that it is new, or that another file of its folder is."""
    text = path.read_text("utf-8")
    new = {Path(name).parent for name in re.findall(r"`([\w/.-]+)`, new", text)}
    files = set(FILE.findall(text))
    missing = {name for name in files if not (ROOT / name).exists()}
    assert {name for name in missing if Path(name).parent not in new} == set()


@pytest.mark.parametrize("item_class", ITEM_CLASSES)
def test_every_kind_of_item_has_its_place_in_the_output(item_class: type[Item]) -> None:
    """Whoever reads the archive is told of its folder or file, and of what a run reports first."""
    name = item_class.collection
    file = f"{name}.jsonl" if item_class.is_in_one_file else f"{name}/"
    assert file in OUTPUT.read_text("utf-8")
    assert f"| `{file}` |" in README.read_text("utf-8") or not item_class.is_reported


@each_document
def test_every_argument_is_known_to_a_spider(path: Path) -> None:
    """In tables headed ``argument`` and behind ``-a``; or the document shows how to add it."""
    text = path.read_text("utf-8")
    named = {cell.partition("=")[0] for cell, *_ in table_rows(text, "argument")}
    named |= set(re.findall(r"-a (\w+)=", text))
    assert {name for name in named - known_arguments() if f'"{name}": ' not in text} == set()


def test_every_argument_is_told() -> None:
    """An argument that a spider learns is told to its users."""
    rows = table_rows(RUNNING.read_text("utf-8"), "argument")
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
    """``scrapy X`` in code; after ``scrapy crawl`` there stands a spider that is there.

    Or the document shows how to add the command.
    """
    text = path.read_text("utf-8")
    code = " ; ".join(code_of(text))
    spiders = SpiderLoader.from_settings(project_settings()).list()
    added = set(re.findall(r"`finnews/commands/(\w+)\.py`, new", text))
    assert set(re.findall(r"\bscrapy ([a-z]\w*)", code)) - commands() - added == set()
    assert set(re.findall(r"\bscrapy crawl ([a-z]\w*)", code)) - set(spiders) == set()


def test_every_exit_status_is_told() -> None:
    """Those with which ``scrapy crawl`` ends."""
    rows = table_rows(RUNNING.read_text("utf-8"), "exit status")
    assert sorted(int(status) for status, *_ in rows) == sorted(ExitStatus)


def test_an_anchor_is_made_as_the_forge_makes_it() -> None:
    """Small letters, hyphens, no punctuation; the second of a name is numbered."""
    text = "# A `b_c`, d!\n```\n# no heading\n```\n## A [b_c](x.md) d\n"
    assert anchors(text) == {"a-b_c-d", "a-b_c-d-1"}


def test_what_is_promised_is_what_is_proven() -> None:
    """Word for word: each sentence that the histories hold crawls to."""
    text = " ".join((ROOT / "docs" / "completeness.md").read_text("utf-8").split())
    assert [sentence for sentence in SENTENCES if sentence not in text] == []


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
