"""What the commands share: a failure is one line and an exit status, a closed pipe a quiet end."""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings

from finnews.archive import ArchiveError, OtherSite
from finnews.outcome import ExitStatus, WrongUsage
from finnews.printable import printable
from finnews.setting_values import check_values
from finnews.streams import drop, tell_closed_pipe

_NO_FORMAT: Final = re.compile(r"Unrecognized output format '(.{0,40}?)'")
_OPTION: Final = re.compile(r"-[a-zA-Z]|--[a-zA-Z][\w-]*(=.*)?")


class ProjectCommand(ScrapyCommand):
    """A command that says what is wrong in one line.

    `check` is called before Scrapy logs its versions, `execute` after it.
    """

    requires_project = True

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.error = self._wrong_usage  # type: ignore[method-assign]
        parser.usage = (parser.usage or "").replace("scrapy", program(), 1)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Apply the options, and check the arguments; exit if they are wrong."""
        tell_closed_pipe()
        with self._one_line_errors():
            super().process_options(args, opts)
            _check_options(args)
            check_values(self.settings or BaseSettings())
            if opts.profile:
                Path(opts.profile).open("ab").close()
            self.check(args, opts)
        if self.exitcode:
            sys.exit(self.exitcode)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self._one_line_errors():
            self.exitcode = self.execute(args, opts)
            sys.stdout.flush()

    def check(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raise `WrongUsage`, or another error that the command reports, before it starts."""

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the command is for, and return the exit status."""
        raise NotImplementedError

    def fail(self, status: ExitStatus, message: str) -> None:
        """Print a line for the user, into ``LOG_FILE`` as well, and end with an exit status."""
        line = printable(f"finnews: {message}")
        print(line, file=sys.stderr)
        log_file = self.settings and self.settings["LOG_FILE"]
        if log_file:
            with suppress(OSError), Path(log_file).open("a", encoding="utf-8") as log:
                print(line, file=log)
        self.exitcode = status

    @contextmanager
    def _one_line_errors(self) -> Iterator[None]:
        try:
            yield
        except (WrongUsage, OtherSite) as error:
            self.fail(ExitStatus.WRONG_USAGE, str(error))
        except KeyboardInterrupt:
            self.fail(ExitStatus.SIGINT, "stopped")
        except BrokenPipeError:
            drop(sys.stdout.fileno())
        except OSError as error:
            self.fail(ExitStatus.ERRORS, _named(error))
        except ArchiveError as error:
            self.fail(ExitStatus.ERRORS, str(error))

    def _wrong_usage(self, message: str) -> NoReturn:
        """Take the place of argparse's method, which prints the whole usage before the error."""
        if no_format := _NO_FORMAT.match(message):
            message = f"no feed format {no_format[1]}; there are json, jsonl, csv, xml, pickle"
        self.fail(ExitStatus.WRONG_USAGE, message)
        sys.exit(self.exitcode)


def _named(error: OSError) -> str:
    """Return an error of the system with what it is about: a file, or the standard output."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename or 'standard output'}: {error.strerror}"


def _check_options(args: list[str]) -> None:
    """Raise `WrongUsage` for an option that the command does not have."""
    unknown = next((word for word in args if _OPTION.fullmatch(word)), None)
    if unknown:
        raise WrongUsage(f"unknown option {unknown}")


def program() -> str:
    """Return the program's name, by which a user can call a command again."""
    path = Path(sys.argv[0])
    if path.parent.name == "finnews" and path.name == "__main__.py":
        return "python -m finnews"
    return "finnews" if path.stem == "finnews" else "scrapy"
