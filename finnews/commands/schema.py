"""``scrapy schema article``: the JSON Schema of the lines of an item class."""

import argparse
import json

from finnews.command import ProjectCommand, program
from finnews.items import ITEM_CLASSES
from finnews.outcome import ExitStatus, WrongUsage
from finnews.schema import json_schema

CLASSES = {item_class.__name__.lower(): item_class for item_class in ITEM_CLASSES}


class Command(ProjectCommand):
    """Prints the JSON Schema of a kind of item; exits with 2 if there is no such kind."""

    requires_crawler_process = False

    def syntax(self) -> str:
        return "|".join(CLASSES)

    def short_desc(self) -> str:
        return "Print the JSON Schema of a kind of item"

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if len(args) != 1 or args[0] not in CLASSES:
            raise WrongUsage(f"usage: {program()} schema {self.syntax()}")
        print(json.dumps(json_schema(CLASSES[args[0]]), indent=2, ensure_ascii=False))
        return ExitStatus.DONE
