"""A kind of item is declared once, by its class; the archive takes no other."""

import ast
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar

import pytest

from finnews.archive import Archive, ArchiveError
from finnews.archive.check import Check
from finnews.items import ITEM_CLASSES, Item, base
from finnews.items.base import registered

MODULES = sorted(Path(base.__file__).parent.glob("*.py"))


@pytest.fixture
def undeclared() -> type[Item]:
    """A class that `finnews.items` does not import; forgotten again by its collection."""

    @dataclass(slots=True)
    class Imaginary(Item):
        collection: ClassVar[str] = "imaginaries"
        amount: str | None = None

        @property
        def keys(self) -> tuple[str, ...]:
            return (str(self.amount),)

    return Imaginary


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes that a test declares are not registered for longer than the test."""
    monkeypatch.setattr(base, "_REGISTRY", dict(base._REGISTRY))


def test_every_class_of_an_item_is_registered() -> None:
    """Whatever module of `finnews.items` declares it."""
    declared = {
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and any(map(_is_item, node.bases))
    }
    assert {item_class.__name__ for item_class in ITEM_CLASSES} == declared
    assert len(declared) >= 6


def test_a_class_registers_itself(undeclared: type[Item]) -> None:
    """In the form that has slots, which is the one that is used."""
    assert undeclared in registered()
    assert "__slots__" in vars(undeclared)


def test_two_classes_cannot_share_a_collection() -> None:
    """Their lines could not be told apart."""
    with pytest.raises(TypeError, match="Story and Article have the same collection, articles"):
        type("Story", (Item,), {"collection": "articles", "__module__": __name__})


def test_the_archive_refuses_a_class_that_is_not_registered(
    undeclared: type[Item], tmp_path: Path
) -> None:
    """No later run would find its lines, so each would write the same again."""
    with (
        Archive(tmp_path) as archive,
        pytest.raises(ArchiveError, match="Imaginary is not an item"),
    ):
        archive.add(undeclared(url="https://www.finanzen.net/", fetched_at="2026-11-23T10:00:00"))
    assert not (tmp_path / "imaginaries").exists()


def test_lines_of_no_kind_are_a_problem_of_the_archive(tmp_path: Path) -> None:
    """A kind that this version does not know is not passed over in silence."""
    (tmp_path / "imaginaries").mkdir()
    (tmp_path / "imaginaries" / "2026-11-23.jsonl").write_bytes(b'{"amount":"1"}\n')
    problem = "unknown kind of item, not read by this version of finnews"
    assert list(Check(tmp_path).problems()) == [f"{tmp_path / 'imaginaries'}: {problem}"]


@pytest.mark.parametrize("item_class", ITEM_CLASSES)
def test_what_a_class_declares_fits_its_fields(item_class: type[Item]) -> None:
    """Required fields and provenance are fields; an item of an instrument has its numbers."""
    names = {field.name for field in fields(item_class)}
    assert {name for group in item_class.required for name in group} <= names
    assert item_class.provenance <= names
    if item_class.is_of_instrument:
        assert {"name", "page", "isin", "wkn"} <= names


def _is_item(node: ast.expr) -> bool:
    return ast.unparse(node) == "Item"
