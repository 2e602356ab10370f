"""The sample site: foreseeable, of the real site's weight, and true to what it says."""

import ast
import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import count
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from parsel import Selector
from stdnum import isin as stdnum_isin

from samplesite.content.news_lists import MENU
from samplesite.content.papers import Security
from samplesite.content.truth import truth
from samplesite.content.world import World
from samplesite.faults.faults import Faults
from samplesite.web.answer import Answer
from samplesite.web.site import Site
from tests.support import ROOT

ARTICLES = 60
STOCKS = 12
BASE = "http://127.0.0.1:8021"
SAMPLESITE = ROOT / "samplesite"
LAYERS = ("content", "faults", "web")
"""A folder imports only itself and those to its left; what stands above them imports all."""

WEIGHT = range(100_000, 400_001)
"""How many bytes the site's pages have."""
LONG = 60
"""From how many characters on a text of a capture must not be found in the project."""

_ANY_TEXT = "//text()[not(ancestor::script or ancestor::style)]"


def made(seed: int = 1, *, faulty: bool = False) -> Site:
    """Return a sample site without a socket."""
    world = World(ARTICLES, STOCKS, seed)
    return Site(world, BASE, Faults(world, in_pages=faulty))


@pytest.fixture(scope="module")
def site() -> Site:
    """A site without faults."""
    return made()


def answered(site: Site, address: str) -> Answer:
    """Return the answer for an address with query."""
    parts = urlsplit(address)
    return site.answer(parts.path, int(parts.query.removeprefix("p=") or 1))


def lists_of(site: Site) -> list[str]:
    """Return the paths of all feeds and of the first pages of all news lists."""
    forms = ("/rss/{}-rss-feed", "/news/{}-news", "/nachrichten/alle/{}")
    papers: list[Security] = [*site.world.stocks, *site.world.papers]
    names = dict.fromkeys(paper.news_page for paper in papers)
    of_papers = [form.format(name) for form in forms for name in names]
    return ["/rss/news", *(each.path for each in MENU), *of_papers]


def stock_pages_of(site: Site) -> list[str]:
    """Return the paths of all pages about shares, and of the first pages of their lists."""
    forms = ("/aktien/{}-aktie", "/boersenplaetze/{}", "/kursziele/{}", "/analysen/{}-analysen")
    own = [form.format(stock.page) for form in forms for stock in site.world.stocks]
    return ["/analysen", f"/index/dax/{STOCKS}-werte", "/index/dax/werte", *own]


def links_on(site: Site, path: str) -> list[str]:
    """Return the addresses that a feed or a news list leads to, advertisements left out."""
    text = answered(site, path).body.decode()
    page = Selector(text, type="xml" if path.startswith("/rss/") else "html")
    addresses = page.css("item > link::text, a.article-teaser::attr(href)").getall()
    absolute = [urljoin(BASE, link) for link in addresses]
    return [link for link in absolute if link.startswith(BASE)]


def own_links(site: Site, path: str, *starts: str) -> set[str]:
    """Return the addresses, of paths that start so, to which a page's content leads."""
    page = Selector(answered(site, path).body.decode())
    links = {urljoin(BASE, link) for link in page.css("main a::attr(href)").getall()}
    return {link for link in links if link.startswith(tuple(BASE + start for start in starts))}


def test_the_sample_robots_txt_forbids_search(site: Site) -> None:
    """Its rules are those that the real site is reported to have."""
    lines = site.answer("/robots.txt").body.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /ajax/", "Disallow: /suchergebnis.asp"]


@pytest.mark.parametrize(
    "path", ["/nix", "/nachricht/aktien/gibt-es-nicht-1", "/news/niemand-news", "/rss/x-rss-feed"]
)
def test_an_unknown_path_is_a_404_in_the_site_s_layout(site: Site, path: str) -> None:
    """The page has the weight and the ticker of the others."""
    answer = site.answer(path)
    assert answer.status == 404
    assert len(answer.body) in WEIGHT
    assert len(Selector(answer.body.decode()).css(".quote-ticker__item")) == 9


