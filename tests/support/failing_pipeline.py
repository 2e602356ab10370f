"""A pipeline with a fault: ``-s ITEM_PIPELINES=…`` puts it before the others."""

import json
from typing import Any

from finnews import settings
from finnews.items import Article

FAILING = 3


class FailingPipeline:
    """Fails with the third article of a run."""

    def __init__(self) -> None:
        self.articles = 0

    def process_item(self, item: Any) -> Any:
        self.articles += isinstance(item, Article)
        if isinstance(item, Article) and self.articles == FAILING:
            raise RuntimeError(f"article {item.id}")
        return item


def with_failing_pipeline() -> list[str]:
    """Return the options of a run that has it."""
    pipelines = {"tests.support.failing_pipeline.FailingPipeline": 50} | settings.ITEM_PIPELINES
    return ["-s", f"ITEM_PIPELINES={json.dumps(pipelines)}"]
