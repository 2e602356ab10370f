"""Workers of a Dask cluster that read saved pages; what they read comes back in order.

Dask is an extra: ``pip install finnews[dask]``.
"""

import logging
import pickle
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any, Final

from scrapy.utils.asyncio import run_in_thread, sleep

from finnews.outcome import WrongUsage
from finnews.saved.batches import Batch, Orders, joined, read_task, readers_here, tasks
from finnews.saved.readers import readers
from finnews.saved.reading import Part
from finnews.saved.sources import Source

logger = logging.getLogger(__name__)

_OF_WORKERS: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": 128 * 1024 * 1024,
}
"""Dask's settings of workers on this machine. At its own threshold, the memory of a page goes back
to the system after each page: reading takes a third longer."""

_ANY_PORT: Final = "127.0.0.1:0"
_POLL: Final = 0.02  # seconds
_LOOK: Final = 1.0  # seconds after which workers that have joined are looked for
_PATIENCE: Final = 60.0  # seconds without any worker
_AHEAD: Final = 3  # tasks a worker: one that it reads, one that waits for it, one that it has read


class NoWorkers(Exception):
    """No worker reads as this process does; the text says where."""


@dataclass(slots=True)
class _Task:
    """A task, and the workers that may do it."""

    parts: list[Part]
    future: Any
    """Of Dask's, of pickled batches."""

    workers: frozenset[str]


class Workers:
    """The workers of a cluster at an address, or of one with a number of them on this machine.

    A worker whose finnews reads pages in another way gets no task; one that joins late does. A task
    whose worker is lost is done by another. Of what is read, only as much is kept as they can read
    ahead of what is archived. Raises `OSError` if there is no cluster at the address.
    """

    def __init__(self, orders: Orders, address: str | None, number: int | None) -> None:
        self.orders = orders
        self.address = address or "this machine"
        self._scratch = TemporaryDirectory(prefix="finnews-")
        self._cluster = None if address else _local_cluster(number or 1, self._scratch.name)
        self._client: Any = _client(address or self._cluster)
        self._accepted: frozenset[str] = frozenset()
        self._refused: set[str] = set()
        self._looked = 0.0
        self._last_seen = time.monotonic()

    async def batches(self, parts: Iterable[Part]) -> AsyncIterator[tuple[Source, Batch]]:
        """Yield what parts of sources gave, in their order, and each of their entries once.

        Raises `NoWorkers`.
        """
        try:
            async for source, batch in joined(self._in_order(tasks(parts)), self._read):
                yield source, batch
        except (OSError, RuntimeError, CancelledError) as error:
            raise NoWorkers(f"the scheduler of {self.address} is lost: {error}") from error

    def close(self) -> None:
        """Leave the cluster; end one that was started here."""
        with suppress(OSError, TimeoutError):
            self._client.close(timeout=5)
            if self._cluster:
                self._cluster.close(timeout=5)
        self._scratch.cleanup()

    async def _in_order(self, all_tasks: Iterator[list[Part]]) -> AsyncIterator[tuple[Part, Batch]]:
        """Yield each part of the tasks with what it gave; tasks ahead are being done meanwhile."""
        ahead: deque[_Task] = deque()
        while True:
            await self._look()
            while len(ahead) < _AHEAD * len(self._accepted):
                if (parts := next(all_tasks, None)) is None:
                    break
                ahead.append(self._submitted(parts))
            if not ahead:
                return
            task = ahead.popleft()
            for part, batch in zip(task.parts, await self._result(task), strict=True):
                yield part, batch

    async def _read(self, part: Part) -> Batch:
        """Return what a part gives that is read before all that waits."""
        (batch,) = await self._result(self._submitted([part], priority=1))
        return batch

    def _submitted(self, parts: list[Part], priority: int = 0) -> _Task:
        workers = self._accepted
        future = self._client.submit(
            read_task,
            parts,
            self.orders,
            workers=sorted(workers),
            priority=priority,
            pure=False,
        )
        return _Task(parts, future, workers)

    async def _result(self, task: _Task) -> list[Batch]:
        """Return what a task gave, whichever worker did it."""
        while True:
            is_lost = task.future.cancelled() or task.future.status == "lost"
            if task.future.status == "error":
                return _failed(task)
            if task.future.done() and not is_lost:
                with suppress(TimeoutError):
                    read: bytes = await run_in_thread(task.future.result, _PATIENCE)
                    return list(pickle.loads(read))  # noqa: S301  # what this run's workers made
            await sleep(_POLL)
            await self._look()
            if is_lost or not task.workers & self._accepted:
                task = self._submitted(task.parts, priority=1)

    async def _look(self) -> None:
        """Look for workers that have joined, or are lost; wait while there is none."""
        while time.monotonic() - self._looked > _LOOK or not self._accepted:
            await self._update()
            self._looked = time.monotonic()
            if self._accepted:
                self._last_seen = self._looked
            elif self._looked - self._last_seen > _PATIENCE:
                what = "has this version of finnews" if self._refused else "answers"
                raise NoWorkers(f"no worker of {self.address} {what}")
            else:
                await sleep(_POLL)

    async def _update(self) -> None:
        present = frozenset(await run_in_thread(self._present))
        for lost in sorted(self._accepted - present):
            logger.warning("Worker %s is lost; others read what it was reading", lost)
        self._accepted &= present
        new = present - self._accepted - self._refused
        if new:
            answers = await run_in_thread(self._asked, new)
            for worker, answer in sorted(answers.items()):
                self._judge(worker, answer)

    def _present(self) -> list[str]:
        try:
            return list(self._client.scheduler_info(n_workers=-1).get("workers", {}))
        except OSError:  # the scheduler does not answer; it may again
            return []

    def _asked(self, workers: Iterable[str]) -> dict[str, Any]:
        """Return by what each worker reads, or why it cannot say that."""
        ask = readers_here if self._cluster else readers
        return dict(self._client.run(ask, workers=sorted(workers), on_error="return"))

    def _judge(self, worker: str, answer: object) -> None:
        if answer == readers():
            self._accepted |= {worker}
        elif isinstance(answer, OSError):
            return  # it is lost already
        else:
            self._refused |= {worker}
            has = "no finnews" if isinstance(answer, ImportError) else "another version of finnews"
            logger.warning("Worker %s has %s; it gets nothing to read", worker, has)


def check_installed() -> None:
    """Raise `WrongUsage` if Dask is not installed."""
    if find_spec("distributed") is None:
        raise WrongUsage("workers= and dask= need Dask: pip install 'finnews[dask]'")


def _failed(task: _Task) -> list[Batch]:
    """Return nothing for the parts of a task that has ended the processes of several workers."""
    error = task.future.exception()
    if type(error).__name__ != "KilledWorker":
        raise error
    advice = "has ended several workers; read the file without workers= to see on which page"
    return [Batch(error=f"from byte {part.start.offset} on {advice}") for part in task.parts]


def _local_cluster(number: int, scratch: str) -> Any:
    """Return a cluster of processes on this machine that only this machine reaches."""
    from dask import config  # noqa: PLC0415
    from distributed import LocalCluster  # noqa: PLC0415

    _silence()
    config.set(_OF_WORKERS)
    return LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=number,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=_ANY_PORT,
        local_directory=scratch,
        silence_logs=logging.CRITICAL,
    )


def _client(cluster: Any) -> Any:
    from distributed import Client  # noqa: PLC0415

    _silence()
    return Client(  # type: ignore[no-untyped-call]
        cluster, timeout=5, set_as_default=False
    )


def _silence() -> None:
    """Let Dask log nothing but what is critical: what counts for a run is told here."""
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
