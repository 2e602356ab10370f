"""The program ``finnews``: the commands of finnews, and Scrapy's, from any directory."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import NoReturn

from finnews import __version__
from finnews.operating_system import require_posix

SETTINGS = "finnews.settings"


def main() -> None:
    """Run a command; without one, print which there are."""
    require_posix()
    try:
        _run(sys.argv[1:])
    except KeyboardInterrupt:
        _fail("stopped", status=130)


def _run(words: list[str]) -> None:
    module = os.environ.setdefault("SCRAPY_SETTINGS_MODULE", SETTINGS)
    command = next((word for word in words if not word.startswith("-")), None)
    if command is None:
        _print_help(words)
    elif command not in {*_own_commands(), *_scrapy_commands()}:
        is_value = words[0] != command
        advice = "the command comes first" if is_value else "finnews --help lists them"
        _fail(f"unknown command {command}; {advice}")
    elif find_spec(module.partition(".")[0]) is None:
        _fail(f"SCRAPY_SETTINGS_MODULE={module}: no such module")
    else:
        import_module("scrapy.cmdline").execute()


def _print_help(words: list[str]) -> None:
    if words and not {"-h", "--help", "--version"} & set(words):
        _fail(f"unknown option {words[0]}; finnews --help lists the commands")
    print(_versions() if "--version" in words else _usage())


def _fail(message: str, status: int = 2) -> NoReturn:
    print(f"finnews: {message}", file=sys.stderr)
    sys.exit(status)


def _versions() -> str:
    return f"finnews {__version__}, Scrapy {import_module('scrapy').__version__}"


def _usage() -> str:
    own = _own_commands()
    others = ", ".join(sorted(_scrapy_commands() - own.keys()))
    lines = (f"  {name:<8}  {description}" for name, description in own.items())
    return "\n".join(
        [
            "usage: finnews COMMAND [options] [arguments]",
            "",
            *lines,
            "",
            f"Scrapy's own: {others}",
            "",
            "finnews COMMAND --help says more of a command; finnews --version prints the version.",
            "Where to begin: finnews crawl news -a limit=20",
        ]
    )


def _own_commands() -> dict[str, str]:
    """Return what the commands of finnews do, by their names."""
    package = import_module("finnews.commands")
    modules = {name: import_module(f"{package.__name__}.{name}") for name in _modules(package)}
    commands = {name: getattr(module, "Command", None) for name, module in modules.items()}
    return {name: command().short_desc() for name, command in sorted(commands.items()) if command}


def _scrapy_commands() -> set[str]:
    """Return the names of Scrapy's commands, and of those that other packages add."""
    metadata = import_module("importlib.metadata")
    added = {command.name for command in metadata.entry_points(group="scrapy.commands")}
    return {*_modules(import_module("scrapy.commands")), *added}


def _modules(package: ModuleType) -> Iterator[str]:
    return (module.name for module in iter_modules(package.__path__))


if __name__ == "__main__":
    main()
