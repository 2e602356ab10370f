"""Keeps a crawl on the site: redirects off it, and redirect loops, are left to the spider."""

from typing import Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from w3lib.url import canonicalize_url

from finnews.middlewares.headers import header
from finnews.site import site_at


class OffsiteRedirectMiddleware:
    """Runs before Scrapy's redirect middleware, which drops such requests silently.

    Some stocks redirect to the Swiss or Austrian site, some articles to a partner's: the spider
    gets that response. A redirect to an earlier address of the request, however it is written, is
    an `IgnoreRequest`: Scrapy would drop it as a duplicate. So is one to what is no address.
    """

    def __init__(self, site: str) -> None:
        self.site = site_at(site)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["SITE_URL"])

    def process_response(self, request: Request, response: Response) -> Response:
        location = header(response, "Location")
        if location and 300 <= response.status < 400:
            target = _target(response.url, location)
            earlier = (request.url, *request.meta.get("redirect_urls", ()))
            if canonicalize_url(target) in map(canonicalize_url, earlier):
                raise IgnoreRequest(f"redirect loop at {target}")
            if not self.site.has(target):
                request.meta["dont_redirect"] = True
        return response


def _target(url: str, location: str) -> str:
    """Return the address that an answer redirects to."""
    try:
        target = urljoin(url, location)
        canonicalize_url(target)
    except ValueError:
        raise IgnoreRequest(f"malformed redirect to {location}") from None
    return target
