"""Articles, feeds and a refusal as the site really served them, against what was read by eye."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from finnews.items import Article, Item, Quote, Rating
from finnews.pages import page_type
from finnews.pages.article import ArticlePage
from finnews.pages.base import Page
from finnews.pages.feed import FeedPage
from finnews.pages.news_list import NewsListPage
from finnews.pages.refusals import refusal
from tests.support.plain_capture import URL, PlainCapture

ROOT = Path(__file__).parents[3]
_SENTENCE = re.compile(r"[A-ZÄÖÜ]\w*(?: [^\s<>{}=;|]+?){6,}?[.!?]")
_ADDRESS = re.compile(r'"url":"([^"]+)"')


def of_type(items: list[Item], item_class: type[Any], source: str | None = None) -> list[Any]:
    """Return the items of a kind, quotes of one source only."""
    of_kind = [item for item in items if isinstance(item, item_class)]
    return [item for item in of_kind if source is None or item.source == source]


def article_of(items: list[Item]) -> Article:
    """Return the article, which comes last."""
    assert isinstance(items[-1], Article)
    return items[-1]


def prices(quotes: list[Quote]) -> list[tuple[Any, ...]]:
    """Return what the quotes say, the numbers with their digits."""
    return [
        (
            quote.page,
            quote.kind,
            str(quote.price),
            quote.currency,
            str(quote.change),
            str(quote.change_percent),
        )
        for quote in quotes
    ]


@pytest.fixture(scope="module")
def ranking_text(captures: Path) -> str:
    """The captured ranking."""
    return (captures / "article-2026-10-01-ranking.html").read_text("utf-8")


@pytest.fixture(scope="module")
def ranking(ranking_text: str) -> list[Item]:
    """What the captured ranking reads to."""
    address = _ADDRESS.search(ranking_text)
    assert address
    return list(ArticlePage(address[1], ranking_text).items())


def test_the_ranking_has_two_quotes_in_its_ticker(ranking: list[Item]) -> None:
    """They have a value without a currency and the change in percent."""
    assert prices(of_type(ranking, Quote, "ticker")) == [
        ("dax", "index", "24939", None, "None", "-1.0"),
        ("euro_stoxx_50", "index", "6175", None, "None", "-1.5"),
    ]


def test_the_ranking_has_five_quotes_in_english_notation(ranking: list[Item]) -> None:
    """Each row of the box is a quote with the digits that it prints."""
    quotes = of_type(ranking, Quote, "article")
    assert prices(quotes) == [
        ("tether-euro-kurs", "crypto", "0.89", "EUR", "0.01", "0.85"),
        ("bitcoin-euro-kurs", "crypto", "74908.89", "EUR", "1136.19", "1.54"),
        ("bitcoin-dollar-kurs", "crypto", "84157.18", "USD", "590.84", "0.71"),
        ("usd_coin-dollar-kurs", "crypto", "1.00", "USD", "0.00", "0.00"),
        ("ethereum-dollar-kurs", "crypto", "2683.33", "USD", "-0.94", "-0.04"),
    ]
    assert quotes[1].name == "BTC/EUR (Bitcoin-Euro)"


def test_the_ranking_is_an_article_with_all_its_fields(
    ranking: list[Item], ranking_text: str
) -> None:
    """All fields but the text are compared; long ones with the page's own source."""
    article = article_of(ranking)
    assert len(ranking) == 2 + 5 + 1
    assert article.id == "15932372"
    assert str(article.url).endswith("-der-kryptowaehrungen-15932372")
    assert (article.kicker, article.section) == ("Tops & Flops", "devisen")
    assert article.category == "Kryptowährungen"
    assert article.date_published == "2026-10-01T06:10:19+02:00"
    assert article.date_published_raw == "01.10.26 06:10 Uhr"
    assert article.date_modified == "2026-10-01T06:11:19+02:00"
    assert f'"headline":"{article.headline}"' in ranking_text
    assert f'<p class="h3 font-size-x1.250">{article.description}</p>' in ranking_text
    assert str(article.image_url).endswith("kryptocoins-1110634118-660.jpg")
    assert article.image_credit == "Phongphan / Shutterstock.com, TierneyMJ / Shutterstock.com"
    summary = article.summary or []
    assert len(summary) == 3
    assert all(
        f'"bulletpoint{at}":"{point}"' in ranking_text for at, point in enumerate(summary, 1)
    )
    assert (article.is_sponsored, article.in_language) == (False, "de")
    assert (article.authors, article.agency, article.dateline, article.signature) == (None,) * 4


