"""Where the pages are that the site really served; they are no part of the project."""

import os
from pathlib import Path

CAPTURES = Path(
    os.environ.get("FINNEWS_CAPTURES") or Path(__file__).parents[3] / "shared" / "captures"
)
"""``../shared/captures`` beside the checkout, or what ``FINNEWS_CAPTURES`` names"""
