"""The orb: the state and the loudness as one small picture. Says nothing that the words beside it don't say.

30 frames a second at most, 15 while it only breathes, none when it stands still, is hidden or motion is unwanted.
"""

# ruff: noqa: N802  (Qt names the methods that it calls)

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QRadialGradient, QShowEvent
from PySide6.QtWidgets import QWidget

from app.events import State
from ui.theme import Theme

SIZE = 56
RING = 19.0  # radius at rest
BREATHS_PER_SECOND = 0.25
TURNS_PER_SECOND = {"thinking": 0.7, "starting": 0.4}
INTERVALS = {"listening": 66, "starting": 50, "hearing": 33, "thinking": 33, "speaking": 33}  # ms
LEVEL_GAIN = 3.0  # speech has an RMS of about 0.1 to 0.3
LEVEL_SMOOTHING = 0.35  # of the way to the newest level in each frame


class Orb(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state: State = "starting"
        self._error = False
        self._target = 0.0
        self._level = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self.setFixedSize(SIZE, SIZE)
        theme.changed.connect(self._run)

    def set_state(self, state: State, error: bool = False) -> None:
        self._state, self._error = state, error
        self._target = 0.0
        self._run()

    def set_levels(self, microphone: float, voice: float) -> None:
        """Loudness from 0 to 1; shown by the next frame."""
        level = {"hearing": microphone, "speaking": voice}.get(self._state, 0.0)
        self._target = min(1.0, level * LEVEL_GAIN)

    @property
    def animated(self) -> bool:
        return self._timer.isActive()

    def sizeHint(self) -> QSize:
        return QSize(SIZE, SIZE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _run(self) -> None:
        interval = INTERVALS.get(self._state)
        if interval is None or self._error or self._theme.reduced_motion or not self.isVisible():
            self._timer.stop()
            self._level = 0.0
        elif not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)
        self.update()

    def _step(self) -> None:
        self._level += (self._target - self._level) * LEVEL_SMOOTHING
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(SIZE / 2, SIZE / 2)
        if self._error:
            self._paint_error(painter)
            return
        paint = {
            "listening": self._paint_listening,
            "hearing": self._paint_hearing,
            "thinking": self._paint_turning,
            "starting": self._paint_turning,
            "speaking": self._paint_speaking,
            "muted": self._paint_muted,
        }.get(self._state, self._paint_idle)
        paint(painter)

    def _paint_idle(self, painter: QPainter) -> None:
        self._ring(painter, self._theme.tokens.secondary, 2.0, RING)

    def _paint_listening(self, painter: QPainter) -> None:
        breath = 0.0
        if self._timer.isActive():
            breath = math.sin(2 * math.pi * BREATHS_PER_SECOND * time.monotonic())
        self._disc(painter, self._theme.tokens.accent, RING + 5 + breath, 0.10 + 0.03 * breath)
        self._ring(painter, self._theme.tokens.accent, 2.5, RING + breath)

    def _paint_hearing(self, painter: QPainter) -> None:
        self._disc(painter, self._theme.tokens.accent, RING + 1 + 8 * self._level, 0.22)
        self._ring(painter, self._theme.tokens.accent, 3.0 + 2.5 * self._level, RING - 1)

    def _paint_turning(self, painter: QPainter) -> None:
        starting = self._state == "starting"
        color = self._theme.tokens.secondary if starting else self._theme.tokens.accent
        self._ring(painter, color, 2.5, RING, 0.22)
        angle = 90.0
        if self._timer.isActive():
            angle -= 360 * TURNS_PER_SECOND[self._state] * time.monotonic() % 360
        pen = QPen(QColor(color), 3.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(-RING, -RING, 2 * RING, 2 * RING), int(angle * 16), 100 * 16)

    def _paint_speaking(self, painter: QPainter) -> None:
        color = QColor(self._theme.tokens.accent)
        self._disc(painter, color.name(), RING + 2 + 7 * self._level, 0.20)
        radius = RING - 2 + 3 * self._level
        gradient = QRadialGradient(QPointF(-radius / 3, -radius / 3), radius * 1.6)
        gradient.setColorAt(0.0, color.lighter(125))
        gradient.setColorAt(1.0, color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawEllipse(QPointF(0, 0), radius, radius)

    def _paint_muted(self, painter: QPainter) -> None:
        self._paint_idle(painter)
        reach = RING * math.sqrt(0.5)
        painter.drawLine(QPointF(-reach, -reach), QPointF(reach, reach))

    def _paint_error(self, painter: QPainter) -> None:
        self._disc(painter, self._theme.tokens.danger, RING + 5, 0.12)
        self._ring(painter, self._theme.tokens.danger, 2.5, RING)
        painter.drawLine(QPointF(0, -8), QPointF(0, 3))
        painter.drawPoint(QPointF(0, 9))

    def _ring(self, painter: QPainter, color: str, width: float, radius: float, opacity: float = 1.0) -> None:
        shade = QColor(color)
        shade.setAlphaF(opacity)
        pen = QPen(shade, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(0, 0), radius, radius)

    def _disc(self, painter: QPainter, color: str, radius: float, opacity: float) -> None:
        shade = QColor(color)
        shade.setAlphaF(opacity)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawEllipse(QPointF(0, 0), radius, radius)
