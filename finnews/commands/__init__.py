"""The ``scrapy`` commands of this project, none of which prints a traceback as a page has it."""

from finnews.operating_system import require_posix
from finnews.reporting.tracebacks import escape_tracebacks

require_posix()
escape_tracebacks()
