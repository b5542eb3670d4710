"""A sandbox may forbid what the standard library takes for granted. What can go on without it does; what cannot is said before a run."""

import multiprocessing
import os


def processes_lack() -> str:
    """Why worker processes cannot be had here, in words; empty where they can. To say that they are ready they need semaphores."""
    methods = multiprocessing.get_all_start_methods()
    try:
        # Under "fork" its name is gone at once, and nobody is asked to remember it.
        multiprocessing.get_context("fork" if "fork" in methods else None).Semaphore(1)
    except ImportError:
        return "this Python has no semaphores (sem_open), which worker processes need"
    except OSError as error:
        return f"no semaphore can be made here ({error.strerror}), and worker processes need some"
    return ""


def ask_gently() -> None:
    """Where asking for the system's configuration is forbidden, have the standard library take it as not known, as on systems that
    do not say: concurrent.futures would make no process pool for the question alone."""
    ask = os.sysconf
    try:
        ask("SC_SEM_NSEMS_MAX")
    except PermissionError:
        pass
    except (OSError, ValueError):
        return
    else:
        return

    def gently(name: str | int) -> int:
        try:
            return ask(name)
        except PermissionError:
            raise ValueError("unrecognized configuration name") from None

    os.sysconf = gently
