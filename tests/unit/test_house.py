"""How the house is laid out: what imports what, what is documented, what the tree names."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from finnews.pages import PAGE_TYPES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "finnews"
TESTS = ROOT / "tests" / "unit"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMED = [path for path in MODULES if path.name != "__init__.py"]

HOUSE = (ROOT / "docs" / "house.md").read_text("utf-8")
LAYERS = [line.split() for line in HOUSE.split("## Imports")[1].split("```")[1].strip().split("\n")]
"""The parts of the project, from the top of the picture in ``docs/house.md`` to its bottom."""

HEIGHT = {part: -depth for depth, parts in enumerate(LAYERS) for part in parts}
WITHOUT_SCRAPY = (
    *("saved", "pages", "loaders", "processors", "vocabulary", "items", "site", "outcome"),
)
NAMED_BY_SCRAPY = {"settings", "__init__"}

SPANNING = {
    "archive/test_faults": "a killed writer or a failing disk concerns store, lines and index",
    "archive/test_interrupts": "Ctrl-C can meet store, lock, lines and index",
    "look/test_search_script": "the script by which pages that are files are searched",
    "pages/test_alterations": "altered pages are read by every page type",
    "pages/test_broken_pages": "broken text is read by every page type",
    "pages/test_captures": "captured articles and feeds are read by several page types",
    "pages/test_counts": "words and numbers are counted by every page type",
    "pages/test_golden": "a golden page is read by any page type",
    "pages/test_growth": "grown pages are read by every page type",
    "pages/test_fund_captures": "captured pages of ETFs and funds are read by two page types",
    "pages/test_law": "what the tests of altered pages hold them to",
    "pages/test_stock_captures": "captured pages of shares are read by several page types",
    "loaders/test_loaders": "the loaders are in the package itself",
    "processors/test_processors": "no text breaks any processor",
    "saved/test_damage": "what a file has between its damages concerns its stream and its records",
    "test_accessibility": "what the tests of pages in a browser check them for",
    "test_accuracy": "the benchmark of accuracy",
    "test_benchmarks": "the table of benchmarks",
    "test_browser": "the browser of the tests",
    "test_hooks": "what runs before a commit",
    "test_packaging": "the wheel",
    "test_patterns": "all patterns of the package",
    "test_readme": "README and docs",
    "test_house": "how the package is laid out",
    "test_samplesite": "the sample site is a package of its own",
    "test_samplesite_news": "its lists of news",
    "test_samplesite_papers": "its papers",
}
"""Modules of tests that are about no single module → what they are about."""

PROCESSES = {
    *(f"tests.support.crawling.{name}" for name in ("crawl", "sample_site", "scrapy")),
    *("tests.support.crash_runs.Crawl", "tests.support.forks.FORKS"),
}
"""What starts a crawl or a site, so that no unit test imports it."""


def part_of(path: Path) -> str:
    """Return the part of the project that a module belongs to: ``pages``, ``items``."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> Iterator[str]:
    """Yield the names of the modules that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name_of(path: Path) -> str:
    """Return the dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def own_imports(path: Path) -> set[str]:
    """Return the modules of the project that a module imports; of a package's name, the package."""
    modules = {name_of(path) for path in MODULES}
    return {name for name in imported(path) if name in modules and name != "finnews"}


def test_the_picture_of_imports_has_every_part() -> None:
    """A new part of the project has its place in it."""
    parts = {part_of(path) for path in MODULES} - NAMED_BY_SCRAPY
    assert sorted(HEIGHT) == sorted(parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    """A part imports what stands below it in the picture, neither above nor beside it."""
    part = part_of(path)
    others = {name.split(".")[1] for name in own_imports(path)} - {part}
    assert {other for other in others if HEIGHT[other] >= HEIGHT.get(part, 1)} == set()


def test_imports_have_no_circle() -> None:
    """No module imports itself through others, within a part either."""
    TopologicalSorter({name_of(path): own_imports(path) for path in MODULES}).prepare()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_pages_know_selectors(path: Path) -> None:
    """Nothing else imports parsel."""
    assert part_of(path) == "pages" or "parsel" not in imported(path)


@pytest.mark.parametrize("part", WITHOUT_SCRAPY)
def test_pages_and_loaders_import_no_scrapy(part: str) -> None:
    """They run on a saved file, in a test, on another machine."""
    paths = [path for path in MODULES if part_of(path) == part]
    roots = {name.partition(".")[0] for path in paths for name in imported(path)}
    assert paths
    assert not roots & {"scrapy", "twisted"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_definition_is_documented(path: Path) -> None:
    """Each module has a docstring, and so has each public class and function in it."""
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path} does not say what it is about"
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.name.startswith("_") or ast.get_docstring(node), f"{path}: {node.name}"


def test_every_field_of_an_item_is_documented() -> None:
    """The docstring under a field gives its meaning, unit and format."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (PACKAGE / "items").glob("*.py")]
    classes = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    undocumented = [
        f"{item_class.name}.{node.target.id}"
        for item_class in classes
        for node, below in zip(item_class.body, [*item_class.body[1:], None], strict=True)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        if "ClassVar" not in ast.unparse(node.annotation) and not _is_text(below)
    ]
    assert len(classes) >= 7
    assert undocumented == []


@pytest.mark.parametrize("path", NAMED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_named_for_its_subject(path: Path) -> None:
    """No module has the name of a place for everything."""
    assert not re.search(r"util|helper|misc|common|tools", path.stem)


def test_the_tree_names_every_module_and_no_more() -> None:
    """``docs/house.md`` names all modules; page types and commands need no line of their own."""
    tree = HOUSE.split("```")[1]
    ours = tree.partition("\nsamplesite/")[0]
    entries = re.findall(r"^ +(\w+)(?:\.py|/)  ", ours, re.MULTILINE)
    named = {*entries, *re.findall(r"`(\w+)`", ours)} - {"__init__", "scrapy"}
    spiders = {path.stem for path in NAMED if part_of(path) == "spiders"}
    unnamed = {page.name() for page in PAGE_TYPES} | spiders
    unnamed |= {path.stem for path in NAMED if part_of(path) in {"commands", "items"}}
    modules = {part_of(path) for path in NAMED} | {path.stem for path in NAMED}
    modules |= {path.parent.name for path in NAMED} - {PACKAGE.name}
    assert named - modules == set()
    assert modules - unnamed - named == set()
    assert spiders - set(re.findall(r"\w+", ours)) == set()


def test_no_folder_is_deeper_than_two() -> None:
    """A folder answers one question; what it needs to be split for is a folder beside it."""
    assert max(len(path.relative_to(PACKAGE).parts) for path in NAMED) == 3


def test_unit_tests_are_laid_out_as_the_package_is() -> None:
    """Each module of tests has the name and folder of a module, or is about several of them."""
    tested = {str(path.relative_to(TESTS).with_suffix("")) for path in TESTS.rglob("test_*.py")}
    modules = {path.relative_to(PACKAGE).with_suffix("") for path in NAMED}
    shallow = {Path(*path.parts[:1], path.name) if path.parts[1:] else path for path in modules}
    expected = {str(path.with_name(f"test_{path.name}")) for path in shallow}
    assert tested - expected == SPANNING.keys()


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: path.stem)
def test_unit_tests_start_no_crawl(path: Path) -> None:
    """They import nothing that starts Scrapy or a site in a process of its own."""
    assert not set(imported(path)) & PROCESSES


def _is_text(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
