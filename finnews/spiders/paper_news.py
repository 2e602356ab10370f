"""Articles in the list of a paper's news that do not name it: its name is added to theirs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from finnews.archive import Archive
from finnews.instrument_paths import InstrumentPath, path_of
from finnews.items import Article, Instrument, NamedInstrument, instrument_key
from finnews.site import Site


class PaperNews:
    """Which papers' lists show which articles, so far in this run."""

    def __init__(self, archive: Archive, site: Site) -> None:
        self.archive = archive
        self.site = site
        self.papers: dict[str, NamedInstrument] = {}
        """Address of a list → the paper whose news it has."""

        self._shown: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """Id of an article → addresses of the lists."""

    def add_list(self, url: str, paper: InstrumentPath) -> None:
        """Note that the list at an address has the news of a paper."""
        key = str(instrument_key(paper.kind, paper.page))
        known = self.archive.find(Instrument, key) or Instrument()
        address = self.site.address(path_of(paper.kind, paper.page))
        isin, wkn = known.isin or paper.isin, known.wkn or paper.wkn
        self.papers[url] = NamedInstrument(
            known.name, paper.kind, paper.page, address, isin, wkn, is_listed=True
        )

    def add_articles(self, url: str, ids: Iterable[str]) -> Iterator[Article]:
        """Note that a list shows articles; yield the archived ones that do not name its paper."""
        if url not in self.papers:
            return
        for id_ in ids:
            self._shown[id_][url] = None
            article = self.archive.find(Article, f"id:{id_}")
            if article and (named := self.named(article)) is not article:
                yield named

    def named(self, article: Article) -> Article:
        """Return an article with the papers whose lists show it, unless it is advertising."""
        papers = [self.papers[url] for url in self._shown.get(str(article.id), ())]
        missing = article.not_named(papers)
        if not missing or article.is_sponsored:
            return article
        return replace(article, instruments=[*(article.instruments or ()), *missing])
