"""Serves the sample site over HTTP on loopback."""

import asyncio
import signal
import socket
from collections.abc import Iterable

from aiohttp import web

from samplesite.site import Site
from samplesite.troubles import Troubles
from samplesite.world import World


async def serve(world: World, host: str, port: int, forbidden: Iterable[str] = ()) -> None:
    """Serve until SIGTERM or SIGINT; print the address in one line when it serves.

    `forbidden` are paths that robots.txt disallows beside its own.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    listener = socket.create_server((host, port))
    address = f"http://{host}:{listener.getsockname()[1]}"
    site = Site(world, address, forbidden)
    troubles = Troubles(world.faults)

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        if trouble := troubles.next(request.path):
            return await trouble(request)
        return _answered(site, request)

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
    headers = {"Content-Type": answer.content_type}
    if answer.location:
        headers["Location"] = answer.location
    return web.Response(status=answer.status, body=answer.body, headers=headers)
