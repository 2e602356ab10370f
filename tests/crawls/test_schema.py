"""``scrapy schema`` prints the schema of a kind of item."""

import json

from finnews.items import Article
from finnews.schema import json_schema
from tests.support.crawling import scrapy


def test_schema_prints_the_schema_of_a_kind() -> None:
    """An unknown kind is wrong usage, with an error of one line."""
    done = scrapy("schema", "article")
    assert done.returncode == 0
    assert json.loads(done.stdout) == json_schema(Article)
    for wrong in (("schema", "person"), ("schema",)):
        done = scrapy(*wrong)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
