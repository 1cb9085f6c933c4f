"""Tests shared among processes that are forked when all is imported and collected, once.

Workers of pytest-xdist each import and collect everything for themselves, twenty seconds of
processor time apiece here, and read again what the others have read.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from multiprocessing.connection import Connection, wait
from typing import Any

import pytest

FORKING = multiprocessing.get_context("fork")
Place = tuple[int, int]  # of a test: its scope's number, its own there


class Sending:
    """In a forked process: what a test reports goes to the process that prints."""

    def __init__(self, to: Connection, config: pytest.Config) -> None:
        self.to, self.config = to, config

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What came of a test, and of what was made for it where that went wrong."""
        if report.when != "call" and report.passed:
            return  # twice as many as tests, and nobody looks at them
        made = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.to.send(made)


class Forked:
    """The processes, and which test each of them runs."""

    def __init__(self, session: pytest.Session, scopes: list[list[pytest.Item]]) -> None:
        self.session, self.config, self.scopes = session, session.config, scopes
        self.waiting: Any = FORKING.SimpleQueue()
        self.running: dict[Connection, tuple[Any, list[Place]]] = {}

    def run(self, processes: int) -> None:
        """Run all scopes, the first ones first."""
        feeding = threading.Thread(target=self._feed, args=(processes,))
        for _ in range(processes):
            self._fork()
        feeding.start()
        try:
            while self.running:
                for one in wait([*self.running]):
                    self._hear(one)  # type: ignore[arg-type]
                if why := self.session.shouldfail:
                    raise self.session.Failed(why)
                if why := self.session.shouldstop:
                    raise self.session.Interrupted(why)
        finally:
            for process, _ in self.running.values():
                process.terminate()
        feeding.join()

    def _feed(self, processes: int) -> None:
        for number in [*range(len(self.scopes)), *[None] * processes]:
            self.waiting.put(number)

    def _fork(self, left: Iterable[Place] = ()) -> None:
        ours, theirs = FORKING.Pipe(duplex=False)
        process = FORKING.Process(target=self._work, args=(theirs, [ours, *self.running], left))
        process.start()
        theirs.close()
        self.running[ours] = process, []

    def _hear(self, one: Connection) -> None:
        process, places = self.running[one]
        try:
            told = one.recv()
        except EOFError:
            del self.running[one]
            process.join()
            if process.exitcode:
                self._replace(process.exitcode, places)
            return
        if isinstance(told, list):
            self.running[one] = process, told
            item = self._at(told[0])
            item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        else:
            report = self.config.hook.pytest_report_from_serializable(config=self.config, data=told)
            self.config.hook.pytest_runtest_logreport(report=report)

    def _replace(self, code: int, places: list[Place]) -> None:
        """The test that ended its process has failed; another process runs what that one left."""
        if not places:
            raise pytest.UsageError(f"a process of the tests ended with {code} before any test")
        item = self._at(places[0])
        wrong = f"the process of the tests ended with {code} in {item.nodeid}"
        report = pytest.TestReport(
            item.nodeid, item.location, {}, "failed", wrong, when="call", duration=0
        )  # fmt: skip
        item.ihook.pytest_runtest_logreport(report=report)
        (scope, number), *following = places
        taken = dict.fromkeys([scope, *(other for other, _ in following)])
        left = [(one, each) for one in taken for each in range(len(self.scopes[one]))]
        self._fork(left[number + 1 :])

    def _at(self, place: Place) -> pytest.Item:
        return self.scopes[place[0]][place[1]]

    # ------------------------------------------------------ in a forked process

    def _work(self, to: Connection, of_others: list[Connection], left: Iterable[Place]) -> None:
        for one in of_others:
            one.close()
        manager = self.config.pluginmanager
        manager.unregister(name="terminalreporter")
        if capturing := manager.get_plugin("capturemanager"):  # into files of its own
            capturing.stop_global_capturing()
            capturing.start_global_capturing()
            capturing.suspend_global_capture()
        manager.register(Sending(to, self.config), "sending")
        places = chain(left, self._taken())
        place = next(places, None)
        while place is not None:
            following = next(places, None)  # what is kept for it is not taken down
            to.send([one for one in (place, following) if one])
            self.config.hook.pytest_runtest_protocol(
                item=self._at(place), nextitem=following and self._at(following)
            )
            if self.session.shouldfail or self.session.shouldstop:
                self.session._setupstate.teardown_exact(None)
                break
            place = following
        to.close()

    def _taken(self) -> Iterator[Place]:
        while (scope := self.waiting.get()) is not None:
            for number in range(len(self.scopes[scope])):
                yield scope, number


def in_scopes(
    items: list[pytest.Item], scope: Callable[[pytest.Item], str]
) -> list[list[pytest.Item]]:
    """The tests that must share a process, in the order of each one's first."""
    found: dict[str, list[pytest.Item]] = {}
    for item in items:
        found.setdefault(scope(item), []).append(item)
    return [*found.values()]


def run_forked(
    session: pytest.Session, processes: int, scope: Callable[[pytest.Item], str]
) -> bool:
    """Run a session's tests in so many processes."""
    if session.testsfailed and not session.config.option.continue_on_collection_errors:
        raise session.Interrupted(f"{session.testsfailed} error during collection")
    if threading.active_count() > 1:
        names = ", ".join(one.name for one in threading.enumerate())
        raise pytest.UsageError(f"cannot fork: threads run here ({names})")
    factory = getattr(session.config, "_tmp_path_factory", None)
    if factory is not None:
        factory.getbasetemp()  # one for all
    Forked(session, in_scopes(session.items, scope)).run(processes)
    return True
