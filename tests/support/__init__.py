"""What tests need, and is none."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

TIMEOUT: Final = 600.0
"""Seconds after which a test gives something up: what takes so long on a busy machine hangs."""
