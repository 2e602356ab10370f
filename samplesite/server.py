"""Serves the sample site over HTTP on loopback."""

import asyncio
import signal
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import blake2b

from aiohttp import web

from samplesite.newsroom import Newsroom
from samplesite.site import Site
from samplesite.troubles import Troubles

CLOCK = "/_clock"
"""Where a site that goes by a clock is told what time it is: POST a time, and in the query
``step``, the seconds by which each answer moves the clock on."""


class Clock:
    """Shows a site as it is at the present of its newsroom."""

    def __init__(self, site: Site, newsroom: Newsroom) -> None:
        self.site = site
        self.newsroom = newsroom
        self.step = timedelta(0)
        self.set(newsroom.start)

    def set(self, present: datetime) -> None:
        self.present = present
        self.site.show(self.newsroom.at(present))

    async def told(self, request: web.BaseRequest) -> web.Response:
        """Set the clock as a request says."""
        self.step = timedelta(seconds=int(request.query.get("step", 0)))
        self.set(datetime.fromisoformat(await request.text()))
        return web.Response(status=204)

    def answered(self) -> None:
        """Let the time of an answer pass."""
        if self.step:
            self.set(self.present + self.step)


async def serve(
    site_at: Callable[[str], Site], host: str, port: int, newsroom: Newsroom | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; print the address in one line when it serves.

    With a newsroom, the site is empty until its clock is set.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    listener = socket.create_server((host, port))
    address = f"http://{host}:{listener.getsockname()[1]}"
    site = site_at(address)
    clock = Clock(site, newsroom) if newsroom else None
    troubles = Troubles(site.world.faults)

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        if clock and request.path == CLOCK:
            return await clock.told(request)
        if trouble := troubles.next(request.path):
            return await trouble(request)
        answer = _answered(site, request)
        if clock:
            clock.answered()
        return answer

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.SockSite(runner, listener).start()
    print(f"samplesite: {address}", flush=True)
    await stop.wait()
    await runner.cleanup()


def _answered(site: Site, request: web.BaseRequest) -> web.Response:
    page = request.query.get("p", "1")
    asked = request.query.get("query", "")
    answer = site.answer(request.path, int(page) if page.isdigit() else 1, asked)
    tag = f'"{blake2b(answer.body, digest_size=8).hexdigest()}"'
    headers = {"Content-Type": answer.content_type, "ETag": tag}
    if answer.location:
        headers["Location"] = answer.location
    if answer.status == 200 and request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers={"ETag": tag})
    return web.Response(status=answer.status, body=answer.body, headers=headers)
