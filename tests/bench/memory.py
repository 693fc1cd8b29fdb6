"""How much memory a process took."""

import resource
import sys
from pathlib import Path

MOST_GROWTH_MIB = 60.0
"""What a file of 500,000 rows may take more than one of 10,000."""

_STATUS = Path("/proc/self/status")


def peak_mib() -> float:
    """The most memory that this process ever had, MiB.

    Linux's ``getrusage`` also counts what the process had that started this one, which hides a small peak under a large parent.
    """
    if _STATUS.exists():
        return next(int(line.split()[1]) for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:")) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2
