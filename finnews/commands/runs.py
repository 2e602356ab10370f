"""``scrapy runs``: the last runs, as a table or as JSON Lines."""

import argparse

from rich.table import Table

from finnews.archive.layout import RUNS, check_folder
from finnews.command import ProjectCommand, program
from finnews.outcome import MEANING, ExitStatus, WrongUsage
from finnews.output_dir import output_dir
from finnews.reporting.model import FATES, Report
from finnews.reporting.runs import encoded, last, paths
from finnews.reporting.tables import console


class Command(ProjectCommand):
    """Lists the last runs, the newest last. Logs each file that is not a report."""

    requires_crawler_process = False

    def short_desc(self) -> str:
        return "List the last runs and how they ended"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--last", type=int, default=10, metavar="N", help="number of runs")
        parser.add_argument("--json", action="store_true", help="print whole reports, one per line")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        assert self.settings is not None
        if args or opts.last < 1:
            raise WrongUsage(f"usage: {program()} runs [--last N] [--json], with N of at least 1")
        directory = output_dir(self.settings)
        check_folder(directory / RUNS)
        reports = list(last(directory, opts.last))
        if opts.json:
            for report in reports:
                print(encoded(report).decode())
        elif reports:
            console().print(runs_table(reports))
        elif not paths(directory):
            print(f"No runs in {directory / RUNS}")
        return ExitStatus.DONE


def runs_table(reports: list[Report]) -> Table:
    """Return a table with a row for each run."""
    table = Table(box=None, pad_edge=False)
    for heading in ("started (UTC)", "spider", "arguments", "took", "status", "ended by"):
        table.add_column(heading, no_wrap=heading != "arguments")
    for heading in (*FATES[:2], "rejected"):
        table.add_column(heading, justify="right")
    for report in reports:
        fates = (sum(kind.get(fate, 0) for kind in report.items.values()) for fate in FATES[:2])
        table.add_row(
            f"{report.start:%Y-%m-%d %H:%M:%S}",
            report.spider,
            " ".join(f"{name}={value}" for name, value in report.arguments.items()),
            f"{report.seconds:.0f} s",
            f"{report.status} {MEANING.get(report.status, '')}",
            report.finish_reason,
            *map(str, (*fates, sum(report.rejected.values()))),
        )
    return table
