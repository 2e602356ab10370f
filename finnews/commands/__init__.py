"""The ``scrapy`` commands of this project, none of which prints a traceback as a page has it."""

from finnews.operating_system import require_posix
from finnews.reporting.logformatter import log_in_utc
from finnews.reporting.tracebacks import escape_tracebacks
from finnews.streams import prepare_streams

require_posix()
prepare_streams()
escape_tracebacks()
log_in_utc()
