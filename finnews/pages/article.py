"""A news article: ``/nachricht/aktien/muster-aktie-steigt-15932372``.

Its box "Werte in diesem Artikel" gives quotes, its tables "Analysen zu …" give ratings. The
article comes last, so that one that is archived is archived with all that its page says.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from urllib.parse import urlsplit

from parsel import Selector

from finnews.items import Article, Item, NamedInstrument, instrument_key
from finnews.loaders import ArticleLoader
from finnews.pages.agency import without_byline
from finnews.pages.base import Page, json_object, json_selector, text_of
from finnews.pages.box import box_quotes, box_rows, named_instruments
from finnews.pages.prose import Block, blocks
from finnews.pages.rating_tables import table_ratings
from finnews.vocabulary import instrument_path

_PROMOTION = re.compile(r".*/(?:in-eigener-sache|ratgeber)-[^/]*")
_CREDITS = re.compile(r"Bildquellen?: (.+)")
_ADVERTISING = re.compile(r"Werbung|Anzeige")
_TITLE_LINE = re.compile(r".* \| finanzen\.net")
_OWN_INTEREST = "In eigener Sache"
_SLIDE_SOURCE = re.compile(r"Quelle: .*")
_CONTEXT_CALL = "setPageContext', "


class ArticlePage(Page):
    """A news article, in the layout of 2026 or of 2024.

    That of 2024 has no JSON-LD about the article, no page context and no summary.
    """

    path = re.compile(r"/nachricht/(?P<section>[^/]+)/[^/]*?(?P<id>\d+)/?")

    def items(self) -> Iterator[Item]:
        yield from self.ticker()
        article = next(iter(self.css("article.news-container")), self.root)
        rows = box_rows(self, article)
        yield from box_quotes(self, rows, "article")
        named = list(named_instruments(self, rows))
        yield from table_ratings(self, {str(one.name): str(one.page) for one in named})
        yield self._article(article, [*named, *self._linked_instruments(article)])

    def _article(self, article: Selector, named: list[NamedInstrument]) -> Article:
        loader = self.loader(ArticleLoader, article, in_language="de")
        loader.add_value("id", self.from_path("id"))
        loader.add_value("section", self.from_path("section"))
        _add_json_ld(ArticleLoader(selector=self.json_ld("NewsArticle"), parent=loader))
        _add_head(loader)
        _add_picture(self, loader)
        self._add_context(loader)
        self._add_text(loader, article)
        loader.add_value("instruments", _each_once(named))
        item: Article = loader.load_item()
        return item

    def _add_context(self, loader: ArticleLoader) -> None:
        if _PROMOTION.fullmatch(self.url):
            loader.add_value("is_sponsored", True)
        context = json_object(self.text.partition(_CONTEXT_CALL)[2][:20_000])
        inner = ArticleLoader(selector=json_selector(context), parent=loader)
        inner.add_jmes("is_sponsored", "article.is_sponsored")
        inner.add_jmes("category", "article.primary_category")
        inner.add_jmes("date_published", "article.publication_timestamp")
        inner.add_jmes("date_modified", "article.last_update_timestamp")
        loader.add_value("is_sponsored", False)
        summary = json_object(self.css("script#ai-summary-data::text").get(""))
        inner = ArticleLoader(selector=json_selector(summary), parent=loader)
        inner.add_jmes("summary", "[bulletpoint1, bulletpoint2, bulletpoint3]")

    def _add_text(self, loader: ArticleLoader, article: Selector) -> None:
        text, byline = without_byline([*self._paragraphs(article), *self._slides(article)])
        loader.add_value("article_body", "\n\n".join(block.text for block in text) or None)
        loader.add_value("subheadings", [block.text for block in text if block.is_heading])
        loader.add_value(None, byline._asdict())

    def _paragraphs(self, article: Selector) -> Iterator[Block]:
        for part in self.css("div.news-container__text", article):
            own = takewhile(lambda block: block.text != _OWN_INTEREST, blocks(part))
            yield from (block for block in own if not _is_noise(block.text))

    def _slides(self, article: Selector) -> Iterator[Block]:
        for slide in self.css("div.carousel__slide", article):
            title = " ".join(map(text_of, self.css("p.font-weight-bold", slide)[:1]))
            for block in blocks(slide):
                if not (_SLIDE_SOURCE.fullmatch(block.text) or _is_noise(block.text)):
                    yield Block(block.text, is_heading=block.text == title)

    def _linked_instruments(self, article: Selector) -> Iterator[NamedInstrument]:
        host = urlsplit(self.url).netloc
        for link in self.css("div.news-container__text a, div.carousel__slide a", article):
            url = urlsplit(self.absolute(link.attrib.get("href", "")))
            found = instrument_path(url.path) if url.netloc == host else None
            if found:
                plain = url._replace(query="", fragment="").geturl()
                yield NamedInstrument(text_of(link) or None, found.kind, found.page, plain)


def _add_json_ld(loader: ArticleLoader) -> None:
    loader.add_jmes("headline", "headline")
    loader.add_jmes("description", "description")
    loader.add_jmes("date_published", "datePublished")
    loader.add_jmes("date_modified", "dateModified")
    loader.add_jmes("image_url", "image")
    loader.add_jmes("authors", "[author][] | [?\"@type\"=='Person'].name")


def _add_head(loader: ArticleLoader) -> None:
    loader.add_xpath("headline", "string(./h1[contains(@class, 'headline')])")
    loader.add_xpath("kicker", "string(./span[contains(@class, 'font-color-de-azure-blue')])")
    loader.add_xpath("description", "string(./p[contains(@class, 'h3')])")
    loader.add_css("date_published", "time.grid__item-12::attr(datetime)")
    loader.add_css("date_published_raw", "time.grid__item-12::text")
    loader.add_xpath("date_published_raw", "string(./div/div[@class='grid__item-12'])")
    for printed in loader.get_collected_values("date_published_raw"):
        loader.add_value("date_published", printed)
        if printed.startswith("aktualisiert"):
            loader.add_value("date_modified", printed)


def _add_picture(page: Page, loader: ArticleLoader) -> None:
    loader.add_css("image_url", "figure.article-content__image img::attr(src)", page.absolutes)
    loader.add_css("image_credit", "p.font-color-gray::text", re=_CREDITS)


def _each_once(named: list[NamedInstrument]) -> list[NamedInstrument]:
    different: dict[str | None, NamedInstrument] = {}
    for one in named:
        different.setdefault(instrument_key(one.kind, one.page), one)
    return list(different.values())


def _is_noise(text: str) -> bool:
    return bool(_ADVERTISING.fullmatch(text) or _TITLE_LINE.fullmatch(text))
