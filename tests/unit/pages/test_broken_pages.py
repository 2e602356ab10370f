"""Whatever is served, a page gives items, a rejection or `BrokenPage`; never another exception."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finnews.archive.lines import line, read_line
from finnews.items import Article, Item
from finnews.pages import PAGE_TYPES
from finnews.pages.base import BrokenPage
from tests.support.cases import Case, golden_cases, type_of

END_TAGS = {page.name(): page.end_tag for page in PAGE_TYPES}
CASES = golden_cases()
ADDRESSES = {case.folder: case.url for case in reversed(CASES)}
"""Page type → the address of its first golden page."""

TAG = re.compile(r"<[^>]*>")
FETCHED = "2026-11-20T12:00:00+00:00"
TAGS = ("<", "</div>", "<article>", "<table><tr>", "]]>", "<!--", '"', "-")
CHARACTERS = ("&#0;", "&#xD83D;", "&#55357;", "&#xFFFF;", "&#x110000;", "&#x;", "\x00", "\x1f")
JUNK = st.text(max_size=8) | st.sampled_from(TAGS + CHARACTERS)


def items_of(name: str, text: str) -> list[Item]:
    """Return the items of a page; what is complete must survive being written as a line."""
    url = ADDRESSES[name]
    try:
        page = type_of(url)(url, text)
    except BrokenPage:
        return []
    items = [replace(item, version=1, fetched_at=FETCHED) for item in page.items()]
    for item in items:
        if not item.missing_fields():
            assert read_line(line(item), type(item)) == item
    assert all(link.url for link in page.links())
    return items


def mutated(text: str, draw: st.DataObject) -> str:
    """Return a page that was cut, whose tags are missing, doubled, or overwritten with junk."""
    for _ in range(draw.draw(st.integers(1, 4))):
        start = draw.draw(st.integers(0, len(text)))
        end = start + draw.draw(st.integers(0, 200))
        piece = text[start:end]
        new = draw.draw(st.sampled_from(["", TAG.sub("", piece), piece * 2]) | JUNK)
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize("name", ADDRESSES)
@settings(max_examples=25)
@given(text=st.text())
def test_any_text_gives_items_or_a_broken_page(name: str, text: str) -> None:
    """This holds for the text alone and for the text as the content of a whole page."""
    items_of(name, text)
    items_of(name, f"{text}{END_TAGS[name]}")
    items_of(name, f"<rss><channel>{text}</channel></rss>")


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{' '.join(map(str, range(1, 60)))} weiter</p>",
        f"<p>{'1' * 90} Euro</p>",
        "<p>In eigener Sache</p><p>Ein Satz, der wirbt.</p>" * 1500,
        "<p>Von Ada Muster</p>" * 3000,
        "<h2>Von Ada Muster</h2>" * 1000,
    ],
    ids=("numbers", "digits", "own interest", "authors", "headings"),
)
def test_a_text_that_repeats_itself_is_read(text: str) -> None:
    """In a time that grows with its length: one of these took longer than anyone waits."""
    article = f'<article class="news-container"><div class="news-container__text">{text}</div>'
    assert items_of("article", f"{article}</article></html>")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@settings(max_examples=6)
@given(draw=st.data())
def test_a_damaged_golden_page_gives_items_or_a_broken_page(
    case: Case, draw: st.DataObject
) -> None:
    """Pieces of the page are cut, doubled, stripped of tags or overwritten."""
    items_of(case.folder, mutated(case.text, draw))


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00",
        "</html>",
        "<div>" * 5_000 + "</html>",
        "</html></rss>" * 1_000,
        "<rss></html></rss>",
        "[" * 100_000 + "]",
    ],
    ids=["empty", "blank", "nul", "close", "deep", "closes", "both", "brackets"],
)
def test_a_strange_page_gives_rejections_at_most(name: str, text: str) -> None:
    """An empty, oversized or deeply nested page gives no complete item but rejections."""
    assert [item for item in items_of(name, text) if not item.missing_fields()] == [
        item for item in items_of(name, text) if type(item).__name__ == "Rejection"
    ]


@pytest.mark.parametrize(
    "value",
    [
        *('"\\ud83d"', "null", "1", "1e999", "NaN", "[]", "{}", "true", '"2026-99-99T00:00:00"'),
        *("9" * 5_000, '"' + "x" * 100_000 + '"', "[" * 900 + "]" * 900, '{"url": {"url": 1}}'),
    ],
    ids=lambda value: value[:10],
)
def test_any_json_in_structured_data_leaves_the_article_complete(value: str) -> None:
    """Values of a wrong type in any field that is read from JSON do no harm."""
    fields = ("headline", "description", "datePublished", "dateModified", "image", "author")
    about = ", ".join(f'"{name}": {value}' for name in fields)
    context = ", ".join(
        f'"{name}": {value}'
        for name in ("is_sponsored", "primary_category", "publication_timestamp")
    )
    text = f"""<html><head>
    <script type="application/ld+json">{{"@type": "NewsArticle", {about}}}</script>
    <script>window.fnetTracking('setPageContext', {{"article": {{{context}}}}});</script></head>
    <body><article class="news-container"><h1 class="headline">Titel</h1><div>
    <time class="grid__item-12" datetime="2026-11-20T08:15:42">20.11.26</time></div>
    <div class="news-container__text"><p>Text.</p></div></article>
    <script id="ai-summary-data">{{"bulletpoint1": {value}}}</script></body></html>"""
    article = items_of("article", text)[-1]
    assert isinstance(article, Article)
    assert article.missing_fields() == ()


@pytest.mark.parametrize("digits", ["1" * 5_000, "1." * 50_000, "1e999999999"])
@pytest.mark.parametrize(
    "number",
    [r"\b\d[\d.,]*(?=[^<>]*<)", r'(?<=": )\d+', r'(?<=")\d+(?=")', r'(?<=href="/)[^"\d]*\d+'],
    ids=["text", "json", "attribute", "address"],
)
@pytest.mark.parametrize("name", ADDRESSES)
def test_numbers_of_any_length_raise_nothing(name: str, number: str, digits: str) -> None:
    """They are read, rejected or doubted, in cells, in JSON, in attributes and in addresses."""
    case = next(case for case in CASES if case.folder == name)
    items_of(name, re.sub(number, digits, case.text))
