"""How much more memory a run over many saved pages takes than one over a tenth of them.

The pages are small articles, each with an id of its own; the most that was resident is compared.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.rows import Row, Target, row
from benchmarks.runs import run
from tests.support.saved_pages import SITE
from tests.support.warcs import response, zipped

MOST = 100_000
TENTH = MOST // 10
WHAT = f"saved, memory: {MOST} pages / {TENTH}"
LINES = {WHAT: Target(1.2)}

FIRST = date(2024, 1, 1)
A_DAY = 200
FIRST_ID = 10_000_000

PAGE = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Meldung {number}</title></head>
<body class="page-layout"><main class="page-content">
<article class="page-content__item page-content__item--space news-container">
<h1 class="headline headline--h3">Meldung {number} der Muster AG</h1>
<div class="grid grid--gap-1.00"><time class="grid__item-12" datetime="{day:%Y-%m-%d}T08:15:42">
{day:%d.%m.%y} 08:15 Uhr</time></div>
<div class="news-container__text"><p>Die Muster AG hebt ihre Prognose {number} an.</p></div>
</article></main></body></html>
"""


def rows() -> Iterator[Row]:
    """Yield the figure."""
    yield row(LINES, WHAT, most_memory(MOST) / most_memory(TENTH))


def most_memory(pages: int) -> int:
    """Return the most memory of a run over so many pages."""
    with TemporaryDirectory(prefix="finnews-") as name:
        path = Path(name) / "small.warc.gz"
        with path.open("wb") as file:
            file.writelines(map(small_record, range(pages)))
        output = {"OUTPUT_DIR": Path(name) / "output"}
        return run("saved", output, {"files": str(path)}, pages).memory


def small_record(number: int) -> bytes:
    """Return the WARC record of an article."""
    day = FIRST + timedelta(days=number // A_DAY)
    url = f"{SITE}/nachricht/aktien/muster-meldung-{FIRST_ID + number}"
    return zipped(response(url, PAGE.format(number=number, day=day).encode()))
