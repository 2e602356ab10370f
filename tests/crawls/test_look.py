"""``finnews look`` over crawls of the sample site, in Chromium: what is true is on the pages."""

import csv
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import polars
import pytest
import requests
from parsel import Selector

from samplesite.content.collector import Truth
from samplesite.content.crawls import portfolio
from samplesite.content.papers import Security
from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support import ROOT, TIMEOUT
from tests.support.accessibility import faults, tab_stops
from tests.support.browser import DESKTOP, PHONE, Browser, View
from tests.support.crawling import contents, crawl, sample_site, scrapy
from tests.support.looking import answer, drawn, look, marks, table

WORLD = World(articles=60, stocks=10)
SHARE = "kieseltechnik"
"""A share with articles, prices in several currencies and many verdicts."""

FUNDS: list[Security] = [
    next(paper for paper in WORLD.papers if paper.kind == kind) for kind in ("etf", "fund")
]
DAY = "2026-11-20"
"""The day of all articles of that world."""

NEAR_PRICES = "2026-11-15"
"""A day since which all that was said stands beside the prices of that day."""

PAGES = (
    *("", f"days/{DAY}", "days", "papers", f"stocks/{SHARE}", "indices/dax", "verdicts"),
    *("crawls", "search", "search?q=Musterwerk+Aktie"),
    f"commodities/{quote('oelpreis?type=Brent')}",
    *(f"{paper.kind}s/{paper.page}" for paper in FUNDS),
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site that runs as long as its pages are looked at."""
    with sample_site("--articles", "60", "--stocks", "10") as address:
        yield address


@pytest.fixture(scope="module")
def archive(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all that the site has."""
    output = tmp_path_factory.mktemp("look") / "output"
    papers = ",".join(paper.path.removeprefix("/") for paper in FUNDS)
    of_papers = ("-a", "index=dax", "-a", f"stocks={papers}")
    for spider, options in (("news", ()), ("stocks", of_papers), ("ratings", ())):
        done = crawl(spider, site, output, *options)
        assert done.returncode == 0, done.stderr
    return output


@pytest.fixture(scope="module")
def true(site: str) -> Truth:
    """What the archive holds."""
    return truth(WORLD, site, ["news", "stocks", "ratings", portfolio(FUNDS)])


@pytest.fixture(scope="module")
def pages(archive: Path) -> Iterator[str]:
    """The address of the pages over the archive."""
    with look(archive) as (address, _):
        yield address


def named(article: dict[str, Any], page: str) -> bool:
    """Return whether an article names a paper."""
    return any(paper["page"] == page for paper in article.get("instruments") or ())


def of_share(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is about the share."""
    return [row for row in rows if row["page"] == SHARE]


def instant(text: str) -> datetime:
    """Return when something was published; a day begins at midnight in Berlin."""
    return datetime.fromisoformat(text if len(text) > 10 else f"{text}T00:00:00+01:00")


def test_the_first_page_has_the_articles_of_the_newest_day(
    browser: Browser, pages: str, true: Truth
) -> None:
    """Newest first, each with its headline, its papers, its agency, and a link to the site."""
    articles = sorted(true["articles"], key=lambda row: str(row["date_published"]), reverse=True)
    with browser.visit(pages) as visit:
        assert visit.page.inner_text("h1") == "Friday, 20 November 2026"
        rows = table(visit.page, "articles")
        assert [row[1] for row in rows] == [article["headline"] for article in articles[:25]]
        for row, article in zip(rows, articles, strict=False):
            assert datetime.fromisoformat(row[0]) == datetime.fromisoformat(
                article["date_published"]
            )
            assert row[3] == (article["agency"] or "–")
        cells = visit.page.locator("table#articles td.papers").all()
        for cell, article in zip(cells, articles, strict=False):
            links = cell.locator("a").evaluate_all("all => all.map(a => a.href)")
            names = [paper["page"] for paper in article["instruments"] or ()]
            assert [link.rsplit("/", 1)[1] for link in links] == [quote(name) for name in names]
        link = visit.page.locator("table#articles a").first.get_attribute("href") or ""
        assert articles[0]["id"] in link
        visit.page.click("text=Next")
        assert [row[1] for row in table(visit.page, "articles")] == [
            article["headline"] for article in articles[25:50]
        ]
        visit.assert_clean()


def test_articles_by_hour_are_those_of_the_truth(browser: Browser, pages: str, true: Truth) -> None:
    """A bar for each hour, as high as articles were published in it."""
    hours = [datetime.fromisoformat(row["date_published"]).hour for row in true["articles"]]
    with browser.visit(pages) as visit:
        bars = drawn(visit.page, "by-hour").locator("path[aria-roledescription=bar]")
        labels = bars.evaluate_all("bars => bars.map(bar => bar.ariaLabel)")
        expected = {
            f"hour of publication: {hour}; articles: {hours.count(hour)}; hour: {hour}"
            for hour in range(24)
        }
        assert set(labels) == expected


def test_a_paper_has_its_last_prices_news_verdicts_and_dates(
    browser: Browser, pages: str, true: Truth
) -> None:
    """What the truth has of it, and no more."""
    ratings, articles = of_share(true["ratings"]), true["articles"]
    with browser.visit(f"{pages}stocks/{SHARE}") as visit:
        news = table(visit.page, "news")
        assert {row[1] for row in news} == {a["headline"] for a in articles if named(a, SHARE)}
        last: dict[str, dict[str, Any]] = {}
        for rating in sorted(ratings, key=lambda row: str(row["date_published"])):
            last[rating["firm"]] = rating
        houses = {row[0]: row for row in table(visit.page, "houses")}
        assert {firm: row[2].split()[-1] for firm, row in houses.items()} == {
            firm: rating["verdict"] for firm, rating in last.items()
        }
        assert len(table(visit.page, "all-verdicts")) == len(ratings)
        prices = table(visit.page, "last-prices")
        venues = [row for row in of_share(true["quotes"]) if row["exchange"]]
        assert {(row[0], float(row[1])) for row in prices if row[1] != "–"} >= {
            (quote["exchange"], float(quote["price"]))
            for quote in venues
            if quote["source"] == "venues"
        }
        dates = table(visit.page, "dates")
        assert sorted(row[0] for row in dates) == sorted(
            row["date"] for row in of_share(true["events"])
        )
        visit.assert_clean()


def test_prices_in_two_currencies_are_never_on_one_axis(
    browser: Browser, pages: str, true: Truth
) -> None:
    """There is a chart for each unit, and its marks are of that unit."""
    quotes = of_share(true["quotes"])
    units = {quote["currency"] or quote["unit"] for quote in quotes if quote["price"]}
    assert len(units) >= 3
    with browser.visit(f"{pages}stocks/{SHARE}") as visit:
        charts = visit.page.locator("figure[data-chart^=prices-]")
        names = charts.evaluate_all("figures => figures.map(figure => figure.dataset.chart)")
        assert set(names) == {f"prices-{unit.lower()}-chart" for unit in units}
        data = answer(f"{pages}stocks/{SHARE}.json")["tables"]
        for unit in units:
            prices = {row["price"] for row in data[f"line-{unit.lower()}"]["rows"]}
            assert prices <= {
                float(quote["price"])
                for quote in quotes
                if (quote["currency"] or quote["unit"]) == unit and quote["price"]
            }


@pytest.mark.parametrize(
    ("collection", "words", "share"),
    [("articles", "headline", SHARE), ("ratings", "firm", "musterwerk")],
)
def test_marks_stand_at_their_times(
    browser: Browser, pages: str, true: Truth, collection: str, words: str, share: str
) -> None:
    """Each article and each verdict beside the prices, to the pixel, by the clock of the site."""
    of_paper = [row for row in true[collection] if named(row, share) or row.get("page") == share]
    with browser.visit(f"{pages}stocks/{share}") as visit:
        found = marks(visit.page, "prices-eur-chart")
        marked = [mark for mark in found if f"{words}: " in mark["label"]]
        assert marked
        for mark in marked:
            name = mark["label"].split(f"{words}: ")[1].split(";")[0].split(" · ")[0]
            times = [wall_clock(row["date_published"]) for row in of_paper if row[words] == name]
            assert min(abs(mark["time"] - time) for time in times) <= mark["pixel"]
        told = " · ".join(mark["label"] for mark in marked)
        recent = [row for row in of_paper if row["date_published"] >= NEAR_PRICES]
        assert recent
        assert [row for row in recent if row[words] not in told] == []


def wall_clock(text: str) -> float:
    """Return the milliseconds of a time as the charts have it."""
    return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC).timestamp() * 1000


def test_a_mark_says_which_and_leads_there(
    browser: Browser, pages: str, site: str, true: Truth
) -> None:
    """The pointer on it shows the headline; a click opens the article on the site."""
    headlines = {row["headline"] for row in true["articles"] if named(row, SHARE)}
    with browser.visit(f"{pages}stocks/{SHARE}") as visit:
        figure = drawn(visit.page, "prices-eur-chart")
        mark = figure.locator("path[aria-roledescription=point][aria-label*=headline]").last
        mark.hover(force=True)
        tip = visit.page.locator("#vg-tooltip-element.visible")
        tip.wait_for()
        assert any(headline in tip.inner_text() for headline in headlines)
        mark.click(force=True)
        visit.page.wait_for_url(f"{site}/**")
        assert urlsplit(visit.page.url).path.startswith("/nachricht")
        assert visit.page.inner_text("h1") in headlines


def test_a_number_leads_to_its_paper(pages: str, true: Truth) -> None:
    """ISIN and WKN, in any section and in lower case; a name that nobody has is told."""
    share = of_share(true["quotes"])[0]
    for name in (share["isin"], share["wkn"], share["isin"].lower(), SHARE.upper()):
        for section in ("stocks", "papers"):
            response = requests.get(f"{pages}{section}/{name}", timeout=TIMEOUT)
            assert response.url == f"{pages}stocks/{SHARE}"
    missing = requests.get(f"{pages}stocks/muster%22%3Cscript%3Eü", timeout=TIMEOUT)
    assert missing.status_code == 404
    assert "muster&#34;&lt;script&gt;ü: no archived paper" in missing.text


def test_verdicts_are_counted_by_house(browser: Browser, pages: str, true: Truth) -> None:
    """Buy, hold and sell of each, and each upgrade and downgrade."""
    ratings = true["ratings"]
    with browser.visit(f"{pages}verdicts") as visit:
        for firm, buy, hold, sell, total, *_ in table(visit.page, "houses"):
            verdicts = [row["verdict"] for row in ratings if row["firm"] == firm]
            counts = [verdicts.count(verdict) for verdict in ("buy", "hold", "sell")]
            assert [int(buy), int(hold), int(sell)] == counts
            assert int(total) == len(verdicts)
        changes = [row for row in ratings if row["action"] in ("upgraded", "downgraded")]
        assert len(table(visit.page, "changes")) == len(changes)
        visit.assert_clean()


def test_tables_are_taken_along(pages: str, true: Truth) -> None:
    """As CSV and as Parquet, with all rows, exact numbers, and times."""
    ratings = sorted(float(row["price_target"] or 0) for row in of_share(true["ratings"]))
    base = f"{pages}stocks/{SHARE}/all-verdicts"
    text = requests.get(f"{base}.csv", timeout=TIMEOUT).text
    rows = list(csv.DictReader(StringIO(text)))
    assert sorted(float(row["price_target"] or 0) for row in rows) == ratings
    content = requests.get(f"{base}.parquet", timeout=TIMEOUT).content
    frame = polars.read_parquet(BytesIO(content))
    assert sorted(float(value or 0) for value in frame["price_target"]) == ratings
    assert not [name for name in frame.columns if name.startswith("_")]


@pytest.mark.parametrize(
    ("column", "key"), [("price_target", float), ("firm", str), ("date_published", instant)]
)
def test_a_table_is_sorted_by_any_column(
    browser: Browser, pages: str, column: str, key: Callable[[str], Any]
) -> None:
    """By a click on its heading or by the keyboard; what is missing comes last both ways."""
    with browser.visit(f"{pages}stocks/{SHARE}") as visit:
        button = visit.page.locator(f"table#all-verdicts button[data-column={column}]")
        orders = []
        for _ in range(2):
            button.focus()
            visit.page.keyboard.press("Enter")
            index = button.evaluate("button => button.closest('th').cellIndex")
            orders.append([row[index] for row in table(visit.page, "all-verdicts")])
        known = [[key(value) for value in order if value != "–"] for order in orders]
        assert sorted(known, key=lambda values: values[0]) == [
            sorted(known[0]),
            sorted(known[0], reverse=True),
        ]
        missing = orders[0].count("–")
        assert all(order[len(order) - missing :] == ["–"] * missing for order in orders)


def test_a_table_of_several_pages_is_sorted_as_a_whole(
    browser: Browser, pages: str, true: Truth
) -> None:
    """Not the rows of the page alone: the server is asked, and the address keeps the order."""
    first = min(row["headline"] for row in true["articles"])
    with browser.visit(pages) as visit:
        with visit.page.expect_navigation():
            visit.page.click("table#articles button[data-column=headline]")
        assert visit.page.url.endswith("?articles=headline#articles")
        assert table(visit.page, "articles")[0][1] == first


@pytest.mark.parametrize(
    ("locale", "price", "time"),
    [("de-DE", r"24\.93\d,\d\d", "20.11.2026, "), ("en-US", r"24,93\d\.\d\d", "Nov 20, 2026, ")],
)
def test_numbers_and_times_are_written_as_the_browser_asks(
    browser: Browser, pages: str, locale: str, price: str, time: str
) -> None:
    """German or English; the machine's own value stays in the markup."""
    with browser.visit(f"{pages}papers", View(locale=locale)) as visit:
        row = visit.page.locator("table#papers tbody tr", has_text="DAX").first
        assert re.search(price, row.inner_text())
    with browser.visit(pages, View(locale=locale, zone="Asia/Tokyo")) as visit:
        assert time in visit.page.locator("table#articles td").first.inner_text()


@pytest.mark.parametrize("view", [DESKTOP, DESKTOP._replace(color_scheme="dark"), PHONE])
@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_fit_for_all_eyes(
    browser: Browser, pages: str, address: str, view: View
) -> None:
    """Names, headings, contrast in light and dark, no side-scrolling; a quiet console."""
    with browser.visit(pages + address, view) as visit:
        for chart in visit.page.locator("figure[data-chart]").all():
            drawn(visit.page, chart.get_attribute("data-chart") or "")
        assert faults(visit.page) == []
        assert visit.console == []
        visit.assert_clean()


@pytest.mark.parametrize("view", [DESKTOP, PHONE])
def test_the_page_of_a_run_is_fit_for_all_eyes(browser: Browser, pages: str, view: View) -> None:
    """The table of runs leads there; it says how many items were written."""
    with browser.visit(f"{pages}crawls", view) as visit:
        rows = table(visit.page, "runs")
        assert sorted(row[1] for row in rows) == ["news", "ratings", "stocks"]
        visit.page.locator("table#runs a").first.click()
        assert f"Items written\n{rows[0][6]}" in visit.page.inner_text("main")
        assert faults(visit.page) == []
        visit.assert_clean()


@pytest.mark.parametrize("paper", FUNDS, ids=lambda paper: paper.kind)
def test_a_fund_has_its_prices(browser: Browser, pages: str, true: Truth, paper: Security) -> None:
    """An ETF those of exchanges, a fund its net asset value, which is of a day."""
    quotes = [row for row in true["quotes"] if row["page"] == paper.page and row["price"]]
    assert quotes
    with browser.visit(f"{pages}{paper.kind}s/{paper.page}") as visit:
        shown = {float(row[1]) for row in table(visit.page, "last-prices") if row[1] != "–"}
        assert {float(row["price"]) for row in quotes} >= shown
        assert shown
        visit.assert_clean()


@pytest.mark.parametrize("address", ["", f"stocks/{SHARE}", "verdicts", "crawls", "search?q=Aktie"])
def test_the_keyboard_reaches_everything(browser: Browser, pages: str, address: str) -> None:
    """Each link, button and fold, in the order in which they stand."""
    with browser.visit(pages + address) as visit:
        for fold in visit.page.locator("details").all():
            fold.evaluate("fold => { fold.open = true }")
        operated = visit.page.locator("a[href], button, input, select, summary, [tabindex='0']")
        stops = tab_stops(visit.page, 3000)
        assert len(stops) == operated.count()
        assert stops[0].name == "Skip to the content"


def test_what_a_chart_marks_is_in_a_table_beside_it(
    browser: Browser, pages: str, true: Truth
) -> None:
    """For those who have no pointer: each mark with its link."""
    with browser.visit(f"{pages}stocks/{SHARE}") as visit:
        visit.page.locator("figure[data-chart=prices-eur-chart] summary").press("Enter")
        links = visit.page.locator("table#articles-at-eur a").all_inner_texts()
        headlines = {headline for link in links for headline in link.split(" · ")}
        assert headlines == {row["headline"] for row in true["articles"] if named(row, SHARE)}


@pytest.mark.parametrize("address", PAGES)
def test_each_page_has_its_json(pages: str, address: str) -> None:
    """The same address with .json."""
    path, _, query = address.partition("?")
    content = answer(f"{pages}{path or 'index'}.json?{query}")
    assert content["address"] == (path or "index")
    assert set(content) == {"address", "title", "as_of", "facts", "notes", "tables"}


def test_the_pages_are_files_that_work_from_a_disk(
    browser: Browser, archive: Path, pages: str, tmp_path: Path
) -> None:
    """The same tables and charts, links that lead to files, no request but for files."""
    target = tmp_path / "ünter einem #Namen?"
    done = scrapy("look", "--write", str(target), "-s", f"OUTPUT_DIR={archive}")
    assert done.returncode == 0, done.stderr
    served = answer(f"{pages}stocks/{SHARE}.json")["tables"]
    with browser.visit(f"file://{quote(str(target))}/index.html") as visit:
        visit.page.click("nav >> text=Papers")
        visit.page.click("text=Kieseltechnik")
        assert len(table(visit.page, "news")) == served["news"]["total"]
        assert marks(visit.page, "prices-eur-chart")
        visit.page.click("nav >> text=Papers")
        visit.page.click("text=Ölpreis (Brent)")
        assert visit.page.inner_text("h1") == "Ölpreis (Brent)"
        visit.assert_clean()
        assert {urlsplit(request).scheme for request in visit.requests} == {"file"}
    missing = [
        link
        for file in target.rglob("*.html")
        for link in links_of(file)
        if not (file.parent / link).exists()
    ]
    assert missing == []


def links_of(file: Path) -> Iterator[str]:
    """Yield where the links of a page on a disk lead, as paths beside it."""
    for link in Selector(file.read_text("utf-8")).css("a::attr(href), link::attr(href)").getall():
        if not link.startswith(("#", "http:", "https:")):
            yield unquote(link)


def test_nothing_but_loopback_is_served(archive: Path) -> None:
    """Another address is refused with a line."""
    for host in ("0.0.0.0", "::", "192.0.2.1", "muster.example"):  # noqa: S104
        done = scrapy("look", "--host", host, "-s", f"OUTPUT_DIR={archive}")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert f"--host {host}" in done.stderr


def test_a_foreign_name_is_refused(pages: str) -> None:
    """A page elsewhere that points its own name at loopback gets nothing."""
    answered = requests.get(pages, headers={"Host": "muster.example"}, timeout=TIMEOUT)
    assert answered.status_code == 403
    assert requests.post(pages, timeout=TIMEOUT).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        *("../../etc/passwd", "stocks/../../../etc/passwd", "stocks/%2e%2e%2f%2e%2e", "stocks/"),
        *("static/../server.py", "static/%2e%2e/model.py", "/", "days/2026-13-40", "days/"),
        *("papers/x.csv", "\x00"),
    ],
)
def test_odd_paths_are_no_pages(pages: str, path: str) -> None:
    """Neither a file nor an error of the server."""
    request = requests.Request("GET", pages).prepare()
    request.url = pages + quote(path, safe="/%.")
    with requests.Session() as session:
        answered = session.send(request, timeout=TIMEOUT)
    assert answered.status_code in (200, 404)
    assert "root:" not in answered.text
    assert "import" not in answered.text


