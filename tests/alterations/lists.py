"""Lists, feeds and suggestions lead to the same pages, however they are written."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from tests.alterations.ownership import element
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import SITE, Sheet


def entries(sheet: Sheet) -> Sequence[Any]:
    """Return the entries of a feed."""
    return sheet.xpath("/rss/channel/item[normalize-space(link)]") if sheet.format == "xml" else []


def dated(sheet: Sheet) -> Sequence[Any]:
    """Return the times of a feed's entries that are in winter time."""
    found = sheet.xpath("//item/pubDate[contains(., '+0')]") if sheet.format == "xml" else []
    return [part for part in found if int(part.text[17:19]) > 3]


@alters(entries)
def entries_in_another_order(entry: Any, _pick: Pick) -> Seen:
    entry.getparent().append(entry)
    return SAME


@alters(entries)
def an_entry_twice(entry: Any, _pick: Pick) -> Seen:
    entry.addnext(deepcopy(entry))
    return SAME


@alters(entries)
def a_link_in_a_section_of_characters(entry: Any, _pick: Pick) -> Seen:
    link = entry.find("link")
    link.text = etree.CDATA(link.text)
    return SAME


@alters(entries)
def blanks_around_a_link(entry: Any, pick: Pick) -> Seen:
    link = entry.find("link")
    link.text = pick((" {} ", "\n  {}\n", "{}\t")).format(link.text)
    return SAME


@alters(entries)
def a_feeds_host_in_another_spelling(entry: Any, pick: Pick) -> Seen:
    link = entry.find("link")
    hosts = ("https://finanzen.net", "HTTPS://WWW.FINANZEN.NET", "http://www.finanzen.net")
    link.text = link.text.replace(SITE, pick(hosts))
    return SAME


@alters(entries)
def elements_in_another_order(entry: Any, pick: Pick) -> Seen:
    child = pick(list(entry))
    entry.insert(0, child)
    return SAME


@alters(entries)
def one_more_element(entry: Any, pick: Pick) -> Seen:
    name = pick(("category", "author", "comments", "source"))
    entry.insert(pick((0, len(entry))), etree.Element(name))
    return SAME


@alters(entries)
def a_description_with_markup(entry: Any, pick: Pick) -> Seen:
    for old in entry.findall("description"):
        entry.remove(old)
    description = etree.SubElement(entry, "description")
    markup = (
        "<p>Mehr <a href='/nachricht/aktien/x-16000001'>hier</a></p>",
        "<link>x</link>",
        "a < b",
    )
    description.text = etree.CDATA(pick(markup))
    return SAME


@alters(dated)
def a_time_in_another_zone(part: Any, _pick: Pick) -> Seen:
    hours = int(part.text[17:19]) - int(part.text[27:29])
    part.text = f"{part.text[:17]}{hours:02}{part.text[19:25]} GMT"
    return SAME


@alters(dated)
def a_time_that_is_none(part: Any, pick: Pick) -> Seen:
    part.text = pick(("gestern Abend", "", "2026", "Mon, 32 Nov 2026 25:00:00 +0100"))
    return Seen(gone=frozenset({"date"}))


@alters(entries)
def an_entry_that_is_dropped(entry: Any, _pick: Pick) -> Seen:
    entry.getparent().remove(entry)
    return Seen(lost=1)


@alters(entries)
def an_entry_without_a_link(entry: Any, pick: Pick) -> Seen:
    link = entry.find("link")
    link.text = "" if pick((True, False)) else " "
    return SAME


def groups(sheet: Sheet) -> Sequence[Any]:
    """Return the groups of suggestions."""
    if sheet.format != "json":
        return []
    found = sheet.root["it"] if isinstance(sheet.root, dict) else sheet.root
    return [found] if isinstance(found, list) else []


@alters(groups)
def a_group_of_advertisements_first(found: list[Any], _pick: Pick) -> Seen:
    advert = {
        "n": "<b>Jetzt</b> kaufen",
        "isin": None,
        "wkn": None,
        "u": "https://g.finanzen.net/x",
    }
    found.insert(0, {"n": "Anzeige", "il": [advert]})
    return SAME


