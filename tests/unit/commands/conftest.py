"""``scrapy`` in the process of the tests, for commands that crawl nothing."""

from collections.abc import Callable

import pytest
from scrapy.cmdline import execute

Ended = tuple[int, str, str]
"""Exit status, standard output and standard error."""


@pytest.fixture
def scrapy_command(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run ``scrapy`` with arguments."""

    def ended(*arguments: object) -> Ended:
        with pytest.raises(SystemExit) as end:
            execute(["scrapy", *map(str, arguments)])
        printed, errors = capfd.readouterr()
        return int(str(end.value)), printed, errors

    return ended
