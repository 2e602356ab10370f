"""``scrapy schema`` prints the schema of a kind of item."""

import json
from collections.abc import Callable

from finnews.items import Article
from finnews.schema import json_schema
from tests.unit.commands.conftest import Ended


def test_schema_prints_the_schema_of_a_kind(scrapy_command: Callable[..., Ended]) -> None:
    """An unknown kind is wrong usage, with an error of one line."""
    status, printed, _ = scrapy_command("schema", "article")
    assert status == 0
    assert json.loads(printed) == json_schema(Article)
    for wrong in (("schema", "person"), ("schema",)):
        status, printed, errors = scrapy_command(*wrong)
        assert (status, printed, errors.count("\n")) == (2, "", 1)
