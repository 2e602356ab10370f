"""The JSON Schema of each item class, from its fields and their docstrings."""

import ast
import inspect
import types
from collections.abc import Iterator, Set
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
    """Return the JSON Schema (draft 2020-12) of the lines of an item class.

    Fields that may be null may also be missing: lines by earlier versions of finnews lack the
    fields that were added later.
    """
    always = {names[0] for names in item_class.required if len(names) == 1}
    schema = _object_schema(item_class, always | {"url", "fetched_at", "version"}, {"key"})
    alternatives = [names for names in item_class.required if len(names) > 1]
    if alternatives:
        schema["allOf"] = [{"anyOf": [_not_null(name) for name in names]} for names in alternatives]
    return {"$schema": DIALECT, "title": item_class.__name__} | schema


def _object_schema(of: type[Any], required: Set[str], never_null: Set[str] = frozenset()) -> Schema:
    """Return the schema of a dataclass whose `required` fields are present and not null.

    Those that are `never_null` may be missing.
    """
    given = required | never_null
    hints = get_type_hints(of, include_extras=True)
    descriptions = dict(docstrings(of))
    names = [field.name for field in fields(of)]
    return {
        "description": inspect.getdoc(of),
        "type": "object",
        "properties": {
            name: {"description": descriptions[name]} | _value_schema(hints[name], name in given)
            for name in names
        },
        "required": [name for name in names if name in required],
        "additionalProperties": False,
    }


def _value_schema(hint: Any, is_given: bool) -> Schema:
    schema = _type_schema(hint)
    if not is_given:
        return schema
    if "enum" in schema:
        return schema | {"enum": [value for value in schema["enum"] if value is not None]}
    return schema | {"type": next(name for name in schema["type"] if name != "null")}


def _type_schema(hint: Any) -> Schema:
    if hint in _PRIMITIVES:
        return dict(_PRIMITIVES[hint])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        value_types = (argument for argument in arguments if argument is not types.NoneType)
        return _nullable(_type_schema(next(value_types)))
    if origin is Annotated:
        forms = (argument.keywords for argument in arguments if isinstance(argument, Form))
        return _type_schema(arguments[0]) | next(forms, {})
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _type_schema(arguments[0])}
    is_item = isinstance(hint, type) and is_dataclass(hint)
    return _object_schema(hint, set()) if is_item else {"type": "object"}


def _nullable(schema: Schema) -> Schema:
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]}


def _not_null(name: str) -> Schema:
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def docstrings(of: type[Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a dataclass and of its base classes, with their docstrings."""
    for declaring in reversed(of.__mro__[:-1]):
        (definition,) = ast.parse(dedent(inspect.getsource(declaring))).body
        statements = definition.body if isinstance(definition, ast.ClassDef) else []
        for statement, following in pairwise(statements):
            if isinstance(statement, ast.AnnAssign) and isinstance(following, ast.Expr):
                text = ast.literal_eval(following.value)
                yield ast.unparse(statement.target), " ".join(text.split())
