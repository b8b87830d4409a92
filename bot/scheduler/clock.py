"""The clock: APScheduler in memory rings the jobs, rows in the database decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again: `run` looks at the rows and does what is due."""

    name: str
    seconds: int
    run: Callable[[], Awaitable[None]]


class Clock:
    """Rings jobs in the process that leads; a job never overlaps itself."""

    def __init__(self, database: Database, jobs: tuple[Job, ...]) -> None:
        self._database = database
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for job in jobs:
            self._scheduler.add_job(
                self._ring,
                "interval",
                args=[job],
                seconds=job.seconds,
                id=job.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._jobs = {job.name: job for job in jobs}

    async def _ring(self, job: Job) -> None:
        """Run a job unless another process has it; a failure is logged, not fatal."""
        try:
            async with self._database.alone(job.name) as won:
                if won:
                    await job.run()
        except Exception as fault:
            log.error("job_failed", job=job.name, fault=repr(fault))

    async def ring(self, name: str) -> int:
        """Run a job now, because something new came in; 0, for nothing more is known to wait."""
        await self._ring(self._jobs[name])
        return 0

    def start(self) -> None:
        """Begin to ring; needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        self._scheduler.shutdown(wait=False)
