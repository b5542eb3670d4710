"""FilmStage: one scene of a race film, painted: the lanes above, the counter below, an arrow for what goes between them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.charts.film_story import Scene, Story
from gui.charts.film_words import FilmWords
from gui.charts.notes import draw_note
from gui.figures import grouped, monospace, tabular
from gui.lane_words import in_words
from gui.theme import ThemeSource

WIDE_EM = 44
"""From so many heights of type on, all steps stand beside the picture."""
_LEAST_EM = 2.1
"""In less than so many heights of type there is no picture, and the words stand alone."""
_CENTRE = Qt.AlignmentFlag.AlignCenter
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class FilmStage(QWidget):
    """Shows a scene of a story. Everything is measured in the widget's font, so that it grows with it."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._story: Story | None = None
        self._step = 0
        self.words = FilmWords(self)
        self.setObjectName("filmStage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_scene(self, story: Story | None, step: int) -> None:
        """Show this step of this story; None: there is none."""
        self._story, self._step = story, step
        words = self.words
        if story is None:
            self.setAccessibleName(words.empty())
            self.setAccessibleDescription("")
        else:
            unknown = words.unknown(story) if step == len(story.scenes) - 1 else ""
            self.setAccessibleName(" ".join(filter(None, (words.sentence(story, story.scenes[step]), unknown))))
            self.setAccessibleDescription("\n".join(words.lines(story)))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for the lanes, the counter and two lines of text."""
        em = QFontInfo(self.font()).pixelSize()
        return QSize(em * 18, em * 11)

    # ---- painting -------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """The scene; beside it, or below, what it says."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(6, 6, -6, -5)
        story = self._story
        if story is None:
            draw_note(painter, room, self.words.empty(), self._theme, self)
        else:
            em = QFontInfo(self.font()).pixelSize()
            beside = QRectF(room)
            beside.setLeft(room.left() + room.width() * 0.52)
            if room.width() >= WIDE_EM * em and self._list_height(story, beside.width()) <= room.height():
                self._draw_list(painter, story, beside)
                room.setRight(beside.left() - 1.5 * em)
                self._draw_scene(painter, story, room)
            else:
                height = min(self._sentence_height(story, room.width()), room.height())
                words = QRectF(room.left(), room.bottom() - height, room.width(), height)
                room.setBottom(words.top() - em * 0.4)
                if room.height() >= em * _LEAST_EM:
                    self._draw_scene(painter, story, room)
                    self._draw_sentence(painter, story, words, 1.0)
                else:
                    self._draw_words(painter, story, QRectF(self.rect()).adjusted(6, 1, -6, -1))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _told(self, story: Story, step: int) -> str:
        """The text of a step."""
        words, scene = self.words, story.scenes[step]
        unknown = words.unknown(story) if step == len(story.scenes) - 1 else ""
        return " ".join(filter(None, (words.when(scene), "\u2002" + words.sentence(story, scene), unknown)))

    def _text_height(self, text: str, width: float, font: QFont) -> float:
        return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 1e4), _WRAPPED, text).height()

    def _sentence_height(self, story: Story, width: float, scale: float = 1.0) -> float:
        # That of the longest: the picture above must not jump from step to step.
        font = tabular(self.font(), scale)
        return max(self._text_height(self._told(story, i), width, font) for i in range(len(story.scenes)))

    def _draw_words(self, painter: QPainter, story: Story, room: QRectF) -> None:
        """The words alone, in smaller type where they would be cut off."""
        tries = [
            (scale, self._sentence_height(story, room.width(), scale)) for scale in (1.0, 12 / 13, 11 / 13, 10 / 13)
        ]
        scale, height = next((item for item in tries if item[1] <= room.height()), tries[-1])
        room.setTop(room.top() + max(0.0, (room.height() - height) / 2))
        self._draw_sentence(painter, story, room, scale)

    def _draw_sentence(self, painter: QPainter, story: Story, rect: QRectF, scale: float) -> None:
        last = self._step == len(story.scenes) - 1
        theme = self._theme.theme
        painter.setFont(tabular(self.font(), scale))
        painter.setPen(QColor(theme.bad if last else theme.text))
        painter.drawText(rect, _WRAPPED, self._told(story, self._step))

    def _list_height(self, story: Story, width: float) -> float:
        em = QFontInfo(self.font()).pixelSize()
        bold = tabular(self.font(), weight=QFont.Weight.DemiBold)
        return sum(
            self._text_height(self._told(story, i), width - em, bold) + em * 0.6 for i in range(len(story.scenes))
        )

    def _draw_list(self, painter: QPainter, story: Story, rect: QRectF) -> None:
        theme, em = self._theme.theme, QFontInfo(self.font()).pixelSize()
        bold = tabular(self.font(), weight=QFont.Weight.DemiBold)
        y = rect.top() + max(0.0, (rect.height() - self._list_height(story, rect.width())) / 2)
        for i in range(len(story.scenes)):
            text, now = self._told(story, i), i == self._step
            height = self._text_height(text, rect.width() - em, bold)
            if now:
                bar = QRectF(rect.left(), y, 3, height)
                painter.fillRect(bar, QColor(theme.bad if i == len(story.scenes) - 1 else theme.accent))
            painter.setFont(bold if now else tabular(self.font()))
            painter.setPen(QColor(theme.text if i <= self._step else theme.muted))
            painter.drawText(QRectF(rect.left() + em, y, rect.width() - em, height + 1), _WRAPPED, text)
            y += height + em * 0.6

    def _draw_scene(self, painter: QPainter, story: Story, rect: QRectF) -> None:
        em = float(QFontInfo(self.font()).pixelSize())
        big = self._big()
        bare, called = QFontMetricsF(big).height() + em * 0.5, QFontMetricsF(self._small()).height()
        # Where there is little room PIDs go first, then the name of the counter.
        pids = rect.height() >= bare + called + em * 8.4
        lane_height = em * (4.9 if pids else 3.4)
        counter_height = bare + called if rect.height() >= bare + called + lane_height + em * 1.6 else bare
        spare = rect.height() - lane_height - counter_height
        gap = min(max(em * 1.6, spare), em * 5)
        top = rect.top() + max(0.0, (spare - gap) / 2)
        n = len(story.lanes)
        numbers = [grouped(s.counter) for s in story.scenes] + [
            f"{grouped(s.gone or 0)} {grouped(s.value)}" for s in story.scenes
        ]
        width = max(em * 8, max(map(QFontMetricsF(big).horizontalAdvance, numbers)) + em * 1.6)
        width = min(width, rect.width() * 0.44)
        if spare < em * 1.6:
            arrow = max(QFontMetricsF(self._strong()).horizontalAdvance(grouped(s.value)) for s in story.scenes) + em
            boxes, counter = _in_a_row(rect, n, min(width, rect.width() * 0.28), arrow, em)
            self._draw_parts(painter, story, boxes, counter, rect, em * 4.6 <= rect.height())
            return
        wide = min(em * 13, (rect.width() - em * (n - 1)) / n)
        pitch = (rect.width() - wide) / (n - 1) if n > 1 else 0.0
        boxes = [QRectF(rect.left() + i * pitch, top, wide, lane_height) for i in range(n)]
        middle = rect.center().x() if n > 1 else min(rect.right() - width / 2, boxes[0].right() + em * 6)
        counter = QRectF(middle - width / 2, top + lane_height + gap, width, counter_height)
        self._draw_parts(painter, story, boxes, counter, rect, pids)

    def _draw_parts(
        self, painter: QPainter, story: Story, boxes: list[QRectF], counter: QRectF, rect: QRectF, pids: bool
    ) -> None:
        scene, names = story.scenes[self._step], tuple(map(in_words, story.names()))
        for i, box in enumerate(boxes):
            self._draw_lane(painter, box, names[i], story.lanes[i].pid if pids else None, scene, i)
        self._draw_counter(painter, counter, story.counter, scene, self._big())
        self._draw_arrow(painter, boxes[scene.lane], counter, rect, scene)

    def _big(self) -> QFont:
        return tabular(self.font(), 1.6, QFont.Weight.DemiBold)

    def _strong(self) -> QFont:
        return tabular(self.font(), weight=QFont.Weight.DemiBold)

    def _small(self) -> QFont:
        return tabular(self.font(), 12 / 13)

    def _draw_lane(self, painter: QPainter, box: QRectF, name: str, pid: int | None, scene: Scene, lane: int) -> None:
        theme, words = self._theme.theme, self.words
        active, stale = scene.lane == lane, scene.stale[lane]
        pen = QPen(
            QColor(theme.accent if active else theme.warn if stale else theme.line), 1.5 if active or stale else 1
        )
        if stale:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(theme.hover if active else theme.card))
        painter.drawRoundedRect(box, 6, 6)
        em = float(QFontInfo(self.font()).pixelSize())
        inner = box.adjusted(em * 0.5, em * 0.3, -em * 0.5, -em * 0.3)
        small, strong = self._small(), self._strong()
        lines = [(name, strong, theme.text)]
        if pid is not None:
            lines.append((f"PID {pid}", monospace(self.font(), 11 / 13), theme.muted))
        held = scene.held[lane]
        number = grouped(held) if held is not None else ""
        tries: tuple[str, ...] = (words.holding(held), number)
        lines.append((_fitting(tries, tabular(self.font()), inner.width()), tabular(self.font()), theme.text))
        if stale:
            tries = (*(f"{text} · {words.out_of_date()}" for text in tries), words.out_of_date())
            lines[-1] = (_fitting(tries, small, inner.width()), small, theme.warn)
        if inner.height() < QFontMetricsF(strong).height() * 2:
            # Room for one line: with the number where that fits.
            both = "  ".join(filter(None, (name, number)))
            lines = [(_fitting((both, name), strong, inner.width()), strong, theme.warn if stale else theme.text)]
        for i, (text, font, colour) in enumerate(lines):
            line = QRectF(
                inner.left(), inner.top() + i * inner.height() / len(lines), inner.width(), inner.height() / len(lines)
            )
            self._draw_line(painter, line, text, font, colour)

    def _draw_line(self, painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _CENTRE, shown)

    def _draw_counter(self, painter: QPainter, box: QRectF, called: str, scene: Scene, big: QFont) -> None:
        theme = self._theme.theme
        painter.setPen(QPen(QColor(theme.bad if scene.gone is not None else theme.muted), 1.5))
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(box, 6, 6)
        em = float(QFontInfo(self.font()).pixelSize())
        value = box.adjusted(0, em * 0.2, 0, -em * 0.2)
        name_height = QFontMetricsF(self._small()).height()
        if value.height() >= QFontMetricsF(big).height() + name_height:
            name = QRectF(box.left(), value.top(), box.width(), name_height)
            self._draw_line(painter, name, called, self._small(), theme.muted)
            value.setTop(name.bottom())
        new = grouped(scene.counter)
        old = grouped(scene.gone) if scene.gone is not None else ""
        struck = tabular(self.font(), 1.1)
        struck.setStrikeOut(True)
        # The number that is gone stands before the new one, struck out.
        gap = em * 0.6
        wide = QFontMetricsF(big).horizontalAdvance(new)
        before = QFontMetricsF(struck).horizontalAdvance(old) + gap if old else 0.0
        if wide + before > box.width() - em * 0.6:
            before, old = 0.0, ""
        left = value.center().x() - (wide + before) / 2
        painter.setFont(struck)
        painter.setPen(QColor(theme.bad))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, value.top(), before, value.height()), middle, old)
        painter.setFont(big)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(left + before, value.top(), wide + 2, value.height()), middle, new)

    def _draw_arrow(self, painter: QPainter, lane: QRectF, counter: QRectF, room: QRectF, scene: Scene) -> None:
        """From the counter to the lane that reads it, from the lane that writes to the counter, with what it carries."""
        theme, em = self._theme.theme, float(QFontInfo(self.font()).pixelSize())
        colour = QColor(theme.bad if scene.gone is not None else theme.accent)
        x = lane.center().x()
        straight = counter.left() + em < x < counter.right() - em
        points = [QPointF(x, lane.bottom() + 1)]
        level = lane.bottom() > counter.top()
        if level:
            # Side by side.
            to_right = lane.right() < counter.left()
            y = counter.center().y() + em * 0.5
            points = [QPointF(lane.right() + 1 if to_right else lane.left() - 1, y)]
            points.append(QPointF(counter.left() - 1 if to_right else counter.right() + 1, y))
        elif straight:
            points.append(QPointF(x, counter.top() - 1))
        else:
            y = counter.center().y()
            points += [QPointF(x, y), QPointF(counter.left() - 1 if x < counter.left() else counter.right() + 1, y)]
        if scene.op == "read":
            points.reverse()
        end, before = points[-1], points[-2]
        head = em * 0.55
        length = max(1e-6, abs(end.x() - before.x()) + abs(end.y() - before.y()))
        along = QPointF((end.x() - before.x()) / length, (end.y() - before.y()) / length)
        base = end - along * head
        across = QPointF(-along.y(), along.x()) * (head * 0.6)
        painter.setPen(QPen(colour, 2, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([*points[:-1], base]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([end, base + across, base - across]))
        font = self._strong()
        text = self.words.doing(scene)
        wide = QFontMetricsF(font).horizontalAdvance(text) + 4
        height = QFontMetricsF(font).height()
        if level:
            first, last = sorted((points[0].x(), points[-1].x()))
            shown = text if wide <= last - first else grouped(scene.value)
            self._draw_line(
                painter,
                QRectF(first, points[0].y() - height - em * 0.3, last - first, height),
                shown,
                font,
                colour.name(),
            )
            return
        # Between lane and counter, on that side of the arrow where there is more room.
        right = room.right() - x >= x - room.left()
        left = x + em * 0.5 if right else x - em * 0.5 - wide
        gap = counter.top() - lane.bottom()
        rect = QRectF(
            min(max(left, room.left()), room.right() - wide), lane.bottom() + (gap - height) / 2, wide, height
        )
        self._draw_line(painter, rect, text, font, colour.name())


def _fitting(texts: tuple[str, ...], font: QFont, width: float) -> str:
    """The first of these that is not too wide; where all are, the last."""
    wide = QFontMetricsF(font).horizontalAdvance
    return next((text for text in texts if wide(text) <= width), texts[-1])


def _in_a_row(rect: QRectF, lanes: int, width: float, arrow: float, em: float) -> tuple[list[QRectF], QRectF]:
    """Where there is no room below: the counter between the lanes, or beside the only one. `width`: the counter's; `arrow`: its least."""
    height = min(rect.height(), em * 5.2)
    top = rect.top() + (rect.height() - height) / 2
    wide = max(em * 3, min(em * 13, (rect.width() - width - arrow * lanes) / lanes))
    gap = min((rect.width() - width - wide * lanes) / lanes, em * 12)
    boxes, counter = [QRectF(rect.left(), top, wide, height)], QRectF(rect.left() + wide + gap, top, width, height)
    for place in range(lanes - 1):
        boxes.append(QRectF(counter.right() + gap + place * (wide + gap), top, wide, height))
    return boxes, counter