def test_the_ranking_names_the_currencies_of_box_and_slides(ranking: list[Item]) -> None:
    """The box comes first, then the slides; menus, advertisements and lists give none."""
    instruments = article_of(ranking).instruments or []
    assert [instrument.page for instrument in instruments] == [
        *("tether-euro-kurs", "bitcoin-euro-kurs", "bitcoin-dollar-kurs"),
        *("usd_coin-dollar-kurs", "ethereum-dollar-kurs"),
        *("toncoin-dollar-kurs", "chainlink-dollar-kurs", "uniswap-dollar-kurs"),
    ]
    assert {instrument.kind for instrument in instruments} == {"crypto"}
    assert instruments[5].url == "https://www.finanzen.net/devisen/toncoin-dollar-kurs"


def test_the_slides_are_the_text_of_the_ranking(ranking: list[Item], ranking_text: str) -> None:
    """The text has every slide of the capture, without picture credits and advertising."""
    article = article_of(ranking)
    blocks = (article.article_body or "").split("\n\n")
    assert article.subheadings == [
        *("Platz 30: Das Ranking", "Platz 29: Toncoin"),
        *("Platz 2: Chainlink", "Platz 1: Uniswap"),
    ]
    assert blocks[1::2] == article.subheadings[:1] + blocks[3::2]
    assert blocks[3:] == [
        *("Platz 29: Toncoin", "Toncoin: -28,00 Prozent"),
        *("Platz 2: Chainlink", "Chainlink: 57,67 Prozent"),
        *("Platz 1: Uniswap", "Uniswap: 200,18 Prozent"),
    ]
    assert f">{blocks[0]}</a>" in ranking_text
    assert f"<p>{blocks[2]}</p>" in ranking_text


def test_the_teasers_beside_the_ranking_are_a_news_list(ranking_text: str) -> None:
    """Their times are those of the list in Berlin's zone; the promotion is among them."""
    page = NewsListPage("https://www.finanzen.net/nachrichten/ressort/devisen", ranking_text)
    assert [(link.url.rpartition("-")[2], link.date) for link in page.links()] == [
        ("15932372", "2026-10-01T18:06:00+02:00"),
        ("15963208", "2026-10-01T17:23:14+02:00"),
        ("15963153", "2026-10-01T16:44:39+02:00"),
        ("13849011", "2026-10-01T15:30:00+02:00"),
    ]


@pytest.fixture(scope="module")
def plain(captures: Path) -> PlainCapture:
    """The captured article that is plain text."""
    return PlainCapture((captures / "article-2026-02-03-text.txt").read_text("utf-8"))


@pytest.fixture(scope="module", params=[False, True], ids=["box below", "within the text"])
def items(plain: PlainCapture, request: pytest.FixtureRequest) -> list[Item]:
    """What it reads to, wherever the publisher's own advertising stands."""
    return list(ArticlePage(URL, plain.page(is_advertising_in_text=request.param)).items())


def test_the_plain_article_is_exactly_its_paragraphs(
    items: list[Item], plain: PlainCapture
) -> None:
    """The text is its own words in order, with three sub-headings and no advertising."""
    article = article_of(items)
    assert len(plain.paragraphs) == 14
    assert article.article_body == "\n\n".join(plain.paragraphs)
    assert article.subheadings == plain.subheadings
    assert len(plain.subheadings) == 3
    for word in ("Werbung", "ZERO", "Depot", "Knock-out", "Hebel", "Übrigens"):
        assert word not in article.article_body


def test_the_plain_article_has_its_head_and_its_makers(
    items: list[Item], plain: PlainCapture
) -> None:
    """Place, agency, signature, time, picture credit and head are read."""
    article = article_of(items)
    assert article.dateline == "AUSTIN"
    assert article.agency == "dpa-AFX"
    assert article.signature == "so/DP/zb"
    assert article.authors is None
    assert article.image_credit == "SpaceX"
    assert article.date_published == "2026-02-03T07:33:00+01:00"
    assert article.date_published_raw == "03.02.26 07:33 Uhr"
    assert article.kicker == plain.kicker == "Rechenzentren im All"
    assert article.headline == plain.headline
    assert article.description == plain.lead
    assert [instrument.page for instrument in article.instruments or ()] == [
        "alphabet_c",
        "meta_platforms",
        "tesla",
    ]


def test_the_plain_article_has_three_quotes_of_stocks_and_eight_of_the_ticker(
    items: list[Item],
) -> None:
    """All values are read in German notation; the ticker's advertisement is none of them."""
    assert prices(of_type(items, Quote, "article")) == [
        ("alphabet_c", "stock", "294.50", "EUR", "3.05", "1.05"),
        ("meta_platforms", "stock", "603.30", "EUR", "-1.50", "-0.25"),
        ("tesla", "stock", "361.95", "EUR", "2.55", "0.71"),
    ]
    ticker = of_type(items, Quote, "ticker")
    assert [(quote.name, str(quote.price), str(quote.change_percent)) for quote in ticker] == [
        ("DAX", "24798", "1.1"),
        ("Est50", "6008", "1.0"),
        ("MSCI World", "4343", "-0.1"),
        ("Nas", "23592", "0.6"),
        ("Bitcoin", "66643", "-0.2"),
        ("Euro", "1.1819", "0.2"),
        ("Öl", "66.06", "-0.4"),
        ("Gold", "4924", "5.6"),
    ]


