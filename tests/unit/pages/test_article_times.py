"""When an article was published: no time that is still to come."""

from datetime import datetime, timedelta

import pytest

from finnews.items import Article
from finnews.pages.article import ArticlePage
from finnews.site import FINANZEN_NET

URL = "https://www.finanzen.net/nachricht/aktien/muster-16006031"
PAGE = """<html><body><article class="news-container"><h1 class="headline">Muster-Meldung</h1>
<div><time class="grid__item-12" datetime="{:%Y-%m-%dT%H:%M:%S}">{:%d.%m.%y %H:%M} Uhr</time></div>
<div class="news-container__text"><p>Die Muster AG steigt.</p></div></article></body></html>"""


@pytest.mark.parametrize(("minutes", "is_read"), [(-60, True), (5, True), (60, False)])
def test_an_article_was_not_published_in_the_future(minutes: int, is_read: bool) -> None:
    """A clock may be some minutes fast; an hour too late is not read, and told."""
    now = datetime(2026, 11, 20, 12, tzinfo=FINANZEN_NET.zone)
    moment = now + timedelta(minutes=minutes)
    page = ArticlePage(URL, PAGE.format(moment, moment))
    page.now = now
    article = next(item for item in page.items() if isinstance(item, Article))
    expected = moment.isoformat(timespec="seconds") if is_read else None
    assert article.date_published == expected
    assert ("doubt/date_published/implausible" in map(str, page.stats.doubts)) is not is_read
