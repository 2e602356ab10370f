"""An analyst's study in full: ``/analyse/muster_ag_buy-beispiel_bank_1096443``.

The stock's page name is only in the box and in the link to its price targets, its ISIN only in
the link "Aktie kaufen". The path spells the name in another way.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from parsel import Selector

from finnews.items import Action, Item, Rating, Verdict, folded
from finnews.loaders import RatingLoader
from finnews.pages.base import Page
from finnews.pages.parts.agency import without_byline
from finnews.pages.parts.box import BoxRow, box_quotes, box_rows
from finnews.pages.parts.prose import blocks
from finnews.pages.parts.tables import add_texts
from finnews.pages.parts.titles import title as name_and_rating
from finnews.pages.rules import labels
from finnews.pages.visible import text_of
from finnews.processors import decimal, german_day, study_time
from finnews.site import DecimalMark
from finnews.vocabulary import verdict

_NOT_TEXT = re.compile(
    r"(?:Hinweis|Bildquellen?|Veröffentlichung der Original-Studie):.*", re.DOTALL
)
_PUBLICATION_LINE = re.compile(
    r"Veröffentlichung der Original-Studie: ([^/\n]+/[^/\n]+/\s*[A-Z]+)\b"
)
_TARGET_CHANGE = re.compile(r"\bvon (\d[\d.,]*)(?: [A-Z][\w-]+)? auf (\d[\d.,]*) [A-Z][\w-]+")
_QUOTED_RATING = r'["„“”»«][^"„“”»«\n]{2,40}["„“”»«]'
_UP_TO = r'[^"„“”»«\n]{0,120}'
_ACTIONS: tuple[tuple[Action, re.Pattern[str]], ...] = (
    (
        "initiated",
        re.compile(
            rf"\bErst(?:einstufung|bewertung)|{_QUOTED_RATING}{_UP_TO}\baufgenommen\b"
            rf"|\bnimmt\b.+{_QUOTED_RATING}{_UP_TO}\bauf\b"
        ),
    ),
    ("upgraded", re.compile(r"\b(?:hoch|herauf)gestuft\b")),
    ("downgraded", re.compile(r"\b(?:ab|herab|herunter)gestuft\b")),
    (
        "maintained",
        re.compile(rf"{_QUOTED_RATING}{_UP_TO}\b(?:belassen|bestätigt|bekräftigt)\b"),
    ),
)
_PRICE_TARGETS_LINK = re.compile(r"/kursziele/([^/?#]+)")
_SUMMARY = '//table[preceding::h2[1][starts-with(normalize-space(), "Zusammenfassung")]]//td'
_WORST_TO_BEST: tuple[Verdict, ...] = ("sell", "hold", "buy")


class AnalysisPage(Page):
    """A rating with all its details, and the quote in the box of its stock."""

    path = re.compile(r"/analyse/[^/]*?(?P<id>\d+)")

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Rating)

    def items(self) -> Iterator[Item]:
        yield from self.ticker()
        article = next(iter(self.xpath("//article[h1]")), self.root)
        rows = box_rows(self, article)
        yield from box_quotes(self, rows, "analysis")
        yield self._rating(article, rows)

    def _rating(self, article: Selector, rows: list[BoxRow]) -> Rating:
        loader = self.loader(RatingLoader, article, id=self.from_path("id"))
        add_texts(loader, _LABELS, self._summary())
        self._add_head(loader)
        for row in rows[:1]:
            loader.add_value("page", self.instrument(row.href).get("page"))
            loader.add_value("name", row.name)
            loader.add_value("isin", row.buy_link)
        links = self.xpath(f"{_SUMMARY}//a/@href")
        loader.add_value("page", links.re_first(_PRICE_TARGETS_LINK))
        self._add_text(loader, article)
        rating = loader.load_item()
        rating.action = action(rating)
        rating.previous_price_target = previous_target(rating, self.site.mark)
        return rating

    def _summary(self) -> dict[str, str]:
        """Return the summary: label without its asterisk → value; empty if there is none."""
        cells = (text_of(cell).partition(":") for cell in self.xpath(_SUMMARY))
        summary = {label.strip(" *"): value.strip() for label, _, value in cells}
        if summary:
            self.stats.count_headers(_LABELS, summary)
        return summary

    def _add_head(self, loader: RatingLoader) -> None:
        loader.add_value("firm", text_of(self.xpath("./span", loader.selector)))
        title = text_of(self.css("h1", loader.selector))
        if split := name_and_rating(title):
            name, rating = split
            loader.add_value("name", name)
            loader.add_value("rating", rating)
        for rating in loader.get_collected_values("rating")[:1]:
            self.add_verdict(loader, rating)

    def _add_text(self, loader: RatingLoader, article: Selector) -> None:
        paragraphs = [block for part in self.xpath("./p", article) for block in blocks(part)]
        text, _ = without_byline(
            (block for block in paragraphs if not _NOT_TEXT.fullmatch(block.text)), self.site.name
        )
        loader.add_value("text", "\n\n".join(block.text for block in text) or None)
        date_line = text_of(self.xpath("./div/div[@class='grid__item-12']", article))
        day = german_day(date_line)
        for paragraph in paragraphs:
            match = _PUBLICATION_LINE.match(paragraph.text)
            time = study_time(paragraph.text, self.site.zone) if match else None
            if match and time and time[:10] == day == german_day(match[1]):
                loader.add_value("date_published", time)
        loader.add_value("date_published", date_line)


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


def action(rating: Rating) -> Action | None:
    """Return what a study did with the rating, from the two verdicts, else from its text.

    >>> action(Rating(verdict="buy", previous_rating="Hold"))
    'upgraded'
    >>> action(Rating(text='Die Muster Bank hat Beispiel auf "Neutral" belassen.'))
    'maintained'
    """
    previous = verdict(rating.previous_rating or "")
    in_text = next((name for name, words in _ACTIONS if words.search(rating.text or "")), None)
    if previous is None or rating.verdict is None:
        return in_text
    change = _WORST_TO_BEST.index(rating.verdict) - _WORST_TO_BEST.index(previous)
    if change:
        return "upgraded" if change > 0 else "downgraded"
    is_other_rating = folded(rating.rating) != folded(rating.previous_rating)
    return in_text if is_other_rating and in_text in ("upgraded", "downgraded") else "maintained"


def previous_target(rating: Rating, mark: DecimalMark) -> Decimal | None:
    """Return the previous price target, if the text has a change to the current one."""
    changes = _TARGET_CHANGE.findall(rating.text or "")
    targets = ((decimal(old, mark), decimal(new, mark)) for old, new in changes)
    return next((old for old, new in targets if new == rating.price_target), None)
