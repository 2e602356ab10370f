"""Serves the sample site over HTTP on loopback."""

import asyncio
import math
import signal
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import blake2b

from aiohttp import web

from samplesite.content.timeline import Timeline
from samplesite.faults.network_faults import NetworkFaults
from samplesite.web.site import Site

CLOCK = "/_clock"
"""Control endpoint: POST an ISO time to set the clock; ``?step=N`` advances it by N seconds with
each answer."""

GATE = "/_gate"
"""Control endpoint: POST the number of requests to answer before the others wait; an empty POST
opens the gate again. Answers the number of waiting requests."""


class Clock:
    """The present of a timeline, which the site shows."""

    def __init__(self, site: Site, timeline: Timeline) -> None:
        self.site = site
        self.timeline = timeline
        self.step = timedelta(0)
        self.set(timeline.start)

    def set(self, present: datetime) -> None:
        self.present = present
        self.site.show(self.timeline.at(present))

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer a request to `CLOCK`."""
        self.step = timedelta(seconds=int(request.query.get("step", 0)))
        self.set(datetime.fromisoformat(await request.text()))
        return web.Response(status=204)

    def tick(self) -> None:
        """Advance by one step."""
        if self.step:
            self.set(self.present + self.step)


class Gate:
    """Lets a number of requests pass and holds the others until it opens again."""

    def __init__(self) -> None:
        self.left = math.inf
        self.waiting = 0
        self.changed = asyncio.Condition()

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer a request to `GATE`."""
        if request.method == "POST":
            async with self.changed:
                self.left = float(await request.text() or math.inf)
                self.changed.notify_all()
        return web.Response(text=str(self.waiting))

    async def wait(self) -> None:
        """Wait until the gate lets one more request pass."""
        async with self.changed:
            self.waiting += 1
            await self.changed.wait_for(lambda: self.left > 0)
            self.waiting -= 1
            self.left -= 1


async def serve(
    site_at: Callable[[str], Site], host: str, port: int, timeline: Timeline | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; print the address in one line once it listens.

    With a timeline, the site is empty until a request sets its clock.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    listener = socket.create_server((host, port))
    address = f"http://{host}:{listener.getsockname()[1]}"
    site = site_at(address)
    clock = Clock(site, timeline) if timeline else None
    gate = Gate()
    network_faults = NetworkFaults(site.faults.articles)

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        if clock and request.path == CLOCK:
            return await clock.handle(request)
        if request.path == GATE:
            return await gate.handle(request)
        await gate.wait()
        if fail := network_faults.next_handler(request.path):
            return await fail(request)
        answer = _respond(site, request)
        if clock:
            clock.tick()
        return answer

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.SockSite(runner, listener).start()
    print(f"samplesite: {address}", flush=True)
    await stop.wait()
    await runner.cleanup()


def _respond(site: Site, request: web.BaseRequest) -> web.Response:
    page = request.query.get("p", "1")
    query = request.query.get("query", "")
    has_type = request.path.startswith("/rohstoffe/") and "type" in request.query
    path = request.path + (f"?type={request.query['type']}" if has_type else "")
    answer = site.answer(path, int(page) if page.isdigit() else 1, query)
    tag = f'"{blake2b(answer.body, digest_size=8).hexdigest()}"'
    headers = {"Content-Type": answer.content_type, "ETag": tag}
    if answer.location:
        headers["Location"] = answer.location
    if answer.status == 200 and request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers={"ETag": tag})
    return web.Response(status=answer.status, body=answer.body, headers=headers)
