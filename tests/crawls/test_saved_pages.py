"""``scrapy probe FILE`` reads a saved page as a crawl reads the answer that it was."""

import json
from pathlib import Path

import pytest
import requests

from tests.support import TIMEOUT
from tests.support.cases import golden_cases
from tests.support.crawling import scrapy
from tests.support.sites import SITE

CASE = next(case for case in golden_cases() if case.name == "article/full")
LATIN = (
    CASE.text.replace('<meta charset="utf-8">', "")
    .replace("Unter dem Strich blieben", "Für die Aktionäre blieben")
    .encode("latin-1", "xmlcharrefreplace")
)


@pytest.mark.parametrize(
    ("declared", "status", "problems"),
    [(b'<meta charset="iso-8859-1">', 0, []), (b"", 4, ["undecodable"])],
)
def test_a_saved_page_in_latin_1_is_read_as_it_declares(
    declared: bytes, status: int, problems: list[str], tmp_path: Path
) -> None:
    """Its umlauts are read; without a declaration it is ``undecodable``, as in a crawl."""
    (tmp_path / "page.html").write_bytes(LATIN.replace(b"<head>", b"<head>" + declared, 1))
    done = scrapy("probe", str(tmp_path / "page.html"), "--url", CASE.url, "--json")
    (page,) = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, page["problems"], page["status"]) == (status, problems, status)
    if not problems:
        (kind,) = (kind for kind in page["kinds"] if kind["kind"] == "article")
        values = {field["name"]: field["value"] for field in kind["fields"]}
        assert "Für die Aktionäre blieben" in values["article_body"]


def test_a_saved_page_that_is_undecodable_still_names_its_address(tmp_path: Path) -> None:
    """Its comment can be read, so that no ``--url`` is needed."""
    (tmp_path / "page.html").write_bytes(f"<!-- {CASE.url} -->\n".encode() + LATIN)
    done = scrapy("probe", str(tmp_path / "page.html"), "--json")
    (page,) = map(json.loads, done.stdout.splitlines())
    assert (page["url"], page["problems"]) == (CASE.url, ["undecodable"])


def test_a_saved_page_of_the_site_that_is_set_is_read(site: str, tmp_path: Path) -> None:
    """``SITE_URL`` says which site that is, as for a crawl; a page of another host is unknown."""
    address = f"{site}{SITE.stocks[0].path}"
    (tmp_path / "page.html").write_bytes(requests.get(address, timeout=TIMEOUT).content)
    command = ("probe", str(tmp_path / "page.html"), "--json", "--url")
    done = scrapy(*command, address, "-s", f"SITE_URL={site}")
    (page,) = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, page["type"], page["problems"]) == (0, "stock", [])
    assert scrapy(*command, address.replace("127.0.0.1", "localhost")).returncode == 4
