"""What is an article's text: boxes in it are none, the makers' lines are read and taken off."""

from copy import deepcopy
from typing import Any

from tests.alterations.grids import text
from tests.alterations.ownership import element
from tests.alterations.places import plain_paragraphs
from tests.alterations.registry import ANY, SAME, Pick, Seen, alters, inserted
from tests.alterations.sheets import Sheet

BOXES = (
    '<div class="newsletter-box"><p>Newsletter</p><p>Jetzt kostenlos abonnieren!</p></div>',
    '<div class="read-also"><h3>Lesen Sie auch</h3><a href="/nachricht/aktien/x-1600">X</a></div>',
    '<div class="poll"><p>Steigt der DAX?</p><label>Ja</label><label>Nein</label></div>',
    "<video controls>Ihr Browser unterstützt kein Video.</video>",
    "<p>- Anzeige -</p>",
    "<p>WERBUNG</p>",
    "<p>ANZEIGE</p>",
    "<p>Anzeige</p>",
    '<div class="box"><h3>In eigener Sache</h3><p>Handeln Sie bei uns.</p></div>',
    '<div class="image"><img src="x.jpg" alt=""><div class="caption">Bild: Haus</div></div>',
    "<figure><img src='x.jpg' alt=''><figcaption>Bild: Muster / Bildhaus</figcaption></figure>",
    '<p><a href="/nachricht/aktien/andere-16000009">Zur Nachricht</a></p>',
    '<div class="ad-container"><p>Kaufen Sie Muster!</p></div>',
    "<script>document.write('Kaufen!');</script>",
    "<form><p>Ihre E-Mail</p><button>Senden</button></form>",
    '<aside class="teaser"><p>Mehr zum Thema</p></aside>',
    '<div class="paywall"><p>Jetzt weiterlesen mit finanzen.net Plus</p><b>Kaufen</b></div>',
)
"""What stands between paragraphs and is no text"""

TEXTS = (
    (
        "<figure class='table'><table><tr><td>Ertrag</td><td>7,2 Mrd.</td></tr></table></figure>",
        "Ertrag 7,2 Mrd.",
    ),
    (
        "<div class='accordion'><details><summary>Warum?</summary><p>Darum.</p></details></div>",
        "Warum? Darum.",
    ),
    ("<p>Ein Satz, der dazukam.</p>", "Ein Satz, der dazukam."),
    ("<blockquote><p>Ein Zitat, das dazukam.</p></blockquote>", "Ein Zitat, das dazukam."),
    ("<ul><li>Punkt eins</li><li>Punkt zwei</li></ul>", "Punkt eins Punkt zwei"),
    ("<div class='share-price'><ul><li>Ertrag: 7 Mrd.</li></ul></div>", "Ertrag: 7 Mrd."),
    ("<article><table><tr><td>Ertrag</td><td>7 Mrd.</td></tr></table></article>", "Ertrag 7 Mrd."),
)
"""What stands between paragraphs and is text, and its words"""

DATELINES = (
    ("FRANKFURT (dpa-AFX) - ", "FRANKFURT", "dpa-AFX"),
    ("WIEN (APA/dpa-AFX) - ", "WIEN", "APA/dpa-AFX"),
    ("NEW YORK (dpa-AFX Broker) - ", "NEW YORK", "dpa-AFX Broker"),
    ("BERLIN (dpa-AFX) – ", "BERLIN", "dpa-AFX"),
    ("BERLIN (dpa\u2011AFX) − ", "BERLIN", "dpa-AFX"),
    ("BERLIN [dpa-AFX] - ", "BERLIN", "dpa-AFX"),
    ("ROUNDUP: BERLIN (dpa/bb) - ", "BERLIN", "dpa/bb"),
)
UNKNOWN_DATELINES = (
    *("PARIS (Musterdienst) - ", "NEW YORK (Bloomberg (Reuters)) - ", "LONDON (dpa-AFX/Muster) - "),
    *("NEW YORK (dpa-AFX) (Reuters) - ", "Bloomberg (Reuters) - ", "Reuters - "),
)
SIGN_OFFS = (
    ("/ck/mis", "ck/mis"),
    ("/gl/jha/", "gl/jha"),
    ("/lfi//mis", "lfi/mis"),
    ("/so/DP/zb", "so/DP/zb"),
    ("/mis/zb ", "mis/zb"),
    ("//mis/stwbr", "mis/stwbr"),
    (" /ck /mis", "ck/mis"),
)
AUTHORS = (
    "--- Von Gero Lohe, dpa-AFX ---",
    " --- Von Gero Lohe, dpa-AFX --",
    "-Von Gero Lohe, dpa-AFX-",
)
HOUSES = (
    ("Redaktion finanzen.net", "Redaktion finanzen.net", None),
    ("Redaktion finanzen.net mit Material von dpa (AFX)", "Redaktion finanzen.net", None),
    ("Nina Muster / Redaktion finanzen.net", "Redaktion finanzen.net", ["Nina Muster"]),
    ("DJG/uxd/cbr", "DJG/uxd/cbr", None),
    ("Redaktion finanzen.net / dpa-AFX", "Redaktion finanzen.net", None),
)
LAST_SENTENCES = (
    "<br>Die größte Position im Depot<br>von Warren Buffett, Apple",
    " Das sagte er in Frankfurt/Main.",
    " Die Kennzahl lag bei 3/4.",
    " Mehr als 1.000 Euro von Max",
    " Er arbeitet bei der dpa-AFX.",
)
NOTES = ("(neu: Kurse und mehr Details)", "(Tippfehler berichtigt)", "(Wiederholung vom Vorabend)")


