"""The crawler's name in ``User-Agent``, with the address of whoever crawls."""

import logging
import re
from typing import Final

from scrapy.settings import BaseSettings

from finnews.outcome import WrongUsage
from finnews.site import SITES, host_of

logger = logging.getLogger(__name__)

NAME: Final = "finnews/1.0"

_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[\w.-]{1,253}(:\d{1,5})?(/[\w./~%?=&+-]{0,500})?", re.ASCII)


class Agent:
    """The add-on that makes ``USER_AGENT`` of the setting ``CONTACT``.

    A ``USER_AGENT`` of the command line or the environment is sent as it is.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        settings.set("USER_AGENT", user_agent(contact_of(settings)), "addon")


def warn_without_contact(settings: BaseSettings) -> None:
    """Warn whoever is going to crawl the live site without saying who they are."""
    if settings["USER_AGENT"] == user_agent(None) and _is_live(settings):
        logger.warning(
            "CONTACT is not set, so that %s cannot reach you: -s CONTACT=you@example.org",
            host_of(settings["SITE_URL"]),
        )


def contact_of(settings: BaseSettings) -> str | None:
    """Return the setting ``CONTACT``; raise `WrongUsage` if it is no address.

    >>> contact_of(BaseSettings({"CONTACT": "mail@example.org"}))
    'mailto:mail@example.org'
    """
    contact = str(settings["CONTACT"] or "").strip()
    if not contact:
        return None
    if _EMAIL.fullmatch(contact):
        return f"mailto:{contact}"
    if _ADDRESS.fullmatch(contact):
        return contact
    raise WrongUsage(f"CONTACT={contact}: expected an e-mail address or https://…")


def user_agent(contact: str | None) -> str:
    """Return the crawler's name.

    >>> user_agent("https://example.org/crawl")
    'Mozilla/5.0 (compatible; finnews/1.0; +https://example.org/crawl)'
    """
    return f"Mozilla/5.0 (compatible; {NAME}{f'; +{contact}' if contact else ''})"


def _is_live(settings: BaseSettings) -> bool:
    return any(site.has(f"{settings['SITE_URL']}/") for site in SITES)
