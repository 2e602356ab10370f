"""A news article: ``/nachricht/aktien/muster-aktie-steigt-15932372``.

Its box "Werte in diesem Artikel" gives quotes, its tables "Analysen zu …" give ratings. The
article is the last item, so that an archived article has all its page's quotes and ratings.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

from parsel import Selector

from finnews.items import Article, Item, NamedInstrument, instrument_key
from finnews.loaders import ArticleLoader
from finnews.pages.base import Page, json_object, json_selector
from finnews.pages.parts.agency import without_byline
from finnews.pages.parts.box import box_quotes, box_rows, named_instrument, named_instruments
from finnews.pages.parts.prose import Block, blocks
from finnews.pages.parts.rating_tables import table_ratings
from finnews.pages.visible import text_of

PROMOTION = re.compile(r".*/(?:in-eigener-sache|ratgeber)-[^/]*/?")
_CREDITS = re.compile(r"Bildquellen?: (.+)")
_NOISE = r"Werbung|Anzeige|Bildquellen?: .*"
_OWN_INTEREST = "In eigener Sache"
_SLIDE_SOURCE = re.compile(r"Quelle: .*")
_CONTEXT_CALL = re.compile(r"""setPageContext['"],\s*""")
_UPDATED = "aktualisiert"
_PERSONS = "[author][] | [?\"@type\"=='Person'].name"
_IMAGES = "[image][].[url, @][]"  # a string, an object with `url`, or a list of either


class ArticlePage(Page):
    """A news article, in the layout of 2026 or of 2024.

    The layout of 2024 has no JSON-LD about the article, no page context and no summary.
    """

    path = re.compile(r"/nachricht/(?P<section>[^/]+)/[^/]*?(?P<id>\d+)/?", re.ASCII)

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Article)

    def items(self) -> Iterator[Item]:
        """Yield the ticker, the quotes of the box, the ratings of the tables, then the article."""
        yield from self.ticker()
        article = next(iter(self.css("article.news-container")), self.root)
        rows = box_rows(self, article)
        yield from box_quotes(self, rows, "article")
        in_box = list(named_instruments(self, rows))
        pages_by_name = {str(instrument.name): str(instrument.page) for instrument in in_box}
        yield from table_ratings(self, pages_by_name)
        yield self._article(article, in_box)

    def _article(self, article: Selector, in_box: list[NamedInstrument]) -> Article:
        loader = self.loader(ArticleLoader, article, in_language=self.site.language)
        loader.add_value("id", self.from_path("id"))
        loader.add_value("section", self.from_path("section"))
        _add_json_ld(self._nested(loader, self.json_ld("NewsArticle")))
        self._add_context(loader)
        self._add_summary(loader)
        _add_head(self, loader, article)
        _add_picture(self, loader)
        text = [*self._paragraphs(article), *self._slides(article)]
        text, byline = without_byline(text, self.site.name)
        _add_text(loader, text)
        loader.add_value(None, byline._asdict())
        loader.add_value("instruments", _distinct([*in_box, *self._linked_instruments(text)]))
        return loader.load_item()

    def _add_context(self, loader: ArticleLoader) -> None:
        if PROMOTION.fullmatch(self.url):
            loader.add_value("is_sponsored", True)
        call = _CONTEXT_CALL.search(self.text)
        context = json_object(self.text[call.end() :]) if call else {}
        nested = self._nested(loader, json_selector(context))
        nested.add_jmes("is_sponsored", "article.is_sponsored")
        nested.add_jmes("category", _strings("article.primary_category"))
        nested.add_jmes("date_published", _strings("article.publication_timestamp"))
        nested.add_jmes("date_modified", _strings("article.last_update_timestamp"))
        loader.add_value("is_sponsored", False)

    def _add_summary(self, loader: ArticleLoader) -> None:
        summary = json_object(self.css("script#ai-summary-data::text").get(""))
        nested = self._nested(loader, json_selector(summary))
        nested.add_jmes("summary", _strings("bulletpoint1, bulletpoint2, bulletpoint3"))

    def _paragraphs(self, article: Selector) -> Iterator[Block]:
        for part in self._own("div.news-container__text", article):
            own = takewhile(lambda block: block.text != _OWN_INTEREST, blocks(part))
            yield from (block for block in own if not self._is_noise(block))

    def _slides(self, article: Selector) -> Iterator[Block]:
        for slide in self._own("div.carousel__slide", article):
            title = " ".join(map(text_of, self.css("p.font-weight-bold", slide)[:1]))
            for block in blocks(slide):
                if not (_SLIDE_SOURCE.fullmatch(block.text) or self._is_noise(block)):
                    yield block._replace(is_heading=block.text == title)

    def _own(self, rule: str, article: Selector) -> Iterator[Selector]:
        """Yield the matches in the article itself; the `article` elements in it are boxes."""
        for part in self.css(rule, article):
            if len(list(part.root.iterancestors("article"))) < 2:
                yield part

    def _linked_instruments(self, text: Iterable[Block]) -> Iterator[NamedInstrument]:
        for link in (link for block in text for link in block.links):
            instrument = named_instrument(self, link.text, link.href)
            if instrument and self.site.has(str(instrument.url)):
                yield instrument

    def _is_noise(self, block: Block) -> bool:
        """Return whether a block is advertising, an image credit, or the title of the HTML page."""
        return bool(_noise(self.site.name).fullmatch(block.text))

    def _nested(self, loader: ArticleLoader, part: Selector) -> ArticleLoader:
        """Return a loader for another part of the page that fills the same item."""
        return ArticleLoader(selector=part, parent=loader, site=self.site)