def test_the_four_overlapping_tables_are_fifteen_ratings(items: list[Item]) -> None:
    """Of twenty printed rows each rating is given once, in the order of the page."""
    ratings = of_type(items, Rating)
    assert {(rating.name, rating.page) for rating in ratings} == {("Tesla", "tesla")}
    assert [
        (rating.date_published, rating.rating, rating.verdict, rating.firm) for rating in ratings
    ] == [
        ("2026-02-02", "Outperform", "buy", "RBC Capital Markets"),
        ("2026-01-30", "Buy", "buy", "Deutsche Bank AG"),
        ("2026-01-30", "Equal Weight", "hold", "Barclays Capital"),
        ("2026-01-29", "Buy", "buy", "Deutsche Bank AG"),
        ("2026-01-29", "Underweight", "sell", "JP Morgan Chase & Co."),
        ("2026-01-29", "Outperform", "buy", "RBC Capital Markets"),
        ("2026-01-02", "Outperform", "buy", "RBC Capital Markets"),
        ("2026-01-29", "Neutral", "hold", "Goldman Sachs Group Inc."),
        ("2026-01-29", "Hold", "hold", "Jefferies & Company Inc."),
        ("2026-01-23", "Equal Weight", "hold", "Barclays Capital"),
        ("2026-01-22", "Equal Weight", "hold", "Barclays Capital"),
        ("2026-01-29", "Verkaufen", "sell", "DZ BANK"),
        ("2026-01-06", "Verkaufen", "sell", "DZ BANK"),
        ("2026-01-05", "Sell", "sell", "UBS AG"),
        ("2026-01-05", "Underweight", "sell", "JP Morgan Chase & Co."),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "entries"),
    [
        (
            "news",
            "article",
            [
                ("15841784", "2026-08-02T23:34:39+02:00"),
                ("15841781", "2026-08-02T23:15:38+02:00"),
                ("15701531", "2026-08-02T23:11:00+02:00"),
                ("15826523", "2026-08-02T22:44:00+02:00"),
                ("15794433", "2026-08-02T22:30:00+02:00"),
                ("5011420", "2026-08-02T22:30:00+02:00"),
            ],
        ),
        (
            "analyses",
            "analysis",
            [
                ("1096444", "2026-07-31T21:31:14+02:00"),
                ("1096443", "2026-07-31T21:31:13+02:00"),
                ("1096442", "2026-07-31T21:16:14+02:00"),
                ("1096441", "2026-07-31T20:36:13+02:00"),
                ("1096440", "2026-07-31T19:41:13+02:00"),
                ("1096241", "2026-07-31T19:16:13+02:00"),
            ],
        ),
    ],
)
def test_a_feed_leads_to_its_six_entries(
    captures: Path, name: str, kind: str, entries: list[tuple[str, str]]
) -> None:
    """Each entry has its number and time, newest first, and none is rejected."""
    text = (captures / f"feed-2026-08-02-{name}.xml").read_text("utf-8")
    page = FeedPage("https://www.finanzen.net/rss/news", text)
    links = list(page.links())
    kinds = [page_type(link.url) for link in links]
    assert [page_kind.name() for page_kind in kinds if page_kind] == [kind] * 6
    numbers = [
        _number(page_kind, link.url)
        for page_kind, link in zip(kinds, links, strict=True)
        if page_kind
    ]
    assert list(zip(numbers, (link.date for link in links), strict=True)) == entries
    assert list(page.items()) == []


def test_the_captured_refusal_is_one_at_any_status(captures: Path) -> None:
    """It is recognised by its content, even if the site answers with status 200."""
    text = (captures / "blocked-2024-05-26.html").read_text("utf-8")
    assert refusal(403, text)
    assert refusal(200, text)


def _number(kind: type[Page], url: str) -> str | None:
    address = kind.path.fullmatch(url.removeprefix("https://www.finanzen.net"))
    return address["id"] if address else None


def test_no_sentence_of_a_captured_page_is_in_the_project(captures: Path) -> None:
    """The structure is the site's; what golden pages and the sample site say is invented."""
    pages = [path.read_text("utf-8") for path in captures.iterdir() if path.suffix != ".md"]
    theirs = {sentence for page in pages for sentence in _SENTENCE.findall(page)}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    files = [ROOT / name for name in names if not name.endswith(".png")]
    ours = "\n".join(path.read_text("utf-8") for path in files if path.is_file())
    assert len(theirs) > 60
    assert [sentence for sentence in theirs if sentence in ours] == []
