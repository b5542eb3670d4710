"""Which version this is, as the installed package says."""


def version() -> str:
    """The version, or "from source" where the package is not installed."""
    # Costs 30 ms, and the first paint does not need it.
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("threadmill")
    except PackageNotFoundError:
        return "from source"