def first(sheet: Sheet) -> list[Any]:
    """Return the first paragraph of an article's text that no agency or author signs."""
    found = plain_paragraphs(sheet)[:1]
    return found if _is_first(found) else []


def last(sheet: Sheet) -> list[Any]:
    """Return the last paragraph of an article's text, if it is its last element."""
    found = plain_paragraphs(sheet)[-1:]
    own = [part for part in found if not part.xpath("following-sibling::*[normalize-space()]")]
    slides = sheet.xpath('//*[contains(@class, "carousel__slide")]')
    behind = [
        part for part in own if part.xpath("following::div[@class='news-container__text'][*]")
    ]
    return own if not slides and not behind and all(_is_plain(part) for part in own) else []


def _is_first(paragraphs: list[Any]) -> bool:
    first_words = [part.xpath("preceding-sibling::*[normalize-space()]") for part in paragraphs]
    return not any(first_words) and all(_is_plain(part) for part in paragraphs)


def _is_plain(paragraph: Any) -> bool:
    return not len(paragraph) and bool((paragraph.text or "").strip())


def _put(paragraph: Any, made: Any, pick: Pick) -> None:
    paragraph.addprevious(made) if pick((True, False)) else paragraph.addnext(made)


@alters(plain_paragraphs)
def a_box_between_paragraphs(paragraph: Any, pick: Pick) -> Seen:
    markup = pick(BOXES)
    made = element(markup)
    _put(paragraph, made, pick)
    due = frozenset({"article_body", "is_complete"}) if "paywall" in markup else frozenset()
    return Seen(added=[{"type": "Link"}], due=due, shown={"is_complete": (False,)})


@alters(plain_paragraphs)
def more_text_between_paragraphs(paragraph: Any, pick: Pick) -> Seen:
    markup, words = pick(TEXTS)
    _put(paragraph, element(markup), pick)
    body = {"article_body": (inserted(words),), "subheadings": (lambda before: before,)}
    gone = frozenset({"is_complete"})  # it may be a box
    return Seen(shown=body, void={"article_body": ANY}, gone=gone)


@alters(first)
def a_dateline(paragraph: Any, pick: Pick) -> Seen:
    line, place, agency = pick(DATELINES)
    paragraph.text = line + (paragraph.text or "").lstrip()
    return _signed(dateline=place, agency=agency)


@alters(first)
def a_dateline_of_an_unknown_agency(paragraph: Any, pick: Pick) -> Seen:
    line = pick(UNKNOWN_DATELINES)
    paragraph.text = line + (paragraph.text or "").lstrip()
    body = {"article_body": (inserted(line),)}
    return Seen(shown=body, void={"article_body": ANY}, due=frozenset({"dateline", "agency"}))


@alters(first)
def a_dateline_behind_a_correction(paragraph: Any, pick: Pick) -> Seen:
    line, place, agency = pick(DATELINES)
    note = pick(NOTES)
    if pick((True, False)):
        paragraph.addprevious(element(f"<p>{note}</p>"))
        paragraph.text = line + (paragraph.text or "").lstrip()
    else:
        paragraph.text = f"{note}{pick(('', ' '))}{line}{(paragraph.text or '').lstrip()}"
    seen = _signed(dateline=place, agency=agency)
    return Seen(shown={**seen.shown, "article_body": (inserted(note),)}, void={"article_body": ANY})


@alters(last)
def a_sign_off(paragraph: Any, pick: Pick) -> Seen:
    printed, signature = pick(SIGN_OFFS)
    paragraph.text = (paragraph.text or "").rstrip() + printed
    return _signed(signature=signature)


