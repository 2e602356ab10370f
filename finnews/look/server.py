"""The pages over HTTP, on loopback alone."""

import asyncio
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from errno import EADDRINUSE
from ipaddress import ip_address
from typing import Final

from aiohttp import web
from yarl import URL

from finnews.look.links import HOME, OnServer
from finnews.look.live_tables import LiveTables
from finnews.look.model import Missing, Moved, Note, Page
from finnews.look.reading import Arguments
from finnews.look.registry import answer
from finnews.look.rendering import html, json
from finnews.look.scripts import STATIC, static_file
from finnews.look.table_files import FILES, content
from finnews.sql.engine import duckdb

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TABLES: Final = web.AppKey("tables", LiveTables)
JSON: Final = "json"
SIGNALS: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)

_LONGEST: Final = 65536  # bytes of an address: a long question is answered
_HTML_TYPE: Final = "text/html"
_JSON_TYPE: Final = "application/json"

_KEPT: Final = {"Cache-Control": "max-age=600"}
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def application(tables: LiveTables) -> web.Application:
    """Return the application over an archive's tables."""
    app = web.Application(middlewares=[_from_loopback])
    app[TABLES] = tables
    app.on_response_prepare.append(_with_headers)
    app.on_startup.append(_index)
    app.router.add_get("/static/{name}", _static)
    app.router.add_get("/{address:.*}", _page)
    return app


async def _index(app: web.Application) -> None:
    await asyncio.to_thread(app[TABLES].full_text.follow)


@web.middleware
async def _from_loopback(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what was not asked of loopback by name: a foreign page that points its name here."""
    if not is_loopback(_host(request)):
        raise web.HTTPForbidden(text=f"finnews look answers on loopback, not as {request.host}\n")
    return await handler(request)


def _host(request: web.Request) -> str:
    try:
        return request.url.host or ""
    except ValueError:
        return ""


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Add what browsers must know of every answer, of errors as well."""
    response.headers.update(_HEADERS)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, seen from itself.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1")
    (True, True, True)
    >>> is_loopback("0.0.0.0"), is_loopback("example.org"), is_loopback("127.0.0.1.example.org")
    (False, False, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


async def _static(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound(text=f"{name}: no such file\n")
    content = await asyncio.to_thread(static_file, name)
    return web.Response(body=content, content_type=STATIC[name], charset="utf-8", headers=_KEPT)


async def _page(request: web.Request) -> web.StreamResponse:
    try:
        return await asyncio.to_thread(_answered, request)
    except (OSError, sqlite3.Error, duckdb().OutOfMemoryException) as error:
        return web.Response(text=f"The archive cannot be read: {error}\n", status=503)


def _answered(request: web.Request) -> web.StreamResponse:
    """Return a page, its JSON, or the rows of one of its tables."""
    tables = request.app[TABLES]
    if not tables.is_refreshing:  # a page need not wait for what another one reads
        tables.refresh()
    path = request.rel_url.raw_path.strip("/") or HOME
    address, form = _address_and_form(path)
    name = ""
    if form in FILES:
        address, _, name = address.rpartition("/")
    found = answer(tables, address, request.query)
    if form and isinstance(found, Missing):  # a name can end as a file does
        whole = answer(tables, path, request.query)
        found, form, name = (found, form, name) if isinstance(whole, Missing) else (whole, "", "")
    match found:
        case Page() as page:
            return _response(page, tables, request.query, form, name)
        case Moved(address=other):
            raise web.HTTPFound(_with_query(f"/{other}{_ending(form, name)}", request))
        case Missing() as missing:
            return _missing(missing, tables, form)


def _ending(form: str, name: str) -> str:
    return f"/{name}.{form}" if name else f".{form}" if form else ""


def _with_query(path: str, request: web.Request) -> URL:
    """Return a path with the query that was asked for, both as they are quoted."""
    query = request.rel_url.raw_query_string
    return URL(f"{path}?{query}" if query else path, encoded=True)


def _address_and_form(path: str) -> tuple[str, str]:
    """Return an address, and in which form it is asked for.

    >>> _address_and_form("stocks/tesla/news.csv"), _address_and_form("stocks/st.-galler")
    (('stocks/tesla/news', 'csv'), ('stocks/st.-galler', ''))
    """
    address, dot, form = path.rpartition(".")
    return (address, form) if dot and form in (JSON, *FILES) else (path, "")


def _response(
    page: Page, tables: LiveTables, arguments: Arguments, form: str, name: str
) -> web.Response:
    if form == JSON:
        return web.Response(body=json(page, tables, arguments), content_type=_JSON_TYPE)
    if form in FILES:
        table = next((table for table in page.tables() if table.name == name), None)
        if table is None:
            raise web.HTTPNotFound(text=f"{page.address} has no table {name}\n")
        body = content(tables, table, form, arguments)
        charset = "utf-8" if FILES[form].startswith("text/") else None
        return web.Response(body=body, content_type=FILES[form], charset=charset)
    return web.Response(text=html(page, tables, OnServer(), arguments), content_type=_HTML_TYPE)


def _missing(missing: Missing, tables: LiveTables, form: str) -> web.Response:
    if form:
        return web.Response(text=f"{missing.text}\n", status=404)
    page = Page("", "No such page", (Note(missing.text, missing.links),))
    text = html(page, tables, OnServer(), {})
    return web.Response(text=text, status=404, content_type=_HTML_TYPE)


async def serve(tables: LiveTables, host: str, port: int, started: Callable[[str], None]) -> int:
    """Serve until a signal comes, and return its number; `started` is told the address.

    Raises `OSError` if nothing can listen there.
    """
    received: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, _set, received, number)
    runner = web.AppRunner(application(tables), handle_signals=False, max_line_size=_LONGEST)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, shutdown_timeout=1)
        await _start(site, host, port)
        bound_host, bound_port = runner.addresses[0][:2]
        started(f"http://{f'[{bound_host}]' if ':' in bound_host else bound_host}:{bound_port}/")
        return await received
    finally:
        await runner.cleanup()


async def _start(site: web.TCPSite, host: str, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        advice = "--port 0 takes any that is free" if error.errno == EADDRINUSE else error.strerror
        raise OSError(f"{host}:{port}: cannot listen there; {advice}") from error


def _set(received: asyncio.Future[int], number: int) -> None:
    if not received.done():
        received.set_result(number)