def test_the_archive_is_only_read(archive: Path) -> None:
    """Not a byte of it changes; SIGTERM ends the server with 143, SIGINT with 130."""
    before = contents(archive)
    for number, status in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        with look(archive) as (address, process):
            assert requests.get(address, timeout=TIMEOUT).status_code == 200
            process.send_signal(number)
            assert process.wait(TIMEOUT) == status
    assert contents(archive) == before


def test_what_crawls_write_meanwhile_is_shown(site: str, tmp_path: Path) -> None:
    """An empty archive says what to run; after a crawl its articles are there."""
    output = tmp_path / "output"
    output.mkdir()
    with look(output) as (address, _):
        empty = requests.get(address, timeout=TIMEOUT)
        assert "scrapy crawl news" in empty.text
        assert crawl("news", site, output, "-a", "limit=3").returncode == 0
        assert answer(f"{address}index.json")["facts"]["Articles"] == 3


@pytest.mark.parametrize("package", ["altair", "vl_convert", "aiohttp", "jinja2", "duckdb"])
def test_what_is_not_installed_is_told(archive: Path, tmp_path: Path, package: str) -> None:
    """In a line that says how to install it."""
    (tmp_path / f"{package}.py").write_text("raise ImportError\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "look", "-s", f"OUTPUT_DIR={archive}"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert re.search(rf'look needs .*{package}: pip install "finnews\[look\]"', done.stderr)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--port", "70000"), "--port 70000"),
        (("--port", "x"), "--port"),
        (("--write", ""), "--write"),
        (("--write", "pages", "--port", "1"), "--write"),
        (("muster",), "usage"),
        (("-s", "OUTPUT_DIR=/nowhere/muster"), "/nowhere/muster: no such directory"),
    ],
)
def test_wrong_usage_is_a_line(options: tuple[str, ...], words: str) -> None:
    """Nothing is served or written; exit status 2."""
    done = scrapy("look", *options)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert words in done.stderr


def test_a_port_that_is_taken_is_told(archive: Path, pages: str) -> None:
    """With what to do; exit status 1."""
    port = str(urlsplit(pages).port)
    done = scrapy("look", "--port", port, "-s", f"OUTPUT_DIR={archive}")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"127.0.0.1:{port}: cannot listen there; --port 0" in done.stderr
