"""All patterns of the package, and by which of their methods it uses them."""

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import finnews
from finnews.bounds import AtEnd, AtStart, Bounded
from finnews.site import FINANZEN_NET

SITE_NAME = "site_name"
"""The only parameter of a function that makes patterns: the name that a site has in its texts"""

METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
"""What searches a text by a pattern"""

ROOT = Path(finnews.__file__).parent


class Named(NamedTuple):
    """A pattern, under the name that a module or a class of it has for it or its container."""

    module: str
    name: str
    pattern: Any
    """What has the methods of a pattern"""

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


class Compiled(NamedTuple):
    """Where source compiles a pattern."""

    module: str
    line: int
    name: str | None
    """The name of the statement, of a module or a class, by which it is reached; else ``None``"""


def modules() -> Iterator[ModuleType]:
    """Yield every module of the package."""
    yield finnews
    for module in pkgutil.walk_packages(finnews.__path__, "finnews."):
        yield importlib.import_module(module.name)


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module's name with its source, parsed."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text("utf-8"))


def patterns() -> list[Named]:
    """Return each pattern that a module of the package, or a class of it, has; each only once."""
    named: dict[tuple[str, int], Named] = {}
    for module in modules():
        for name, value in vars(module).items():
            if not name.startswith("__"):
                for pattern_name, pattern in _within(value, name, module.__name__, 0):
                    reached = Named(module.__name__, pattern_name, pattern)
                    named.setdefault((module.__name__, id(pattern)), reached)
    return list(named.values())


def is_pattern(value: Any) -> bool:
    """Return whether a value is searched with: a compiled pattern, or what bounds one."""
    return isinstance(value, re.Pattern | Bounded | AtStart | AtEnd)


def patterns_in(module: str, name: str) -> list[Any]:
    """Return the patterns in what a module, or a class of it, has under a name."""
    own = vars(sys.modules[module])
    holders = [own, *(vars(value) for value in own.values() if isinstance(value, type))]
    values = [holder[name] for holder in holders if name in holder]
    return [pattern for value in values for _, pattern in _within(value, name, module, 0)]


def _within(value: Any, name: str, module: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield the patterns in a value, with the name by which code reaches it."""
    if is_pattern(value):
        yield name, value
    elif _is_of_site(value, module):
        yield from _within(value(FINANZEN_NET.name), name, module, depth + 1)
    elif depth < 5:
        for part_name, part in _parts(value, name, module):
            yield from _within(part, part_name, module, depth + 1)


def _is_of_site(value: Any, module: str) -> bool:
    """Return whether a value is a function of a module that takes the name of a site alone."""
    function = inspect.unwrap(value) if callable(value) and not isinstance(value, type) else None
    return (
        inspect.isfunction(function)
        and function.__module__ == module
        and list(inspect.signature(function).parameters) == [SITE_NAME]
    )


def _parts(value: Any, name: str, module: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, type):
        if value.__module__ == module:
            yield from ((key, part) for key, part in vars(value).items() if key[:2] != "__")
    elif isinstance(value, Mapping):
        yield from ((name, part) for pair in value.items() for part in pair)
    elif isinstance(value, list | tuple | set | frozenset) and not hasattr(value, "_fields"):
        yield from ((name, part) for part in value)
    elif type(value).__module__.startswith("finnews"):
        names = [*getattr(value, "_fields", ()), *getattr(value, "__dict__", ())]
        names += getattr(type(value), "__slots__", ())
        yield from ((key, getattr(value, key, None)) for key in names)


def uses() -> set[tuple[str, str, str]]:
    """Return what source does with names: module, name, method of a pattern."""
    return {
        (module, _last(node.value), node.attr)
        for module, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in METHODS
    }


def _last(node: ast.expr) -> str:
    """Return the last name of an expression: ``path`` of ``cls.path``."""
    if isinstance(node, ast.Subscript | ast.Call):
        return _last(node.value if isinstance(node, ast.Subscript) else node.func)
    return str(getattr(node, "attr", None) or getattr(node, "id", ""))


def methods_of(named: Named, used: set[tuple[str, str, str]]) -> tuple[str, ...]:
    """Return the methods by which the package uses a pattern; all of them if none is seen."""
    is_private = named.name.startswith("_")
    of_name = {
        method
        for module, name, method in used
        if name == named.name and (module == named.module or not is_private)
    }
    has = [method for method in METHODS if hasattr(named.pattern, method)]
    return tuple(method for method in has if method in of_name) or tuple(has)


def compiled() -> Iterator[Compiled]:
    """Yield each place where source uses a function of ``re`` that takes a pattern."""
    for module, tree in trees():
        for node, name in _named(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "re":
                yield Compiled(module, node.lineno, None)
            elif isinstance(node, ast.Attribute) and _is_of_re(node):
                yield Compiled(module, node.lineno, name if node.attr == "compile" else None)


def _is_of_re(node: ast.Attribute) -> bool:
    is_search = node.attr in {*METHODS, "compile", "template"}
    return is_search and isinstance(node.value, ast.Name) and node.value.id == "re"


def _named(tree: ast.Module | ast.ClassDef) -> Iterator[tuple[ast.AST, str | None]]:
    """Yield all nodes with the name that their statement binds; none within other functions.

    That is an assignment of the module or of a class, or a function of `SITE_NAME` alone.
    """
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef):
            yield from _named(statement)
        else:
            yield from ((node, _bound(statement)) for node in ast.walk(statement))


def _bound(statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.Assign):
        return _last(statement.targets[0])
    if isinstance(statement, ast.AnnAssign):
        return _last(statement.target)
    is_of_site = isinstance(statement, ast.FunctionDef) and _parameters(statement) == [SITE_NAME]
    return statement.name if is_of_site and isinstance(statement, ast.FunctionDef) else None


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in function.args.args]
