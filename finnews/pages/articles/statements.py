"""What several blocks of data say of one thing: only that on which all of them agree."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from finnews.items import folded
from finnews.pages.base import Page


def common(page: Page, objects: list[dict[str, Any]], fields: Mapping[str, str]) -> dict[str, Any]:
    """Return what objects say, without the keys on which two differ, which is a doubt.

    `fields` has the item's field for a key; other keys are those of the first object with them.
    """
    joined: dict[str, Any] = {}
    for other in objects:
        for key, value in other.items():
            if value is not None and joined.setdefault(key, value) is None:
                joined[key] = value
    differing = [key for key in joined if key in fields and _differ(key, objects)]
    for key in differing:
        printed = " / ".join(str(each[key]) for each in objects if each.get(key) is not None)
        page.doubt(fields[key], "contradiction", printed)
        del joined[key]
    return joined


def _differ(key: str, objects: list[dict[str, Any]]) -> bool:
    first, *others = [each[key] for each in objects if each.get(key) is not None]
    return not all(_is_same(first, other) for other in others)


def _is_same(value: Any, other: Any) -> bool:
    if not isinstance(value, str) or not isinstance(other, str):
        return bool(value == other)
    return folded(value) == folded(other) or _is_same_moment(value, other)


def _is_same_moment(value: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(value) == datetime.fromisoformat(other)
    except ValueError:
        return False
