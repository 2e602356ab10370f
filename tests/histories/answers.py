"""What a site sends for a while in place of a page."""

import re
from collections.abc import Callable
from typing import Final

from samplesite.web.answer import Answer
from tests.support.own_site import OwnSite

DEEP: Final = "/index/dax/marktberichte"
PARTNER: Final = "https://partner.example/wartung"

_TEASER: Final = re.compile(rb'<a class="article-teaser.*?</a>', re.DOTALL)
_ADDRESS: Final = re.compile(rb'href="(?:https?://[^/"]+)?(/nachricht/[^"]+)"')
_PAGER: Final = re.compile(rb'<ul class="pagination">.*?</ul>', re.DOTALL)

Fault = Callable[[OwnSite, str], Answer]


def fixed(answer: Answer) -> Fault:
    """Return the fault that is the same answer for every page."""
    return lambda _own, _target: answer


def to_list(own: OwnSite, _target: str) -> Answer:
    """Redirect to the list of all articles."""
    return Answer(302, b"", location=own.address + DEEP)


def to_article(own: OwnSite, target: str) -> Answer:
    """Redirect for good to another article, the first that the list shows."""
    paths = _ADDRESS.findall(own.true_answer(DEEP).body)
    other = next(path for path in paths if path.decode() != target)
    return Answer(301, b"", location=own.address + other.decode())


def half(own: OwnSite, target: str) -> Answer:
    """Send the first half of a page."""
    answer = own.true_answer(target)
    return answer._replace(body=answer.body[: len(answer.body) // 2])


def first_page(own: OwnSite, _target: str) -> Answer:
    """Send the first page of the list."""
    return own.true_answer(DEEP)


def page_before(own: OwnSite, target: str) -> Answer:
    """Send the page before."""
    number = int(target.partition("?p=")[2] or 1)
    return own.true_answer(f"{DEEP}?p={max(1, number - 1)}")


def without_teasers(own: OwnSite, target: str) -> Answer:
    """Send a page of a list with its pager and no entries."""
    answer = own.true_answer(target)
    return answer._replace(body=_TEASER.sub(b"", answer.body))


def without_pager(own: OwnSite, target: str) -> Answer:
    """Send a page of a list that links no other."""
    answer = own.true_answer(target)
    return answer._replace(body=_PAGER.sub(b"", answer.body))


_OF_ANY: Final = {
    **{
        f"{status} off the site": fixed(Answer(status, b"", location=PARTNER))
        for status in (302, 307)
    },
    "304 unasked": fixed(Answer(304, b"")),
    "404": fixed(Answer(404, b"<html><body>Seite nicht gefunden</body></html>")),
    "503": fixed(Answer(503, b"Wartung")),
    "closed": fixed(Answer(0, b"")),
    "half": half,
}
ARTICLE_FAULTS: Final[dict[str, Fault]] = {
    **_OF_ANY,
    "301 off the site": fixed(Answer(301, b"", location=PARTNER)),
    "301 to another": to_article,
    "302 to a list": to_list,
}
LIST_FAULTS: Final[dict[str, Fault]] = {
    **_OF_ANY,
    "302 to the first page": to_list,
    "first page": first_page,
    "page before": page_before,
    "without teasers": without_teasers,
    "without pager": without_pager,
}
