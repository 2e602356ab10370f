"""What a source, a kind of item on a page type, can never give: from its rules, not by a list."""

from finnews.items import ITEM_CLASSES, Item, Quote
from finnews.pages import PAGE_TYPES
from finnews.reporting.model import Report

_CLASSES: dict[str, type[Item]] = {kind.collection: kind for kind in ITEM_CLASSES}
_PAGES = {page.name(): page for page in PAGE_TYPES}


def never_given(report: Report, group: str) -> frozenset[str]:
    """Return the fields that no item of a group, ``article/quotes``, had or could have had.

    A page type that has no rule for a field, and met no doubt of it, cannot give it; if it is the
    authority on the kind, it can give every field. What is required, each source gives.
    """
    page_name, _, kind = group.partition("/")
    item_class, page = _CLASSES.get(kind, Quote), _PAGES.get(page_name)
    if page is not None and page.is_authority_on(item_class()):
        return frozenset()
    doubts = report.doubts.get(page_name)
    possible = {name for names in item_class.required for name in names}
    possible |= {rule.partition("/")[0] for rule in report.selectors.get(page_name, {})}
    possible |= doubts.fields.keys() if doubts else set()
    fields = report.filled[group].fields
    return frozenset(name for name in fields if not fields[name] and name not in possible)
