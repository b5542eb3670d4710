"""Colours that tell lanes apart in text. They mean nothing else, and the lane's name stands beside them."""

from gui.theme import Theme

LANES = {
    "light": ("#1D6FB8", "#8A6A00", "#6A2C91", "#3F8068", "#343A55", "#5A4A12"),
    "dark": ("#6FBBEF", "#E6CF4E", "#9A7CF5", "#3F9E86", "#E3E8EF", "#A98F3C"),
}
"""Each with a contrast of 4.5 or more to a card, as far from each other as can be (Oklab), for colour-blind eyes too, and none
like the colour of failures."""


def lane_colour(theme: Theme, order: int) -> str:
    """The colour of the lane that came as number `order`, from 0; after the last one they begin again."""
    colours = LANES[theme.name]
    return colours[order % len(colours)]
