"""What the bench's figures are made of: logs, traces, percentiles."""

from bench.rooms.figure import percentile
from bench.rooms.logs import gaps, lost
from bench.rooms.synced import early, read_trace
from devops_tycoon.workshop.entry import Entry

WROTE = '17 pwrite64(7, "\\0set web>catalog timeout=300ms\\0", 4096, 0) = 4096'
SYNCED = "17 fdatasync(7) = 0"
TOLD = '15 sendto(16, "{\\"log\\":[[0,\\"set web>catalog timeout=300ms\\"]]}", 60, 0, NULL, 0) = 60'


def an_order(n: int, seq: int = 1, text: str = "set web>catalog timeout=300ms") -> Entry:
    return Entry(n, 1, 5, "P01", seq, "order", text)


def a_client(*acknowledged: str) -> dict[str, object]:
    return {"me": "P01", "answers": [(0.0, 0.1, True, 5, text) for text in acknowledged]}


def test_an_order_that_is_in_the_log_once_is_not_lost() -> None:
    assert lost([an_order(1)], [a_client("set web>catalog timeout=300ms")]) == (1, 0)


def test_an_order_that_is_nowhere_or_twice_is_found() -> None:
    assert lost([], [a_client("set web>catalog timeout=300ms")]) == (1, 1)
    assert lost([an_order(1), an_order(2, 2)], [a_client("set web>catalog timeout=300ms")]) == (1, 1)
    assert lost([an_order(1), an_order(2, 1, "freeze")], [a_client()]) == (0, 1), "one number, two entries"


def test_a_log_counts_up_by_one_or_has_gaps() -> None:
    assert gaps([an_order(1), an_order(2)]) == 0
    assert gaps([an_order(1), an_order(3)]) == 1


def test_what_is_told_after_its_sync_is_not_early() -> None:
    assert early(read_trace([WROTE, SYNCED, TOLD])) == []


def test_what_is_told_before_its_sync_is_early() -> None:
    begun, ended = "17 fdatasync(7 <unfinished ...>", "17 <... fdatasync resumed>) = 0"
    for lines in (
        [WROTE, TOLD, SYNCED],
        [SYNCED, WROTE, TOLD],
        [begun, WROTE, ended, TOLD],
        [WROTE, begun, TOLD, ended],
    ):
        assert early(read_trace(lines)) == ["timeout=300ms"], lines
    assert early(read_trace([WROTE, begun, ended, TOLD])) == []
    assert early(read_trace([WROTE, "17 fdatasync(7) = -1 EIO", TOLD])) == ["timeout=300ms"], "a sync that failed"


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0
    assert percentile([], 0.99) == 0.0
