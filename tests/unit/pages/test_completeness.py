"""Whether an article's text is all there: what may mean that it goes on makes it uncertain."""

import pytest

from finnews.items import Article
from finnews.pages.article import ArticlePage

URL = "https://www.finanzen.net/nachricht/aktien/muster-16006103"
PAGE = """<html><body><article class="news-container"><h1 class="headline">Muster-Meldung</h1>
<div class="news-container__text"><p>Die Muster AG steigt.</p>{}</div></article></body></html>"""


@pytest.mark.parametrize(
    ("last", "complete"),
    [
        ("<p>Die Beispiel SE folgt.</p>", True),
        ("<p>Der Kurs fällt und fällt …</p>", None),
        ("<p>Der Kurs fällt und fällt [mehr]</p>", False),
        ("<p>…</p>", False),
        ("<button>Mehr anzeigen</button>", None),
        ("<button>Teilen</button>", True),
    ],
)
def test_a_text_that_may_go_on_is_not_complete(last: str, complete: bool | None) -> None:
    """An ellipsis at its end says so, and brackets around it do more clearly."""
    page = ArticlePage(URL, PAGE.format(last))
    article = next(item for item in page.items() if isinstance(item, Article))
    assert article.is_complete is complete
