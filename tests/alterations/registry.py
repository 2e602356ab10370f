"""What an alteration is: where on a page it can be made, how, and what a reader sees then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from tests.alterations.sheets import Sheet

ANY = "any"
"""Any value of the unaltered page."""

OptionT = TypeVar("OptionT")


class Pick(Protocol):
    """Chooses one of several options; whoever drives the alterations says by what chance."""

    def __call__(self, options: Sequence[OptionT], /) -> OptionT:
        """Return one of the options."""


@dataclass(frozen=True)
class Seen:
    """What a reader sees on the altered page that the unaltered page did not show.

    Without any, the page says the same as before.
    """

    shown: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Field → values that it can have now; a function is given the value before."""

    void: Mapping[str, Any] = field(default_factory=dict)
    """Field → a value of the unaltered page that one place no longer says; `ANY` for whatever
    value the field has there."""

    gone: frozenset[str] = frozenset()
    """Fields whose value a reader no longer finds, for `lost` items or for one."""

    lost: int = 0
    """Number of items that a reader no longer finds."""

    added: Sequence[Mapping[str, Any]] = ()
    """Items that a reader finds now: each says fields that the new item has."""

    must: Sequence[Mapping[str, Any]] = ()
    """Items that a reader finds now, as in `added`, and that are missed if they are not read."""

    due: frozenset[str] = frozenset()
    """Fields of which one must be told as a doubt, or change: the page now disagrees with itself,
    or is cut."""


SAME = Seen()
"""A reader sees the same as before."""


class Inserted:
    """Equals a text that says the same as before and, somewhere, something more."""

    def __init__(self, before: Any, more: str) -> None:
        self.before = "".join(str(before or "").split())
        self.more = "".join(more.split())

    def __eq__(self, text: object) -> bool:
        letters = "".join(str(text or "").split())
        parts = letters.split(self.more)
        joined = (
            self.more.join(parts[:at]) + self.more.join(parts[at:]) for at in range(1, len(parts))
        )
        return self.before in joined

    def __hash__(self) -> int:
        return hash(self.more)


def inserted(more: str) -> Callable[[Any], Inserted]:
    """Return a function of the text before: the texts that say this as well."""
    return lambda before: Inserted(before, more)


class Spaced:
    """Equals a text of the same words, however it is divided into lines and paragraphs."""

    def __init__(self, before: Any) -> None:
        self.words = str(before).split()

    def __eq__(self, text: object) -> bool:
        return str(text).split() == self.words

    def __hash__(self) -> int:
        return hash(tuple(self.words))


class OneMore:
    """Equals a list that has the same as before and one more, of which some fields are known."""

    def __init__(self, before: Any, fields: Mapping[str, Any]) -> None:
        self.before = list(before or [])
        self.fields = fields

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, list):
            return False
        more = [entry for entry in other if entry not in self.before]
        is_known = len(more) == 1 and self.fields.items() <= more[0].items()
        return is_known and len(other) == len(self.before) + 1

    def __hash__(self) -> int:
        return len(self.before)


def one_more(**fields: Any) -> Callable[[Any], OneMore]:
    """Return a function of the list before: the lists with one more entry that has the fields."""
    return lambda before: OneMore(before, fields)


class Whatever:
    """Equals every value."""

    def __eq__(self, other: object) -> bool:
        return other is not None

    def __hash__(self) -> int:
        return 0


Change = Callable[[Any, Pick], Seen]
"""Changes the page at a place, and returns what a reader sees then."""


class Alteration(NamedTuple):
    """A way to change a page."""

    name: str
    """``a footnote behind the value``"""

    group: str
    """The rule of reading that it tries: the name of its module."""

    places: Callable[[Sheet], Sequence[Any]]
    """Returns where on a page it can be made."""

    change: Change


ALTERATIONS: dict[str, Alteration] = {}
"""All alterations by name; the package imports the modules in which they are."""


def alters(places: Callable[[Sheet], Sequence[Any]]) -> Callable[[Change], Change]:
    """Return a decorator that registers a change, to be made at one of the places of a page."""

    def register(change: Change) -> Change:
        name = str(getattr(change, "__name__")).replace("_", " ")
        assert name not in ALTERATIONS, name
        group = change.__module__.rpartition(".")[2]
        ALTERATIONS[name] = Alteration(name, group, places, change)
        return change

    return register


def altered(sheet: Sheet, alteration: Alteration, pick: Pick) -> Seen | None:
    """Alter a page at one of the places for it; ``None`` if it has no such place."""
    places = alteration.places(sheet)
    return alteration.change(pick(places), pick) if places else None
