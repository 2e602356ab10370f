"""The captured article that is plain text, put into the site's markup from the file's own lines.

The text itself is never part of the project. Where the capture says nothing of the markup (the
addresses of shares, the place of the publisher's own advertising) it is made up here.
"""

import re
from collections.abc import Iterator
from html import escape

URL = "https://www.finanzen.net/nachricht/aktien/rechenzentren-im-all-16000000"
_TICKER = {
    "DAX": "/index/dax",
    "Est50": "/index/euro_stoxx_50",
    "MSCI World": "/index/msci-world",
    "Top 10 Crypto": "https://g.finanzen.net/t10c-muster",
    "Nas": "/index/nasdaq_100",
    "Bitcoin": "/devisen/bitcoin-dollar-kurs",
    "Euro": "/devisen/dollarkurs",
    "Öl": "/rohstoffe/oelpreis",
    "Gold": "/rohstoffe/goldpreis",
}
_ENTRY = re.compile(rf"({'|'.join(_TICKER)})([\d.,]+) ([+-][\d,]+%)")
_PRICES = re.compile(r"(\S+ EUR) (\S+ EUR \S+%)")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADERS = "DatumRatingAnalyst"
_NATIVE = "<article class='page-content__item--space native-content-ad-container'>{}</article>"
_TABLE = """<div class="horizontal-scrolling"><table class="table"><tr class="table__tr">
<th>Datum</th><th>Rating</th><th>Analyst</th></tr>{}</table></div>"""


class PlainCapture:
    """The article, in its lines."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    @property
    def kicker(self) -> str:
        """The line above the title."""
        return self.lines[self._at("03.02.26 07:33 Uhr") - 4]

    @property
    def headline(self) -> str:
        """The title."""
        return self.lines[self._at("03.02.26 07:33 Uhr") - 2]

    @property
    def page_title(self) -> str:
        """The title that browsers and search engines show."""
        return self.lines[self._at("03.02.26 07:33 Uhr") + 1]

    @property
    def lead(self) -> str:
        """The lead."""
        return self.lines[self._at("Werte in diesem Artikel") - 2]

    @property
    def paragraphs(self) -> list[str]:
        """The text from below the box to above the sign-off, without advertising."""
        end = self._at("/so/DP/zb")
        start = max(at for at in range(end) if self.lines[at] == "Aktie kaufen") + 1
        return [line for line in self.lines[start:end] if line and line != "Werbung"]

    @property
    def subheadings(self) -> list[str]:
        """Those of the paragraphs that are no sentence."""
        return [paragraph for paragraph in self.paragraphs if not paragraph.endswith(".")]

    @property
    def advertising(self) -> list[str]:
        """The publisher's own, below the text."""
        start, end = self._at("In eigener Sache"), self._at("Bildquellen: SpaceX")
        return [line for line in self.lines[start:end] if line]

    def page(self, *, is_advertising_in_text: bool = False) -> str:
        """Return the page; the publisher's advertising stands in the text's element, or below."""
        own = "".join(self._paragraph(line) for line in self.advertising)
        inside, below = (own, "") if is_advertising_in_text else ("", _NATIVE.format(own))
        return f"""<!DOCTYPE html><html><head><title>{escape(self.page_title)}</title></head>
<body class="page-layout"><header class="page-header"><div class="quote-ticker">{self._ticker()}
</div></header><main class="page-content">
<article class="page-content__item page-content__item--space news-container">
<span class="font-color-de-azure-blue font-transform-upper">{escape(self.kicker)}</span>
<h1 class="headline headline--h3">{escape(self.headline)}</h1>
<div class="grid grid--gap-1.00"><div class="grid__item-12"> 03.02.26 07:33 Uhr </div></div>
<p class="h3 font-size-x1.250">{escape(self.lead)}</p>
<div class="accordion border-thin"><details class="accordion__item"><summary>
<div class="accordion__label">Werte in diesem Artikel</div></summary>
<div class="accordion__content"><div class="grid grid--gap-0.75">
<div class="grid__item-12 h4">Aktien</div>{"".join(self._rows())}</div></div></details></div>
<div class="news-container__text">{"".join(self._text())}{inside}</div>{below}
<p class="font-size-x0.875 font-color-gray">Bildquellen: SpaceX</p></article>
<article class="page-content__item"><h2 class="headline headline--h4">Nachrichten zu Tesla</h2>
<table class="table"><tr><th>Datum</th><th>Meistgelesen</th></tr></table></article>
<article class="page-content__item"><h2 class="headline headline--h4">Analysen zu Tesla</h2>
{"".join(self._tables())}</article></main></body></html>"""

    def _at(self, line: str) -> int:
        return self.lines.index(line)

    def _ticker(self) -> str:
        return "".join(
            f"""<span class="quote-ticker__item"><a class="quote-ticker__label"
            href="{_TICKER[name]}">{name}</a> <span class="quote-ticker__value">{price}</span>
            <span class="quote-ticker__value">{change}</span></span>"""
            for name, price, change in _ENTRY.findall(self.lines[0])
        )

    def _rows(self) -> Iterator[str]:
        for at, line in enumerate(self.lines):
            if row := _PRICES.fullmatch(line):
                name = self.lines[at - 1]
                page = name.partition(" (")[0].lower().replace(" ", "_")
                yield f"""<div class="grid__item-7 grid__item-12--sm">
                <a href="/aktien/{page}-aktie">{name}</a></div>
                <div class="grid__item-5 grid__item-12--sm">{row[1]} <span>{row[2]}</span></div>
                <div class="grid__item-9 grid__item-12--sm"><a href="/chart/x">Charts</a></div>"""

    def _text(self) -> Iterator[str]:
        start, end = self._at(self.paragraphs[0]), self._at("AUSTIN (dpa-AFX)") + 1
        yield self._paragraph(self.page_title)
        for line in self.lines[start:end]:
            is_heading = line in self.subheadings
            yield f"<h2>{escape(line)}</h2>" if is_heading else self._paragraph(line)

    def _tables(self) -> Iterator[str]:
        start = self._at("Analysen zu Tesla") + 2
        printed = "\n".join(self.lines[start:]).partition("\n\n")[0]
        for table in printed.split(_HEADERS)[1:]:
            rows = ([row[:10], *_GLUED.split(row[10:], 1)] for row in table.split("\n") if row)
            cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
            yield _TABLE.format("".join(f"<tr>{row}</tr>" for row in cells))

    def _paragraph(self, line: str) -> str:
        return f"<p>{escape(line)}</p>" if line else ""
