"""What pages load: our style and scripts, and Vega's, which its package brings."""

from functools import cache
from importlib.resources import files
from typing import Final

STATIC: Final = {
    "look.css": "text/css",
    "look.js": "text/javascript",
    "charts.js": "text/javascript",
    "search.js": "text/javascript",
    "vega.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""Names of files → their media types."""


def static_file(name: str) -> bytes:
    """Return the content of a file in `STATIC`."""
    return vega() if name == "vega.js" else (files(__package__) / "static" / name).read_bytes()


@cache
def vega() -> bytes:
    """Return Vega, Vega-Lite and Vega-Embed as one script, which fetches nothing."""
    from vl_convert import javascript_bundle  # noqa: PLC0415, tens of megabytes

    return str(javascript_bundle("window.vegaEmbed = vegaEmbed;")).encode()
