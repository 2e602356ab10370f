"""Pages that are read in turns give their items one page after the other."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request

from finnews.items import Article, Item
from finnews.middlewares.in_order import InOrderMiddleware

ELSEWHERE = Request("https://www.finanzen.net/analysen")


async def pages_in_turns(middleware: InOrderMiddleware, *pages: list[Any]) -> list[Any]:
    """Read pages at once; each output is processed some time after it was given."""
    done: list[Any] = []

    async def page(outputs: list[Any]) -> AsyncIterator[Any]:
        for output in outputs:
            await asyncio.sleep(0)
            yield output

    async def process(output: Any) -> None:
        await asyncio.sleep(0.001)
        done.append(output)
        if isinstance(output, Item):
            middleware.note_processed()

    async def read(outputs: list[Any]) -> None:
        tasks = [
            asyncio.create_task(process(output))
            async for output in middleware.process_spider_output(None, page(outputs))
        ]
        await asyncio.gather(*tasks)

    await asyncio.gather(*map(read, pages))
    return done


def test_a_page_waits_until_the_items_of_the_one_before_are_processed() -> None:
    """Requests are no items, and a page without items keeps nobody waiting."""
    first: list[Any] = [Article(id="1"), ELSEWHERE, Article(id="2")]
    second: list[Any] = []
    third = [Article(id="3")]
    done = asyncio.run(pages_in_turns(InOrderMiddleware(), first, second, [None], third))
    items = [output.id for output in done if isinstance(output, Article)]
    assert items == ["1", "2", "3"]
    assert ELSEWHERE in done
