"""``scrapy archive check | rebuild | compact NEWDIR | show tesla | export DIR | sql "…"``."""

import argparse
import sys
from pathlib import Path

from finnews.archive import Archive, DamagedIndex
from finnews.archive.check import Check
from finnews.archive.compact import compact
from finnews.archive.lines import line
from finnews.archive.lookup import instrument_line, instruments_named, item_line, items_about
from finnews.command import ProjectCommand, program
from finnews.commands.archive_tables import add_options, check_options, export_tables, sql
from finnews.outcome import ExitStatus, WrongUsage
from finnews.output_dir import output_dir
from finnews.printable import printable
from finnews.site import site_at


class Command(ProjectCommand):
    """Exits with 0 done, 1 problems found or archive not readable or writable, 2 wrong usage."""

    requires_crawler_process = False

    def syntax(self) -> str:
        return 'check | rebuild | compact NEWDIR | show NAME [--json] | export DIR | sql "select …"'

    def short_desc(self) -> str:
        return "Check, rebuild, compact, show, export or query the archive"

    def long_desc(self) -> str:
        return (
            "check: list the problems of lines and index, change nothing; "
            "rebuild: rebuild the index from the files; "
            "compact: copy the last version of each record to a new directory; "
            "show: print the items about an instrument (page name, ISIN or WKN), newest first; "
            "export: write a table of each kind to a file in a new directory; "
            "sql: print what a query gives, over articles, quotes, ratings, events, instruments "
            "and all_articles … with all versions."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        assert self.settings is not None
        directory = output_dir(self.settings)
        if not args or args[0] not in ACTIONS:
            raise WrongUsage(f"usage: {program()} archive {self.syntax()}")
        check_options(args[0], opts)
        if not directory.is_dir():
            raise WrongUsage(f"{directory}: no such directory; set -s OUTPUT_DIR=…")
        return ACTIONS[args[0]](directory, args[1:], opts)


def _check(directory: Path, names: list[str], _: argparse.Namespace) -> ExitStatus:
    _expect_no_arguments(names)
    check = Check(directory)
    problems = 0
    for problem in check.problems():
        problems += 1
        print(printable(problem))
    site = f" of {check.site}" if check.site else ""
    counts = f"{check.lines} lines, {check.records} records{site}"
    print(f"{directory}: {counts}, problems: {problems or 'none'}")
    return ExitStatus.ERRORS if problems else ExitStatus.DONE


def _rebuild(directory: Path, names: list[str], _: argparse.Namespace) -> ExitStatus:
    _expect_no_arguments(names)
    try:
        lines = _rebuild_index(directory)
    except DamagedIndex:
        lines = _rebuild_index(directory)
    print(f"{directory}: index rebuilt from {lines} lines")
    return ExitStatus.DONE


def _rebuild_index(directory: Path) -> int:
    """Return the number of lines; `DamagedIndex` if the damage shows only now: try again."""
    with Archive(directory) as archive:
        return archive.rebuild()


def _compact(directory: Path, names: list[str], _: argparse.Namespace) -> ExitStatus:
    target = Path(_only_argument(names, "compact NEWDIR (the name of a new directory)"))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WrongUsage(f"{target}: exists and is not an empty directory")
    with Archive(directory) as archive:
        number = compact(archive, target)
    print(f"{target}: copied the last versions of {number} records")
    return ExitStatus.DONE


def _show(directory: Path, names: list[str], opts: argparse.Namespace) -> ExitStatus:
    name = _only_argument(names, "show NAME (a page name, an ISIN or a WKN)")
    with Archive(directory) as archive:
        instruments = instruments_named(archive, name)
        if not instruments:
            raise WrongUsage(f"{name}: no archived instrument has this page name, ISIN or WKN")
        zone = site_at(f"https://{archive.host}").zone
        for instrument in instruments:
            items = items_about(archive, instrument, zone)
            if opts.json:
                sys.stdout.buffer.writelines(map(line, (instrument, *items)))
            else:
                lines = (item_line(item, zone) for item in items)
                print(*map(printable, (instrument_line(instrument), *lines)), sep="\n")
        sys.stdout.flush()
    return ExitStatus.DONE


def _expect_no_arguments(names: list[str]) -> None:
    if names:
        raise WrongUsage(f"{names[0]}: unexpected argument")


def _only_argument(names: list[str], usage: str) -> str:
    if len(names) != 1 or names[0].startswith("-"):
        raise WrongUsage(f"usage: {program()} archive {usage}")
    return names[0]


ACTIONS = {
    "check": _check,
    "rebuild": _rebuild,
    "compact": _compact,
    "show": _show,
    "export": export_tables,
    "sql": sql,
}