@alters(groups)
def groups_in_another_order(found: list[Any], _pick: Pick) -> Seen:
    found.reverse()
    return SAME


@alters(groups)
def a_group_that_is_none(found: list[Any], pick: Pick) -> Seen:
    found.insert(
        pick((0, len(found))), pick((None, {}, {"n": "Aktien"}, {"n": None, "il": []}, "x"))
    )
    return SAME


@alters(groups)
def one_more_key(found: list[Any], pick: Pick) -> Seen:
    for group in found:
        for entry in (isinstance(group, dict) and group.get("il")) or []:
            if isinstance(entry, dict):
                entry[pick(("price", "s", "type"))] = pick((None, "58,00 EUR", 1))
    return SAME


def teasers(sheet: Sheet) -> Sequence[Any]:
    """Return the teasers of a list of news that have a link."""
    found = sheet.xpath('//a[contains(@class, "article-teaser")][contains(@href, "/nachricht/")]')
    return found if sheet.page_type == "news_list" else []


@alters(teasers)
def a_teaser_twice(teaser: Any, _pick: Pick) -> Seen:
    teaser.addnext(deepcopy(teaser))
    return SAME


def timed_teasers(sheet: Sheet) -> Sequence[Any]:
    """Return the teasers that print their clock time."""
    return [part for part in teasers(sheet) if part.xpath("./time[@datetime][contains(., ':')]")]


@alters(timed_teasers)
def a_teaser_whose_times_differ(teaser: Any, pick: Pick) -> Seen:
    time = teaser.xpath("./time")[0]
    time.text = pick((" 03:33 ", " 01.02.26 ", "gestern, 03:33"))
    return Seen(gone=frozenset({"date"}), due=frozenset({"date"}))


@alters(timed_teasers)
def a_teaser_with_a_time_to_come(teaser: Any, _pick: Pick) -> Seen:
    time = teaser.xpath("./time")[0]
    time.set("datetime", f"2126{time.get('datetime')[4:]}")
    return Seen(gone=frozenset({"date"}), due=frozenset({"date"}))


@alters(teasers)
def a_hidden_teaser(teaser: Any, pick: Pick) -> Seen:
    clone = deepcopy(teaser)
    clone.set("href", "/nachricht/aktien/versteckt-16000777")
    clone.attrib.update(pick(({"hidden": ""}, {"style": "display:none"})))
    teaser.addprevious(clone)
    return SAME


@alters(teasers)
def an_advertisement_between_teasers(teaser: Any, _pick: Pick) -> Seen:
    teaser.addprevious(
        element('<div class="ad-container"><a href="https://g.finanzen.net/x">Ad</a></div>')
    )
    return SAME


def members(sheet: Sheet) -> Sequence[Any]:
    """Return the rows of the members of an index."""
    found = sheet.xpath('//tr[td//a[contains(@href, "-aktie")]]')
    return found if sheet.page_type == "index_members" else []


@alters(members)
def a_member_twice(row: Any, _pick: Pick) -> Seen:
    row.addnext(deepcopy(row))
    return SAME


@alters(members)
def a_hidden_member(row: Any, _pick: Pick) -> Seen:
    hidden = element(
        '<table><tr hidden><td><a href="/aktien/versteckt-aktie">Versteckt</a></td></tr></table>'
    )
    row.addprevious(hidden.xpath(".//tr")[0])
    return SAME


@alters(members)
def members_in_another_order(row: Any, _pick: Pick) -> Seen:
    row.getparent().append(row)
    return SAME


def titled(sheet: Sheet) -> Sequence[Any]:
    """Return the titles of the entries of a feed."""
    return [part for part in sheet.xpath("//item/title") if text_of(part)]


def text_of(part: Any) -> str:
    """Return an XML element's text."""
    return part.text or ""


@alters(titled)
def a_title_with_entities(part: Any, pick: Pick) -> Seen:
    part.text = text_of(part) + pick((" &amp; mehr", " <b>neu</b>", " €", " ]]>"))
    return SAME
