"""An analyst's study in full: ``/analyse/muster_ag_buy-beispiel_bank_1096443``.

Its share's page name stands only in the box, its ISIN only in the link "Aktie kaufen"; the name
in the path is a third spelling.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from parsel import Selector

from finnews.items import Action, Item, Rating, Verdict, folded
from finnews.loaders import RatingLoader
from finnews.pages.base import Page, text_of
from finnews.pages.parts.agency import without_byline
from finnews.pages.parts.box import BoxRow, box_quotes, box_rows
from finnews.pages.parts.prose import blocks
from finnews.pages.parts.tables import add_texts
from finnews.pages.rules import labels
from finnews.processors import decimal, german_day, study_time
from finnews.site import DecimalMark
from finnews.vocabulary import name_and_rating, verdict

_NOT_TEXT = re.compile(
    r"(?:Hinweis|Bildquellen?|Veröffentlichung der Original-Studie):.*", re.DOTALL
)
_PUBLICATION = re.compile(r"Veröffentlichung der Original-Studie: (.+)")
_TARGET_MOVE = re.compile(r"\bvon (\d[\d.,]*)(?: [A-Z][\w-]+)? auf (\d[\d.,]*) [A-Z][\w-]+")
_WORD = r'["„“”»«][^"„“”»«\n]{2,40}["„“”»«]'
_BEHIND = r'[^"„“”»«\n]{0,120}'
_ACTIONS: tuple[tuple[Action, re.Pattern[str]], ...] = (
    (
        "initiated",
        re.compile(
            rf"\bErst(?:einstufung|bewertung)|{_WORD}{_BEHIND}\baufgenommen\b"
            rf"|\bnimmt\b.+{_WORD}{_BEHIND}\bauf\b"
        ),
    ),
    ("upgraded", re.compile(r"\b(?:hoch|herauf)gestuft\b")),
    ("downgraded", re.compile(r"\b(?:ab|herab|herunter)gestuft\b")),
    ("maintained", re.compile(rf"{_WORD}{_BEHIND}\b(?:belassen|bestätigt|bekräftigt)\b")),
)
_SHARE_OF_TARGETS = re.compile(r"/kursziele/([^/?#]+)")
_SUMMARY = '//table[preceding::h2[1][starts-with(normalize-space(), "Zusammenfassung")]]//td'
_STEPS: tuple[Verdict, ...] = ("sell", "hold", "buy")


class AnalysisPage(Page):
    """One rating with all that is known of it, and the price in the box of its share."""

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
        targets = self.xpath(f"{_SUMMARY}//a/@href").re_first(_SHARE_OF_TARGETS)
        loader.add_value("page", targets)
        self._add_text(loader, article)
        rating = loader.load_item()
        rating.action = action(rating)
        rating.previous_price_target = previous_target(rating, self.site.mark)
        return rating

    def _summary(self) -> dict[str, str]:
        """Return the cells of the summary, if there is one: label without its star → value."""
        cells = (text_of(cell).partition(":") for cell in self.xpath(_SUMMARY))
        summary = {label.strip(" *"): value.strip() for label, _, value in cells}
        if summary:
            self.stats.count_headers(_LABELS, summary)
        return summary

    def _add_head(self, loader: RatingLoader) -> None:
        loader.add_value("firm", text_of(self.xpath("./span", loader.selector)))
        title = text_of(self.css("h1", loader.selector))
        split = name_and_rating(title)
        if split:
            loader.add_value("name", split[0])
            loader.add_value("rating", split[1])
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
            printed = _PUBLICATION.match(paragraph.text)
            moment = study_time(paragraph.text, self.site.zone) if printed else None
            if printed and moment and moment[:10] == day == german_day(printed[1]):
                loader.add_value("date_published", moment)
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
    """Return what a study did to the rating: by the verdicts before and now, else by its words.

    >>> action(Rating(verdict="buy", previous_rating="Hold"))
    'upgraded'
    >>> action(Rating(text='Die Muster Bank hat Beispiel auf "Neutral" belassen.'))
    'maintained'
    """
    before = verdict(rating.previous_rating or "")
    told = next((done for done, words in _ACTIONS if words.search(rating.text or "")), None)
    if before is None or rating.verdict is None:
        return told
    step = _STEPS.index(rating.verdict) - _STEPS.index(before)
    if step:
        return "upgraded" if step > 0 else "downgraded"
    is_new_word = folded(rating.rating) != folded(rating.previous_rating)
    return told if is_new_word and told in ("upgraded", "downgraded") else "maintained"


def previous_target(rating: Rating, mark: DecimalMark) -> Decimal | None:
    """Return the target before, where the text tells of a move to the target of now."""
    moves = _TARGET_MOVE.findall(rating.text or "")
    targets = ((decimal(before, mark), decimal(now, mark)) for before, now in moves)
    return next((before for before, now in targets if now == rating.price_target), None)
