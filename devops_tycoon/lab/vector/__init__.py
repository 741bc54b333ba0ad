"""The flow kernel for numpy: many runs of one network side by side, or one very large network; bit for bit the plain.

Needs the extra `lab` (numpy). A network that uses something `unsupported` names must be advanced by the plain kernel
`sim.flow.advance`; nothing is computed approximately.
"""

from devops_tycoon.lab.vector.batch import BatchReading, BatchState
from devops_tycoon.lab.vector.kernel import advance_batch
from devops_tycoon.lab.vector.unsupported import unsupported

__all__ = ["BatchReading", "BatchState", "advance_batch", "unsupported"]