@cache
def _noise(site_name: str) -> re.Pattern[str]:
    return re.compile(rf"{_NOISE}|.* \| {re.escape(site_name)}")


def _strings(rule: str) -> str:
    """Return a JMESPath expression for the strings among the matches of another."""
    return f"[{rule}][] | [?type(@) == 'string']"


def _add_json_ld(loader: ArticleLoader) -> None:
    loader.add_jmes("headline", _strings("headline"))
    loader.add_jmes("description", _strings("description"))
    loader.add_jmes("date_published", _strings("datePublished"))
    loader.add_jmes("date_modified", _strings("dateModified"))
    loader.add_jmes("image_url", _strings(_IMAGES))
    loader.add_jmes("authors", _strings(_PERSONS))


def _add_head(page: Page, loader: ArticleLoader, article: Selector) -> None:
    kicker = page.xpath("./span[contains(@class, 'font-color-de-azure-blue')]", article)
    loader.add_value("kicker", text_of(kicker))
    loader.add_value("headline", text_of(page.xpath("./h1[contains(@class, 'headline')]", article)))
    loader.add_value("description", text_of(page.xpath("./p[starts-with(@class, 'h3')]", article)))
    loader.add_xpath("date_published", "./div/time[@class='grid__item-12']/@datetime")
    loader.add_xpath("date_published_raw", "./div/time[@class='grid__item-12']/text()")
    loader.add_xpath("date_published_raw", "./div/div[@class='grid__item-12']/text()")
    for printed in loader.get_collected_values("date_published_raw"):
        loader.add_value("date_published", printed)
        if printed.startswith(_UPDATED):
            loader.add_value("date_modified", printed)


def _add_picture(page: Page, loader: ArticleLoader) -> None:
    sources = page.css("figure.article-content__image img::attr(src)", loader.selector).getall()
    loader.add_value("image_url", [page.absolute_url(source) for source in sources])
    loader.add_css("image_credit", "p.font-color-gray::text", re=_CREDITS)


def _add_text(loader: ArticleLoader, text: list[Block]) -> None:
    loader.add_value("article_body", "\n\n".join(block.text for block in text) or None)
    loader.add_value("subheadings", [block.text for block in text if block.is_heading])


def _distinct(instruments: list[NamedInstrument]) -> list[NamedInstrument]:
    by_key: dict[str | None, NamedInstrument] = {}
    for instrument in instruments:
        by_key.setdefault(instrument_key(instrument.kind, instrument.page), instrument)
    return list(by_key.values())
