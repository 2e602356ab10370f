"""What the log says of lists that were not read as they should be."""

from collections.abc import Iterator
from pathlib import Path

from finnews.items import Checkpoint
from finnews.spiders.checkpoint import ListProgress

FORMER = (
    "%s is not read by this version, so lists are read to their end; to keep it, stop this run and "
    "convert it as CHANGELOG.md says"
)


def former_checkpoints(directory: Path) -> Path | None:
    """Return the file of the checkpoints of version 1.0, if they are still to be converted."""
    former = directory / "walks.jsonl"
    is_open = former.exists() and not (directory / f"{Checkpoint.collection}.jsonl").exists()
    return former if is_open else None


def warnings(progress: ListProgress) -> Iterator[tuple[str, str]]:
    """Yield the count and the message of what was not as it should be when a list was read."""
    if progress.has_gap():
        message = "Articles may have been missed: the list does not reach back to the last run"
        yield "gaps", f"{message}: {progress.url}"
    if not progress.is_complete:
        why = f" ({progress.fault})" if progress.fault else ""
        message = f"list not read to its end{why}; a later run reads it again"
        yield "lists-not-read", f"{progress.url}: {message}"