@alters(last)
def a_sign_off_and_an_author(paragraph: Any, pick: Pick) -> Seen:
    printed, signature = pick(SIGN_OFFS)
    author = pick(AUTHORS)
    paragraph.text = (paragraph.text or "").rstrip() + printed
    if pick((True, False)):
        paragraph.addnext(element(f"<p>{author}</p>"))
    else:
        paragraph.text += author
    return _signed(signature=signature, authors=["Gero Lohe"], agency="dpa-AFX")


@alters(last)
def a_house_line(paragraph: Any, pick: Pick) -> Seen:
    printed, signature, authors = pick(HOUSES)
    if pick((True, False)):
        paragraph.addnext(element(f"<p>{printed}</p>"))
    else:
        paragraph.text = (paragraph.text or "").rstrip() + "\n" + printed
        if authors:
            paragraph.text = (paragraph.text or "").replace("\n", " ")
    others = (printed, "Redaktion finanzen.net mit Material von dpa (AFX)", signature)
    return Seen(
        shown={
            "signature": others,
            "authors": (lambda before: [*(before or ()), *(authors or ())], authors),
            "agency": ("dpa-AFX", "dpa (AFX)", "dpa", "Dow Jones", "Dow Jones Newswires"),
        }
    )


@alters(last)
def a_footer_behind_the_sign_off(paragraph: Any, pick: Pick) -> Seen:
    printed, signature = pick(SIGN_OFFS)
    footer = f"{'-' * 23} dpa-AFX Broker - die Trader News von dpa-AFX {'-' * 23}"
    paragraph.text = (paragraph.text or "").rstrip() + printed
    paragraph.addnext(element("<p>FRANKFURT (dpa-AFX Broker)</p>"))
    paragraph.addnext(element(f"<p>{footer}</p>"))
    return _signed(signature=signature, dateline="FRANKFURT", agency="dpa-AFX Broker")


@alters(last)
def a_house_line_and_a_disclaimer(paragraph: Any, _pick: Pick) -> Seen:
    disclaimer = "Disclaimer: Die enthaltenen Informationen stellen KEINE Aufforderung dar."
    paragraph.addnext(element(f"<p>{disclaimer}</p>"))
    paragraph.addnext(element("<p>Nina Muster / Redaktion finanzen.net</p>"))
    seen = _signed(signature="Redaktion finanzen.net", authors=["Nina Muster"])
    return Seen(shown={**seen.shown, "article_body": (inserted(disclaimer), lambda before: before)})


@alters(last)
def a_last_sentence_that_is_text(paragraph: Any, pick: Pick) -> Seen:
    more = pick(LAST_SENTENCES)
    words = (paragraph.text or "").rstrip()
    paragraph.addprevious(element(f"<p>{words.replace('&', '&amp;')}{more}</p>"))
    paragraph.drop_tree()
    body = inserted(more.replace("<br>", ""))
    return Seen(shown={"article_body": (body,)}, void={"article_body": ANY})


def _signed(**values: Any) -> Seen:
    """Return that a reader sees who made the text, and that this is no part of it."""
    shown: dict[str, tuple[Any, ...]] = {name: (value,) for name, value in values.items()}
    if "authors" in values:
        names = values["authors"]
        shown["authors"] = (
            names,
            lambda before: [*(before or ()), *names],
            lambda before: [*names, *(before or ())],
        )
    return Seen(shown=shown)


def slides(sheet: Sheet) -> list[Any]:
    """Return the slides of a ranking that have a text."""
    found = sheet.xpath(
        '//div[contains(@class, "carousel__slide ") or @class="carousel__slide"][.//p]'
    )
    return [slide for slide in found if len(text(slide)) > 20]


@alters(slides)
def slides_that_are_cloned(slide: Any, pick: Pick) -> Seen:
    clone = deepcopy(slide)
    clone.set("class", slide.get("class") + " carousel__slide--clone")
    clone.set("aria-hidden", "true")
    clone.tail = None
    parent = slide.getparent()
    parent.insert(0, clone) if pick((True, False)) else parent.append(clone)
    return SAME


@alters(slides)
def a_source_in_two_lines(slide: Any, _pick: Pick) -> Seen:
    for source in slide.xpath('.//p[starts-with(normalize-space(), "Quelle")]'):
        line = element("<br>")
        line.tail = "Zweites Haus"
        source.append(line)
    return SAME


def pictures(sheet: Sheet) -> list[Any]:
    """Return the picture of an article."""
    return sheet.xpath('//figure[contains(@class, "article-content__image")]//img[@src]')[:1]


@alters(pictures)
def a_picture_that_is_loaded_later(picture: Any, pick: Pick) -> Seen:
    picture.set(pick(("data-src", "data-lazy-src")), picture.get("src"))
    picture.set("src", "data:image/gif;base64,R0lGODlhAQABAAAAACw=")
    return Seen(gone=frozenset({"image_url"}))
