"""What a race film says: a sentence for each step, and its time."""

from PySide6.QtCore import QObject

from gui.charts.film_story import Scene, Story
from gui.figures import grouped
from gui.lane_words import in_words


class FilmWords(QObject):
    """Puts a story into words."""

    def sentence(self, story: Story, scene: Scene) -> str:
        """One step."""
        names = tuple(map(in_words, story.names()))
        name, value = names[scene.lane], grouped(scene.value)
        if scene.op == "read":
            return self.tr("{lane} reads {value}.").format(lane=name, value=value)
        if scene is story.scenes[-1]:
            gone = _grouped(self.tr("%n update(s) are gone.", "", story.lost), story.lost)
            if scene.gone is None:
                return " ".join((self.tr("{lane} writes {value}.").format(lane=name, value=value), gone))
            over = self.tr("{lane} writes {value} over {old}:").format(lane=name, value=value, old=grouped(scene.gone))
            return f"{over} {gone}"
        written = self.tr("{lane} writes {value}.").format(lane=name, value=value)
        if scene.since < 1:
            return written
        since = _grouped(self.tr("%n addition(s) since {lane} read.", "", scene.since), scene.since)
        return f"{written} {since.format(lane=names[0])}"

    def unknown(self, story: Story) -> str:
        """What the film cannot tell; empty where it tells all."""
        gone = story.scenes[-1].gone
        if story.whole or gone is None:
            return ""
        return self.tr("Who wrote {value} was not recorded.").format(value=grouped(gone))

    def when(self, scene: Scene) -> str:
        """Time since the first step."""
        if scene.after_ns < 1_000_000:
            return self.tr("+{n} µs").format(n=grouped(scene.after_ns / 1e3, 1 if 0 < scene.after_ns < 10_000 else 0))
        if scene.after_ns < 1_000_000_000:
            return self.tr("+{n} ms").format(n=grouped(scene.after_ns / 1e6, 3 if scene.after_ns < 100_000_000 else 1))
        return self.tr("+{n} s").format(n=grouped(scene.after_ns / 1e9, 2))

    def lines(self, story: Story) -> list[str]:
        """All of it, a line a step."""
        steps = [f"{self.when(scene)}  {self.sentence(story, scene)}" for scene in story.scenes]
        unknown = self.unknown(story)
        return [*steps, unknown] if unknown else steps

    def title(self, number: int, story: Story) -> str:
        """A film among others, to choose it by."""
        return self.tr("Film {number}: {n} lost").format(number=number, n=grouped(story.lost))

    def doing(self, scene: Scene) -> str:
        """Beside the arrow."""
        words = self.tr("reads {value}") if scene.op == "read" else self.tr("writes {value}")
        return words.format(value=grouped(scene.value))

    def holding(self, value: int | None) -> str:
        """What a lane has."""
        return self.tr("has {value}").format(value=grouped(value)) if value is not None else ""

    def out_of_date(self) -> str:
        """Said of what it has, when the counter has gone on."""
        return self.tr("out of date")

    def empty(self) -> str:
        """Where there is no film."""
        return self.tr("When an update of a shared counter is lost, it is shown here step by step.")


def _grouped(text: str, count: int) -> str:
    """The number that Qt has written, as all others are written here."""
    return text.replace(str(count), grouped(count), 1)
