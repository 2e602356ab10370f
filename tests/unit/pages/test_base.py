"""What all page types have."""

import pytest

from finnews.pages.news_list import NewsListPage
from tests.support.cases import golden_cases, read_pages


@pytest.mark.parametrize(
    "rule",
    [
        *("td", "h1.headline", "div.news-container__text", "script#ai-summary-data"),
        *('script[type*="ld+json"]', 'div[class*="grid__item-"]', "h1.head", "script#ai"),
    ],
)
def test_a_simple_selector_finds_what_parsel_finds(rule: str) -> None:
    """In the same order; a class is a whole word, and so is an id."""
    for page in read_pages(case for case in golden_cases() if case.name.startswith("article/")):
        found = [part.root for part in page.css(rule)]
        assert found == [part.root for part in page.root.css(rule)]
        within = page.root.css("article")[:1]
        for part in within:
            assert [each.root for each in page.css(rule, part)] == [
                each.root for each in part.css(rule)
            ]


def test_a_class_ends_at_the_blanks_of_html_alone() -> None:
    """A blank at which no line breaks is a part of a name."""
    classes = ("a\u00a0b", "\ta\nb", "ab", "b\x0ca")
    html = "".join(f'<i class="{name}"></i>' for name in classes)
    page = NewsListPage("https://www.finanzen.net/news/", f"<html>{html}</html>")
    assert [part.root.get("class") for part in page.css("i.a")] == ["\ta\nb", "b\x0ca"]
