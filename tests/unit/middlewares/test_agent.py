"""The crawler's name."""

import logging

import pytest
from scrapy.settings import Settings

from finnews.middlewares.agent import Agent, user_agent, warn_without_contact
from finnews.outcome import WrongUsage


def applied(**values: object) -> Settings:
    """Return the project's settings with some changed, after the add-on."""
    settings = Settings()
    settings.setmodule("finnews.settings")
    settings.setdict(values, "cmdline")
    Agent().update_settings(settings)
    return settings


@pytest.mark.parametrize(
    ("contact", "name"),
    [
        ("mail@example.org", "Mozilla/5.0 (compatible; finnews/1.0; +mailto:mail@example.org)"),
        (
            "https://example.org/bot",
            "Mozilla/5.0 (compatible; finnews/1.0; +https://example.org/bot)",
        ),
    ],
)
def test_the_contact_is_part_of_the_name(
    contact: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And there is nothing to warn of."""
    settings = applied(CONTACT=contact)
    assert settings["USER_AGENT"] == name
    warn_without_contact(settings)
    assert not caplog.records


@pytest.mark.parametrize("site", ["https://www.finanzen.net", "https://finanzen.net"])
def test_a_crawl_of_the_live_site_without_contact_warns(
    site: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In one line, which says what to do."""
    caplog.set_level(logging.WARNING)
    settings = applied(SITE_URL=site)
    assert settings["USER_AGENT"] == user_agent(None)
    warn_without_contact(settings)
    (record,) = caplog.records
    assert "-s CONTACT=" in record.getMessage()
    assert "\n" not in record.getMessage()


@pytest.mark.parametrize(
    "values", [{"SITE_URL": "http://127.0.0.1:8021"}, {"USER_AGENT": "muster/1 (+https://muster)"}]
)
def test_nothing_is_warned_of_elsewhere(
    values: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """A trial disturbs nobody; whoever names the crawler otherwise names it as it is."""
    settings = applied(**values)
    assert settings["USER_AGENT"] == values.get("USER_AGENT", user_agent(None))
    warn_without_contact(settings)
    assert not caplog.records


@pytest.mark.parametrize("contact", ["muster", "a@b", "a@b.org\r\nX: y", "ftp://x", "ä@b.de"])
def test_what_is_no_address_is_wrong_usage(contact: str) -> None:
    """It would be a header that reaches nobody, or two."""
    with pytest.raises(WrongUsage, match="CONTACT"):
        applied(CONTACT=contact)
