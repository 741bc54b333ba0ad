"""Lists whose k-th items can be done at once."""

from devops_tycoon.lab.vector.exact import Index, indices


def rounds_of(lists: list[tuple[int, list[int]]]) -> tuple[tuple[Index, Index], ...]:
    """Return (keys, k-th items) for k = 0, 1, …: what can be done at once if each list has its order."""
    rounds: list[tuple[Index, Index]] = []
    left = [pair for pair in lists if pair[1]]
    k = 0
    while left:
        rounds.append((indices([key for key, _ in left]), indices([items[k] for _, items in left])))
        k += 1
        left = [pair for pair in left if len(pair[1]) > k]
    return tuple(rounds)
