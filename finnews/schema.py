"""The JSON Schema of each kind of line, made from the dataclasses and the docstrings of fields."""

import ast
import inspect
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import pairwise
from textwrap import dedent
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from finnews.items import Item
from finnews.items.forms import Form

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_PRIMITIVES: Final[dict[Any, Schema]] = {
    str: {"type": "string", "minLength": 1},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    types.NoneType: {"type": "null"},
}


def json_schema(item_class: type[Item]) -> Schema:
    """Return the JSON Schema, draft 2020-12, of the lines of a kind of item.

    Keys that may be null may be missing: a line that an earlier version of finnews wrote lacks the
    fields that came later.
    """
    always = {names[0] for names in item_class.required if len(names) == 1}
    schema = _object_schema(item_class, always | {"url", "fetched_at", "version"})
    alternatives = [names for names in item_class.required if len(names) > 1]
    if alternatives:
        schema["allOf"] = [{"anyOf": [_given(name) for name in names]} for names in alternatives]
    return {"$schema": DIALECT, "title": item_class.__name__} | schema


def _object_schema(of: type[Any], given: set[str]) -> Schema:
    """Return the schema of a dataclass; the fields of `given` are there and not null."""
    hints = get_type_hints(of, include_extras=True)
    told = dict(docstrings(of))
    names = [one.name for one in fields(of)]
    return {
        "description": inspect.getdoc(of),
        "type": "object",
        "properties": {
            name: {"description": told[name]} | _value_schema(hints[name], name in given)
            for name in names
        },
        "required": [name for name in names if name in given],
        "additionalProperties": False,
    }


def _value_schema(hint: Any, is_given: bool) -> Schema:
    schema = _type_schema(hint)
    if not is_given:
        return schema
    if "enum" in schema:
        return schema | {"enum": [value for value in schema["enum"] if value is not None]}
    return schema | {"type": next(one for one in schema["type"] if one != "null")}


def _type_schema(hint: Any) -> Schema:
    if hint in _PRIMITIVES:
        return dict(_PRIMITIVES[hint])
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        return _nullable(_type_schema(next(one for one in inner if one is not types.NoneType)))
    if origin is Annotated:
        forms = (extra.keywords for extra in inner if isinstance(extra, Form))
        return _type_schema(inner[0]) | next(forms, {})
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is list:
        return {"type": "array", "items": _type_schema(inner[0])}
    is_item = isinstance(hint, type) and is_dataclass(hint)
    return _object_schema(hint, set()) if is_item else {"type": "object"}


def _nullable(schema: Schema) -> Schema:
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]}


def _given(name: str) -> Schema:
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def docstrings(of: type[Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a dataclass and of those it is made from, with their docstrings."""
    for one in reversed(of.__mro__[:-1]):
        (body,) = ast.parse(dedent(inspect.getsource(one))).body
        statements = body.body if isinstance(body, ast.ClassDef) else []
        for field, told in pairwise(statements):
            if isinstance(field, ast.AnnAssign) and isinstance(told, ast.Expr):
                text = ast.literal_eval(told.value)
                yield ast.unparse(field.target), " ".join(text.split())
