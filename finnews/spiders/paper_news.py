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
        self.papers: defaultdict[str, list[NamedInstrument]] = defaultdict(list)
        """Address of a list → the papers whose news it has."""

        self._shown: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """Id of an article → addresses of the lists."""

    def add_list(self, url: str, paper: InstrumentPath) -> None:
        """Note that the list at an address has the news of a paper."""
        key = str(instrument_key(paper.kind, paper.page))
        known = self.archive.find(Instrument, key) or Instrument()
        address = self.site.address(path_of(paper.kind, paper.page))
        isin, wkn = known.isin or paper.isin, known.wkn or paper.wkn
        named = (known.name, paper.kind, paper.page, address, isin, wkn)
        self.papers[url].append(NamedInstrument(*named, is_listed=True))

    def add_articles(self, url: str, ids: Iterable[str]) -> Iterator[Article]:
        """Note that a list shows articles; yield the archived ones that do not name its papers."""
        if url not in self.papers:
            return
        for id_ in ids:
            self._shown[id_][url] = None
            article = self.archive.find(Article, f"id:{id_}")
            if article and (named := self.named(article)) is not article:
                yield named

    def named(self, article: Article) -> Article:
        """Return an article with the papers whose lists show it, unless it is advertising."""
        lists = self._shown.get(str(article.id), ())
        papers = [paper for url in lists for paper in self.papers[url]]
        missing = article.not_named(papers)
        if not missing or article.is_sponsored:
            return article
        return replace(article, instruments=[*(article.instruments or ()), *missing])

    def unsettled(self) -> set[str]:
        """Return the addresses of the lists that show articles which are not archived: when they
        are, the list has to be read again for them to be given its papers.
        """
        missing = (id_ for id_ in self._shown if not self.archive.find(Article, f"id:{id_}"))
        return {url for id_ in missing for url in self._shown[id_]}
