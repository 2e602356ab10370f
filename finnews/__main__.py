"""The program ``finnews``: the commands of finnews, and Scrapy's, from any directory."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from finnews import __version__
from finnews.operating_system import require_posix

SETTINGS = "finnews.settings"


def main() -> None:
    """Run a command; without one, print which there are."""
    require_posix()
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", SETTINGS)
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    if command is None:
        print(_versions() if "--version" in sys.argv else _usage())
    elif command not in {*_own_commands(), *_scrapy_commands()}:
        print(f"finnews: unknown command {command}; finnews --help lists them", file=sys.stderr)
        sys.exit(2)
    else:
        import_module("scrapy.cmdline").execute()


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
