"""Where things of the user's own lie: settings, what is cached, and models and workloads of others."""

import os
from pathlib import Path

from workers.finding import VARIABLE


def config_dir() -> Path:
    """Where settings are kept: THREADMILL_CONFIG_DIR if that is set, else where the system keeps a user's settings."""
    chosen = os.environ.get("THREADMILL_CONFIG_DIR")
    if not chosen:
        import platformdirs

        chosen = platformdirs.user_config_dir("threadmill")
    return Path(chosen).absolute()


def cache_dir() -> Path:
    """Where what can be found out again is kept: under THREADMILL_CONFIG_DIR if that is set, else in the user's cache."""
    if os.environ.get("THREADMILL_CONFIG_DIR"):
        return config_dir() / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir("threadmill")).absolute()


def data_dir() -> Path:
    """Where what a user made is kept: under THREADMILL_CONFIG_DIR if that is set, else where the system keeps a user's data."""
    if os.environ.get("THREADMILL_CONFIG_DIR"):
        return config_dir() / "data"
    import platformdirs

    return Path(platformdirs.user_data_dir("threadmill")).absolute()


def state_dir() -> Path:
    """Where what a window leaves for the next one is kept: under THREADMILL_CONFIG_DIR if that is set, else in the user's state."""
    if os.environ.get("THREADMILL_CONFIG_DIR"):
        return config_dir() / "state"
    import platformdirs

    return Path(platformdirs.user_state_dir("threadmill")).absolute()


def plugin_folders() -> list[Path]:
    """Folders whose `models` and `workloads` hosts load as well: those of THREADMILL_PLUGINS, then the configuration directory."""
    named = [
        Path(part).expanduser().absolute() for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part.strip()
    ]
    return list(dict.fromkeys([*named, config_dir()]))
