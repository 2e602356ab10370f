"""``scrapy archive check | rebuild | compact NEWDIR | show tesla``: hands on what is archived."""

import argparse
import os
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand

from finnews.archive import Archive, ArchiveError, DamagedIndex
from finnews.archive.check import Check
from finnews.archive.compact import compact
from finnews.archive.lines import line
from finnews.archive.lookup import heading, instruments, known, told
from finnews.outcome import ExitStatus
from finnews.site import site_at


class WrongUsage(ValueError):
    """What was asked for is nothing that can be done; the text is one line for a person."""


class Command(ScrapyCommand):
    """Ends with 0 done, 1 problems found or nothing could be stored, 2 wrong usage."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "check | rebuild | compact NEWDIR | show NAME [--json]"

    def short_desc(self) -> str:
        return "Check, rebuild, compact or show what is archived"

    def long_desc(self) -> str:
        return (
            "check: find what is wrong with the lines and their index, and change nothing; "
            "rebuild: make the index anew from the lines; "
            "compact: copy the last version of each record into a new directory; "
            "show: what is known of an instrument (page name, ISIN or WKN), newest first."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="show: print the lines themselves")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        actions = {"check": _check, "rebuild": _rebuild, "compact": _compact, "show": _show}
        directory = Path(self.settings["OUTPUT_DIR"])
        try:
            if not args or args[0] not in actions:
                raise WrongUsage(f"one of these is needed: {self.syntax()}")
            if not directory.is_dir():
                raise WrongUsage(f"{directory}: there is no archive (-s OUTPUT_DIR=…)")
            self.exitcode = actions[args[0]](directory, args[1:], opts)
        except WrongUsage as wrong:
            self._ended(ExitStatus.WRONG_USAGE, wrong)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (ArchiveError, OSError) as error:
            self._ended(ExitStatus.ERRORS, error)

    def _ended(self, status: ExitStatus, error: Exception) -> None:
        print(f"finnews: {error}", file=sys.stderr)
        self.exitcode = status


def _check(directory: Path, names: list[str], _: argparse.Namespace) -> ExitStatus:
    _no_more(names)
    check = Check(directory)
    found = 0
    for problem in check.problems():
        found += 1
        print(problem)
    of_site = f" of {check.site}" if check.site else ""
    counts = f"{check.lines} lines of {check.records} records{of_site}"
    print(f"{directory}: {counts}, problems: {found or 'none'}")
    return ExitStatus.ERRORS if found else ExitStatus.DONE


def _rebuild(directory: Path, names: list[str], _: argparse.Namespace) -> ExitStatus:
    _no_more(names)
    try:
        lines = _rebuilt(directory)
    except DamagedIndex:
        lines = _rebuilt(directory)
    print(f"{directory}: the index is made of {lines} lines")
    return ExitStatus.DONE


def _rebuilt(directory: Path) -> int:
    with Archive(directory) as archive:
        return archive.rebuild()


def _compact(directory: Path, names: list[str], _: argparse.Namespace) -> ExitStatus:
    target = Path(_one(names, "compact NEWDIR: the name of a new directory"))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WrongUsage(f"{target}: there is something already")
    with Archive(directory) as archive:
        number = compact(archive, target)
    print(f"{target}: the last versions of {number} records")
    return ExitStatus.DONE


def _show(directory: Path, names: list[str], opts: argparse.Namespace) -> ExitStatus:
    name = _one(names, "show NAME: a page name, an ISIN or a WKN")
    with Archive(directory) as archive:
        found = instruments(archive, name)
        if not found:
            raise WrongUsage(f"{name}: no such instrument was met")
        zone = site_at(f"https://{archive.host}").zone
        for instrument in found:
            items = known(archive, instrument, zone)
            if opts.json:
                sys.stdout.buffer.writelines(map(line, (instrument, *items)))
            else:
                print(heading(instrument), *(told(item, zone) for item in items), sep="\n")
        sys.stdout.flush()
    return ExitStatus.DONE


def _no_more(names: list[str]) -> None:
    if names:
        raise WrongUsage(f"{names[0]}: nothing more is needed")


def _one(names: list[str], needed: str) -> str:
    if len(names) != 1 or names[0].startswith("-"):
        raise WrongUsage(f"{needed} is needed")
    return names[0]
