"""What is printed of an exception reaches no terminal as the page has it."""

import logging
import subprocess
import sys
from io import StringIO

import pytest

from finnews.reporting.logformatter import PrintableFormatter

HOSTILE = "Muster\x1b]0;title\x07\x1b[2J\x9b31m\x85\u202e\u2066"
ESCAPED = "Muster\\x1b]0;title\\x07\\x1b[2J\\x9b31m\\x85\\u202e\\u2066"
WAYS = {
    "of the process": "raise ValueError(HOSTILE)",
    "of a cause": "try:\n  raise OSError(HOSTILE)\nexcept OSError as error:\n"
    "  raise KeyError('x') from error",
    "with a note": "error = ValueError(); error.add_note(HOSTILE); raise error",
    "of a thread": "import threading\n"
    "def fail(): raise ValueError(HOSTILE)\nthreading.Thread(target=fail).start()",
    "that is ignored": "class Failing:\n  def __del__(self): raise ValueError(HOSTILE)\nFailing()",
}
START = f"import finnews.commands\nHOSTILE = {HOSTILE!r}\n"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_traceback_past_the_log_is_escaped(way: str) -> None:
    """Of commands, as of any Python that has imported them."""
    done = subprocess.run(
        [sys.executable, "-c", START + way], capture_output=True, text=True, check=False
    )
    assert ESCAPED in done.stderr
    assert "Traceback" in done.stderr
    assert all(character.isprintable() or character == "\n" for character in done.stderr)


def test_a_stack_in_the_log_is_escaped() -> None:
    """Whoever logs it, whatever the source has."""
    printed = StringIO()
    handler = logging.StreamHandler(printed)
    handler.setFormatter(PrintableFormatter(logging.Formatter()))
    record = logging.LogRecord("muster", logging.ERROR, "muster.py", 1, "Muster", None, None)
    record.stack_info = f"Stack\n  {HOSTILE}"
    handler.handle(record)
    assert printed.getvalue() == f"Muster\nStack\n  {ESCAPED}\n"
    assert HOSTILE in record.stack_info


BAD_RECORD = """
import logging
from scrapy.utils.log import configure_logging
from scrapy.settings import Settings
from finnews.reporting.logformatter import OneLineFormatter
class Failing:
    def __str__(self): raise ValueError(HOSTILE)
configure_logging(Settings({"LOG_LEVEL": "INFO"}))
OneLineFormatter().spider_opened()
logging.getLogger("muster").error("%s", Failing())
"""


def test_an_error_of_the_log_itself_is_escaped() -> None:
    """What cannot be logged is printed beside the log."""
    done = subprocess.run(
        [sys.executable, "-c", START + BAD_RECORD], capture_output=True, text=True, check=True
    )
    assert "--- Logging error ---" in done.stderr
    assert f"ValueError: {ESCAPED}" in done.stderr
    assert all(character.isprintable() or character == "\n" for character in done.stderr)
