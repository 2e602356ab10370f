"""The ``scrapy`` commands of this project, none of which prints a traceback as a page has it."""

from finnews.reporting.tracebacks import escape_tracebacks

escape_tracebacks()
