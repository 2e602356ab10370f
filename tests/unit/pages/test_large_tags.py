"""Tags with very many attributes: told before the parser compares each with all the others."""

from time import process_time

import pytest

from finnews.pages import PAGE_TYPES
from finnews.pages.base import BrokenPage
from finnews.pages.large_tags import may_have_large_tag
from tests.support.cases import golden_cases, type_of

PAGES = {case.folder: case for case in reversed(golden_cases())}
FORMS = {
    "unquoted": "a{}=1 ",
    "no value": "a{} ",
    "no blanks": "a{}/",
    "quoted end": 'a{}=">" ',
    "single-quoted end": "a{}='>'",
    "a tag in the value": 'a{} =\n"</p><p>"',
    "quotation mark in the value": "a{}='\">'",
    "equals sign in the value": 'a{}="=>="',
    "few ends": "".join(f"a{number}-{{0}}=1 " for number in range(99)) + 'b{0}=">" ',
    "a comment's end": 'a{}="-->" ',
}


def attributes(form: str, size: int) -> str:
    """Return different attributes, of so many characters together."""
    return "".join(map(form.format, range(size // len(form.format("99999")))))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", [page.name() for page in PAGE_TYPES if page.format == "html"])
def test_a_tag_of_many_attributes_is_told(name: str, form: str) -> None:
    """Wherever it stands, and whatever stands in its values."""
    case = PAGES[name]
    for tag in (f"<p {attributes(form, 100_000)}>Text</p>", f"<p {attributes(form, 100_000)}"):
        page = case.text.replace("</html>", f"{tag}</html>")
        with pytest.raises(BrokenPage, match="too-many-attributes"):
            type_of(case.url)(case.url, page)


def test_a_tag_that_is_put_together_when_a_page_goes_on_behind_its_end_is_told() -> None:
    """A page that is closed too early is parsed again without what closes it."""
    case = PAGES["article"]
    tag = f"<</body>p {attributes('a{}=1 ', 100_000)}>Text</p>"
    with pytest.raises(BrokenPage, match="too-many-attributes"):
        type_of(case.url)(case.url, case.text.replace("</html>", f"{tag}<p>Ende</html>"))


def test_many_attributes_take_time_in_proportion() -> None:
    """Without the bound, ten times as many took a hundred times as long."""
    case = PAGES["article"]

    def seconds(size: int) -> float:
        tag = f"<p {attributes('a{}=1 ', size)}>"
        page = case.text.replace("</html>", f"{tag}</html>")
        started = process_time()
        with pytest.raises(BrokenPage):
            type_of(case.url)(case.url, page)
        return process_time() - started

    few = min(seconds(50_000) for _ in range(3))
    assert min(seconds(500_000) for _ in range(3)) < max(0.4, 30 * few)


TEXTS = {
    "quotation marks": '„Muster" sagte "Muster = "',
    "equals signs": 'x ="> y = "',
    "apostrophes": "Muster's = '",
    "ends": "a > b ",
    "script": "<script>if (a<b) c = '' + \"=>\"; </script>",
    "words": "Muster AG ",
    "tags": '<b class="=">x</b>',
    "quoted ends": '<b title=">">x</b>',
    "data": f'<p data-x="{"[1, 2], " * 4000}">x</p>',
    "attributes": f"<p {attributes('a{}=1 ', 8_000)}>x</p>",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_other_long_texts_are_no_such_tags(text: str) -> None:
    """They are read as ever."""
    case = PAGES["article"]
    page = type_of(case.url)(
        case.url, case.text.replace("</body>", f"{text * (100_000 // len(text) + 1)}</body>")
    )
    assert list(page.items())


def test_the_parser_has_to_look_at_no_page_of_the_site() -> None:
    """A page of the usual kind costs a look at one in four thousand characters."""
    assert not [case.name for case in golden_cases() if may_have_large_tag(case.text)]
