"""Colour ramps for pictures, even to the eye: mixed in Oklab, lightness rising (dark theme) or falling (light one) all the way."""

import numpy as np
from numpy.typing import NDArray

INK = {"light": "#141A26", "dark": "#0A0D12"}
"""What is not painted, or has no value."""
STOPS = {
    "light": ("#F6FAFE", "#CFE4F6", "#8FC1EA", "#3A8DDE", "#0067B1", "#3F3A94", "#5A1F66", "#2A0B2E"),
    "dark": ("#0E1A2B", "#123A66", "#0067B1", "#3A9BE0", "#7CC8F2", "#F2B84B", "#F7D98F", "#FFF6E0"),
}

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def oklab(colour: str) -> NDArray[np.float64]:
    """#RRGGBB as (lightness, a, b)."""
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    lab: NDArray[np.float64] = _TO_LAB @ np.cbrt(_TO_LMS @ linear)
    return lab


def _rgb(lab: NDArray[np.float64]) -> NDArray[np.uint32]:
    """Rows of (lightness, a, b) as rows of (red, green, blue), 0 to 255; what no screen has is cut off."""
    linear = np.clip((lab @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T, 0, 1)
    rgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(rgb * 255).astype(np.uint32)


def ramp(name: str) -> NDArray[np.uint32]:
    """256 colours as 0xFFRRGGBB for the theme of that name: ink for 0, then evenly from one end to the other."""
    labs = np.array([oklab(stop) for stop in STOPS[name]])
    # As far apart as the eye sees them: no stretch runs faster than another.
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(labs, axis=0), axis=1))])
    places = np.linspace(0, way[-1], 255)
    mixed = np.stack([np.interp(places, way, labs[:, channel]) for channel in range(3)], axis=1)
    red, green, blue = _rgb(np.vstack([oklab(INK[name]), mixed])).T
    table: NDArray[np.uint32] = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
    return table
