"""A workload that can be set up in the host, and in no worker."""

import multiprocessing

from workers.plugin import WorkloadInfo

INFO = WorkloadInfo(title="No set-up", summary="For a test.", bound="waiting")


def arguments(params, random):
    while True:
        yield (1,)


def bind():
    """Called in each worker before it is ready."""
    if multiprocessing.parent_process() is not None:
        raise LookupError("no licence for this worker")
    return run, None


def run(number):
    return number
