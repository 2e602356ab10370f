"""An analyst's study in full: ``/analyse/muster_ag_buy-beispiel_bank_1096443``.

The stock's page name is only in the box and in the link to its price targets, its ISIN only in
the link "Aktie kaufen". The path spells the name in another way.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict

from parsel import Selector

from finnews.items import Item, Rating
from finnews.loaders import RatingLoader
from finnews.loaders.inputs import Reason
from finnews.pages.base import Page
from finnews.pages.parts.box import BoxRow, box_quotes, box_rows
from finnews.pages.parts.header import header_items
from finnews.pages.parts.shares import words
from finnews.pages.parts.tables import add_texts
from finnews.pages.ratings.study_actions import add_rating_changes
from finnews.pages.ratings.study_share import (
    add_share,
    agreed_company,
    check_address,
    mean_targets,
    path_name,
)
from finnews.pages.ratings.study_words import (
    agreed_firm,
    agreed_person,
    agreed_rating,
    previous_rating,
)
from finnews.pages.ratings.summaries import study_summary
from finnews.pages.ratings.targets import check_target
from finnews.pages.rules import labels
from finnews.pages.texts.agency import without_byline
from finnews.pages.texts.prose import Block, blocks
from finnews.pages.visible import text_of
from finnews.processors import german_day, is_given, study_time

_NOT_TEXT = re.compile(
    r"(?:Hinweis|Bildquellen?|Veröffentlichung der Original-Studie):.*", re.DOTALL
)
_PUBLICATION = "Veröffentlichung der Original-Studie:"
_DATE_LINE = "./div/div[contains(concat(' ', @class, ' '), ' grid__item-12 ')]"
_OTHER_LABELS = ("Kurs aktuell", "Abst. Kursziel aktuell", "KGV")
_WORDS = ("Analyst", "Rating jetzt", "Rating vorher")
_READ_ALONE = frozenset({"Unternehmen", *_WORDS})


class AnalysisPage(Page):
    """A rating with all its details, and the quote in the box of its stock."""

    path = re.compile(r"/analyse/(?P<title>(?>[^/]*[^/\d])?)(?P<id>\d++)")

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Rating)

    def items(self) -> Iterator[Item]:
        """Yield the quotes and the rating; instead of it, a rejection if a part of it is missing.

        That is ``no-summary``, ``no-text``, or ``no-study`` if it has neither.
        """
        yield from header_items(self)
        article = self._article()
        rows = box_rows(self, article)
        yield from box_quotes(self, rows, "analysis")
        headline = text_of(self.css("h1", article))
        texts = study_summary(self, headline, _LABELS, _OTHER_LABELS)
        rating = self._rating(article, rows, headline, texts)
        yield rating if texts and rating.text else self._incomplete(rating, bool(texts))

    def _article(self) -> Selector:
        """Return the study; of several articles with headlines, the one that the path names."""
        articles = [part for part in self.css("article") if part.root.find("h1") is not None]
        path = {*words(self.from_path("title") or "")}
        named = [a for a in articles if path.issuperset(words(text_of(self.css("h1", a))))]
        return next(iter(named if len(articles) > 1 and named else articles), self.root)

    def _rating(
        self, article: Selector, rows: list[BoxRow], headline: str, texts: dict[str, str]
    ) -> Rating:
        loader = self.loader(RatingLoader, article, id=self.from_path("id"))
        company, firm, now, before = (texts.get(name, "") for name in ("Unternehmen", *_WORDS))
        agreed = agreed_rating(self, headline, now, company)
        kickers = [text_of(span) for span in self.xpath("./span", article)]
        house = agreed_firm(self, kickers, firm)
        check_address(self, self.from_path("title") or "", agreed, house)
        loader.add_value("firm", house)
        loader.add_value("rating", agreed.rating)
        loader.add_value("previous_rating", previous_rating(self, before, now))
        in_path = path_name(self.from_path("title") or "", agreed.rating)
        others = list(filter(None, (agreed.name, in_path)))
        targets = mean_targets(self)
        share_name = agreed_company(self, company, rows, others, targets) or ""
        loader.add_value("name", share_name or None)
        add_texts(loader, _LABELS, {name: texts[name] for name in texts if name not in _READ_ALONE})
        loader.add_value("name", agreed.name)
        names = list(filter(is_given, (share_name, *(others or [headline]))))
        add_share(self, loader, rows, names, targets)
        self._add_text(loader, article)
        rating = loader.load_item()
        rating.verdict = agreed.verdict
        rating.analyst = agreed_person(self, rating.analyst or "", rating.firm)
        check_target(self, rating, texts)
        add_rating_changes(self, rating)
        return rating

    def _add_text(self, loader: RatingLoader, article: Selector) -> None:
        paragraphs = [block for part in self.xpath("./p", article) for block in blocks(part)]
        text, _ = without_byline(
            (block for block in paragraphs if not _NOT_TEXT.fullmatch(block.text)), self.site.name
        )
        loader.add_value("text", "\n\n".join(block.text for block in text) or None)
        date_line = text_of(self.xpath(_DATE_LINE, article))
        loader.add_value("date_published", self._time(date_line, paragraphs))
        loader.add_value("date_published", date_line)

    def _time(self, date_line: str, paragraphs: list[Block]) -> str | None:
        """Return the time in the line of publication, if it is of the day that the page prints."""
        day = german_day(date_line)
        for paragraph in paragraphs:
            if paragraph.text.startswith(_PUBLICATION):
                time = study_time(paragraph.text, self.site.zone)
                printed = paragraph.text.removeprefix(_PUBLICATION).split("/")[0]
                if time and time[:10] == day == german_day(printed):
                    return time
                reason: Reason = "contradiction" if time else "unreadable"
                self.doubt("date_published", reason, paragraph.text)
        return None

    def _incomplete(self, rating: Rating, has_summary: bool) -> Item:
        given = {name: value for name, value in asdict(rating).items() if value is not None}
        values = {name: str(value) for name, value in given.items() if name not in _NOT_KEPT}
        if has_summary:
            return self.rejection("no-text", ["text"], **values)
        reason = "no-summary" if rating.text else "no-study"
        return self.rejection(reason, ["price_target"], **values)


_LABELS = labels(
    name="Unternehmen",
    firm="Analyst",
    analyst="Analyst Name",
    rating="Rating jetzt",
    previous_rating="Rating vorher",
    price_target="Kursziel",
    currency="Kursziel",
    unit="Kursziel",
    price="Kurs",
    upside_percent="Abst. Kursziel",
    consensus_target="Ø Kursziel",
)
_NOT_KEPT = frozenset({"url", "fetched_at", "version", "text"})