def test_pages_weigh_as_much_as_the_real_ones(site: Site) -> None:
    """Every page that is no feed has 100 to 400 kB."""
    articles = [article.path for article in site.world.articles]
    lists = [path for path in lists_of(site) if not path.startswith("/rss/")]
    pages = [
        *articles,
        *lists,
        *stock_pages_of(site),
        *(analysis.path for analysis in site.world.analyses),
    ]
    weights = {path: len(site.answer(path).body) for path in pages}
    assert {path for path, weight in weights.items() if weight not in WEIGHT} == set()


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Another seed gives others, and the order of requests does not matter."""
    first, again, other = made(1), made(1), made(2)
    paths = [
        *lists_of(first),
        *stock_pages_of(first),
        *(article.path for article in first.world.articles),
    ]
    pages = {path: first.answer(path).body for path in paths}
    assert {path: again.answer(path).body for path in reversed(paths)} == pages
    assert other.answer("/rss/news").body != pages["/rss/news"]
    assert truth(other.world, BASE) != truth(first.world, BASE) == truth(again.world, BASE)


def test_every_link_of_feeds_and_lists_is_answered(site: Site) -> None:
    """Without faults no link leads nowhere."""
    linked = {link for path in lists_of(site) for link in links_on(site, path)}
    assert {link: answered(site, link).status for link in linked} == dict.fromkeys(linked, 200)


def test_every_link_from_shares_is_answered(site: Site) -> None:
    """Members lead to shares, shares to their pages, lists and targets to every analysis."""
    members = own_links(site, "/index/dax/werte", "/aktien/")
    members |= own_links(site, "/index/dax/werte?p=2", "/aktien/")
    shares = {BASE + stock.path for stock in site.world.stocks}
    assert members == shares
    for stock in site.world.stocks:
        onward = own_links(site, stock.path, "/boersenplaetze/", "/kursziele/", "/news/")
        assert {urlsplit(link).path.rpartition("/")[0] for link in onward} == {
            "/boersenplaetze",
            "/kursziele",
            "/news",
        }
        studies = {BASE + analysis.path for analysis in site.world.analyses_by_page[stock.page]}
        assert own_links(site, f"/kursziele/{stock.page}", "/analyse/") == studies
        assert own_links(site, f"/analysen/{stock.page}-analysen", "/analyse/") == studies
        assert {answered(site, link).status for link in onward | studies} == {200}
        exchanges = own_links(site, f"/boersenplaetze/{stock.page}", "/aktien/")
        assert {answered(site, link).status for link in exchanges} == {200}


def test_the_list_of_analyses_reaches_every_analysis(site: Site) -> None:
    """Its pager leads from page to page."""
    reached: set[str] = set()
    for number in count(1):
        reached |= own_links(site, f"/analysen?p={number}", "/analyse/")
        if f"{BASE}/analysen?p={number + 1}" not in own_links(site, f"/analysen?p={number}", ""):
            break
    assert reached == {BASE + analysis.path for analysis in site.world.analyses}


def test_feeds_and_lists_have_the_newest_first(site: Site) -> None:
    """They are in the order of dates, not of ids."""
    at = {BASE + article.path: article.published for article in site.world.articles}
    for path in lists_of(site):
        times = [at[link] for link in links_on(site, path)]
        assert times == sorted(times, reverse=True), path
    numbers = [int(article.id) for article in site.world.articles]
    assert numbers != sorted(numbers, reverse=True)


def test_the_pager_reaches_every_article(site: Site) -> None:
    """It shows 20 articles on each page, and each article once."""
    path = "/index/dax/marktberichte"
    reached: list[str] = []
    for number in count(1):
        here = f"{path}?p={number}"
        reached += links_on(site, here)
        pager = Selector(answered(site, here).body.decode()).css("li.pagination__item a")
        if f"{path}?p={number + 1}" not in pager.css("::attr(href)").getall():
            break
    assert reached == [BASE + article.path for article in site.world.articles]
    assert answered(site, f"{path}?p={ARTICLES // 20 + 1}").status == 404


def test_json_ld_is_json_and_only_in_the_newer_layout(site: Site) -> None:
    """The layout of 2024 has no NewsArticle and no page context."""
    for article in site.world.articles:
        page = Selector(site.answer(article.path).body.decode())
        blocks = page.css('script[type="application/ld+json"]::text').getall()
        types = [json.loads(block)["@type"] for block in blocks]
        is_new = article.layout == 2026
        assert {"WebSite", "Organization", "BreadcrumbList"} <= set(types)
        assert ("NewsArticle" in types) == is_new
        assert bool(page.xpath("//script[contains(., 'setPageContext')]")) == is_new


def test_the_truth_has_as_many_articles_and_shares_as_requested(site: Site) -> None:
    """Each item is there once, and ISINs have valid check digits."""
    rows = truth(site.world, BASE)
    assert len({row["id"] for row in rows["articles"]}) == len(rows["articles"]) == ARTICLES
    shares = {row["page"] for row in rows["instruments"] if row["kind"] == "stock"}
    assert shares == {stock.page for stock in site.world.stocks}
    assert len(shares) == STOCKS
    assert all(stdnum_isin.is_valid(row["isin"]) for row in rows["instruments"] if row["isin"])


def test_every_address_of_the_truth_is_answered(site: Site) -> None:
    """The answer is a page of the real weight."""
    rows = [row for some in truth(site.world, BASE).values() for row in some]
    urls = {url for row in rows for url in row["urls"]} - {"*"}
    assert all(row["urls"] for row in rows)
    for url in urls:
        answer = answered(site, url)
        assert (answer.status, len(answer.body) in WEIGHT) == (200, True), url


def test_every_fault_is_linked_and_only_the_readable_are_true() -> None:
    """A feed and a list lead to each faulty page; the truth has the readable ones."""
    faulty = made(faulty=True)
    linked = links_on(faulty, "/rss/news") + links_on(faulty, "/nachrichten/ressort/aktien")
    rows = truth(faulty.world, BASE, ["news"], faulty.faults.readable)
    true = {row["id"] for row in rows["articles"]}
    for fault in faulty.faults.articles:
        assert linked.count(BASE + fault.article.path) == 1, fault.name
        assert (fault.article.id in true) == fault.is_readable
    assert true == {article.id for article in faulty.world.articles} | {
        fault.article.id for fault in faulty.faults.articles if fault.is_readable
    }


def test_every_fault_is_what_it_is_called() -> None:
    """Status, length and content of each faulty page match its name."""
    faulty = made(faulty=True)
    whole = len(faulty.answer(faulty.world.articles[0].path).body)
    answer_to = {fault.name: faulty.answer(fault.article.path) for fault in faulty.faults.articles}
    statuses = {name: answer.status for name, answer in answer_to.items() if answer.status != 200}
    assert statuses == {"refused-403": 403, "moved": 302, "gone-404": 404, "gone-410": 410}
    assert answer_to["empty"].body == b""
    assert len(answer_to["truncated"].body) < whole * 0.6
    assert not answer_to["truncated"].body.rstrip().endswith(b"</html>")
    assert b"<TITLE>Access Denied</TITLE>" in answer_to["refused-200"].body
    assert b"12,x4 EUR" in answer_to["bad-number"].body
    with pytest.raises(UnicodeDecodeError):
        answer_to["wrong-charset"].body.decode()
    moved_to = answer_to["moved"].location
    assert moved_to
    assert urlsplit(moved_to).hostname != urlsplit(BASE).hostname


def test_an_article_without_a_date_prints_none_anywhere() -> None:
    """There is no date in its text and none in its head."""
    faulty = made(faulty=True)
    article = next(fault.article for fault in faulty.faults.articles if fault.name == "undated")
    text = faulty.answer(article.path).body.decode()
    own = Selector(text).css("article.news-container")[0]
    dated = own.xpath(".//text()").re(r"\d\d\.\d\d\.\d\d \d\d:\d\d Uhr")
    assert (dated, own.css("time").getall(), "datePublished" in text) == ([], [], False)


def module_of(path: Path) -> str:
    """Return the dotted name of a module of the sample site."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path, modules: set[str]) -> set[str]:
    """Return the modules of the sample site that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (parts & modules) or {str(node.module)}
    return names & modules


def test_imports_run_one_way_and_in_no_circle() -> None:
    """Content knows neither faults nor web, faults do not know web; not even for annotations."""
    paths = {module_of(path): path for path in sorted(SAMPLESITE.rglob("*.py"))}
    imports = {name: imports_of(path, set(paths)) for name, path in paths.items()}
    layer_of = {name: LAYERS.index(name.split(".")[1]) for name in paths if name.count(".") == 2}
    assert set(layer_of.values()) == set(range(len(LAYERS)))
    upward = {
        (name, imported)
        for name, layer in layer_of.items()
        for imported in imports[name]
        if layer_of.get(imported, len(LAYERS)) > layer
    }
    assert upward == set()
    TopologicalSorter(imports).prepare()  # raises CycleError


def test_lines_of_templates_are_short() -> None:
    """So that a diff of a template can be read."""
    templates = sorted((SAMPLESITE / "web" / "templates").iterdir())
    lines = [(path.name, line) for path in templates for line in path.read_text().splitlines()]
    assert [(name, line) for name, line in lines if len(line) >= 120] == []


def test_no_text_of_a_captured_page_is_in_the_sample_site(site: Site, captures: Path) -> None:
    """Its structure is the real site's, and every sentence is invented."""
    paths = [
        path for kind in ("article", "analysis", "feed") for path in captures.glob(f"{kind}-*")
    ]
    sources = [*SAMPLESITE.rglob("*.py"), *SAMPLESITE.glob("web/templates/*")]
    shown = [site.answer(article.path).body.decode() for article in site.world.articles]
    written = " ".join(
        [" ".join(text.split()) for text in [*(path.read_text() for path in sources), *shown]]
    )
    theirs = {text for path in paths for text in _long_texts(path)}
    assert len(theirs) > 50
    assert {text for text in theirs if text in written} == set()


def _long_texts(path: Path) -> Iterator[str]:
    """Give every paragraph of a capture that is longer than a label."""
    text = path.read_text("utf-8")
    if path.suffix == ".txt":
        texts = text.splitlines()
    elif path.suffix == ".xml":
        texts = Selector(text, type="xml").xpath("//title/text() | //description/text()").getall()
        texts = [re.sub(r"<[^>]+>| \.\.\.", "", text) for text in texts]
    else:
        texts = Selector(text).xpath(_ANY_TEXT).getall()
    collapsed = (" ".join(text.split()) for text in texts)
    return (text for text in collapsed if len(text) > LONG)
