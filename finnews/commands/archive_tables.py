"""``scrapy archive export DIR`` and ``scrapy archive sql "select …"``, and their options."""

import argparse
import sys
from pathlib import Path

from finnews.command import program
from finnews.outcome import ExitStatus, WrongUsage
from finnews.printable import printable
from finnews.spiders.arguments import day, names
from finnews.sql.answers import Answer
from finnews.sql.choice import Choice
from finnews.sql.database import Database
from finnews.sql.engine import named_in, one_line_errors
from finnews.sql.export import FORMATS, export
from finnews.sql.stopping import Work, stoppable
from finnews.sql.views import schema

EXPORT_USAGE = (
    "export DIR [--format parquet|csv|jsonl] [--all-versions] [--since DAY] [--stocks A,B]"
)
SQL_USAGE = 'sql "select …" [--json | --csv], sql --schema'

OPTIONS = {
    "show": {"json"},
    "export": {"form", "all_versions", "since", "stocks"},
    "sql": {"json", "csv", "schema"},
}
"""Action → the options that it has."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the actions of ``scrapy archive``."""
    group = parser.add_argument_group("Actions")
    flags = {"--json": "show, sql: print a line of JSON for each item or row"}
    flags["--csv"] = "sql: print comma-separated values"
    flags["--schema"] = "sql: print the views as statements for plain DuckDB"
    flags["--all-versions"] = "export: all versions of each record, not the last one"
    for flag, text in flags.items():
        group.add_argument(flag, action="store_true", help=text)
    formats = tuple(FORMATS)
    group.add_argument(
        "--format", dest="form", choices=formats, help="export: parquet if not given"
    )
    group.add_argument("--since", metavar="DAY", help="export: only items of this day and later")
    group.add_argument("--stocks", metavar="A,B", help="export: page names, ISINs, WKNs")


def check_options(action: str, opts: argparse.Namespace) -> None:
    """Raise `WrongUsage` if an option was given that the action does not have."""
    others = set().union(*OPTIONS.values()) - OPTIONS.get(action, set())
    for name in sorted(others):
        if getattr(opts, name):
            option = "--format" if name == "form" else f"--{name.replace('_', '-')}"
            raise WrongUsage(f"{option} is no option of archive {action}")


def export_tables(directory: Path, arguments: list[str], opts: argparse.Namespace) -> ExitStatus:
    """Write a file for each kind, and print how many rows each has."""
    if len(arguments) != 1 or not arguments[0].strip():
        raise WrongUsage(f"usage: {program()} archive {EXPORT_USAGE}")
    target = Path(arguments[0])
    choice = Choice(
        form=opts.form or next(iter(FORMATS)),
        has_all_versions=opts.all_versions,
        since=day("--since", opts.since) if opts.since is not None else None,
        names=names("--stocks", opts.stocks) if opts.stocks is not None else (),
    )
    with one_line_errors():
        exported = stoppable(lambda work: export(directory, target, choice, work))
    for name, number in exported.rows.items():
        print(f"{target / name}: {number} rows")
    return tell_problems(exported.problems)


def sql(directory: Path, arguments: list[str], opts: argparse.Namespace) -> ExitStatus:
    """Print what a query gives."""
    if opts.schema and not arguments and not (opts.json or opts.csv):
        print(*(f"{statement};" for statement in schema(directory)), sep="\n")
        return ExitStatus.DONE
    if len(arguments) != 1 or opts.schema or (opts.json and opts.csv):
        raise WrongUsage(f"usage: {program()} archive {SQL_USAGE}")
    (query,) = arguments
    with one_line_errors():
        problems = stoppable(lambda work: _answered(directory, query, opts, work))
    return tell_problems(problems)


def _answered(directory: Path, query: str, opts: argparse.Namespace, work: Work) -> list[str]:
    """Print the answer to a query, and return the problems of the lines that it is about."""
    with Database(directory, work=work) as database:
        database.load(named_in(query))
        database.close_to_the_outside()
        answer = Answer(database, query)
        if opts.json:
            answer.print_json()
        elif opts.csv:
            answer.print_csv()
        else:
            answer.print_table()
        return database.problems


def tell_problems(problems: list[str]) -> ExitStatus:
    """Print the lines that were left out, and values that do not fit; return the exit status."""
    for problem in problems:
        print(printable(f"finnews: {problem}"), file=sys.stderr)
    if not problems:
        return ExitStatus.DONE
    print(f"finnews: problems: {len(problems)}; see archive check", file=sys.stderr)
    return ExitStatus.ERRORS
