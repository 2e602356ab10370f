"""``python -m samplesite --port 8021 --articles 300 --stocks 40 --seed 1``."""

import argparse
import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

from samplesite.content.crawls import CRAWLS
from samplesite.content.timeline import Timeline
from samplesite.content.truth import truth, write_rows
from samplesite.content.world import World
from samplesite.faults.faults import Faults
from samplesite.faults.redesign import REDESIGNS
from samplesite.web.server import serve
from samplesite.web.site import Site

BASE = "http://127.0.0.1:8021"


def main() -> None:
    """Serve the sample site, write the truth of its crawls, or both."""
    options = _options().parse_args()
    world = World(options.articles, options.stocks, options.seed, options.hidden_articles)
    faults = Faults(world, in_pages=options.faults, in_network=options.network_faults)
    if options.truth:
        items = truth(world, options.base, options.spiders.split(","), faults.readable)
        write_rows(items | {"faults": faults.rows(options.base)}, options.truth)
    if options.port is not None:
        site_at = partial(
            Site,
            world,
            faults=faults,
            forbidden=options.forbid,
            redesigns=options.redesign,
            has_endless_pager=options.endless,
        )
        timeline = Timeline(world, timedelta(minutes=options.every)) if options.every else None
        asyncio.run(serve(site_at, options.host, options.port, timeline))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="samplesite", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on; 0: any free one")
    parser.add_argument("--base", default=BASE, help="base URL of the links in the truth")
    parser.add_argument("--articles", type=int, default=300, help="number of articles")
    parser.add_argument("--stocks", type=int, default=40, help="number of shares")
    parser.add_argument(
        "--hidden-articles",
        type=int,
        default=0,
        metavar="N",
        help="show N of the articles in one list of the menu each, and in no feed",
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the content")
    parser.add_argument("--faults", action="store_true", help="add broken pages")
    parser.add_argument(
        "--forbid", action="append", default=[], help="path that robots.txt disallows"
    )
    parser.add_argument(
        "--network-faults", action="store_true", help="add pages whose transfer fails"
    )
    parser.add_argument("--endless", action="store_true", help="make the pager endless")
    parser.add_argument(
        "--redesign",
        action="append",
        default=[],
        choices=REDESIGNS,
        help="change the markup of a part",
    )
    parser.add_argument(
        "--every",
        type=int,
        metavar="MINUTES",
        help="publish an article every MINUTES of the clock that POST /_clock sets",
    )
    parser.add_argument(
        "--truth", type=Path, metavar="DIR", help="write the items that crawls should find"
    )
    parser.add_argument(
        "--spiders", default=",".join(CRAWLS), help="comma-separated spiders of the truth"
    )
    return parser


if __name__ == "__main__":
    main()
