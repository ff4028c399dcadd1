"""The assistant: one conversation, from ears to voice. Starts turns, settles who has the floor, and tells listeners.

Threads: the ears' own, one per turn, and the engines' readers. Barge-in in two steps: at the first sound the voice is
held; at the first words the turn is cut off, or, if no words come, the voice goes on from where it was held.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from typing import Any

from app.clock import Clock
from app.conversation import Conversation
from app.ears import Ears
from app.events import (
    Event,
    LevelChanged,
    Listener,
    NoticeRaised,
    PlaybackStarted,
    SpeechEnded,
    SpeechStarted,
    Stage,
    State,
    StateChanged,
    WordsHeard,
)
from app.session import Session, Toolbox, Turn
from app.slots import EngineSlot
from app.speakable import warm_up
from app.turn import run_turn
from app.utterance import Utterance
from engines.audio.playback import Playback
from engines.audio.ports import Speaker
from engines.cancel import CancelToken
from engines.protocols import LanguageModel, SpeechRecognizer, SpeechSynthesizer

log = logging.getLogger("repartee")

LEVELS_EVERY_FRAMES = 5  # 20 a second
CLOSE_SECONDS = 2.0  # for turns to be remembered
HOLD_SECONDS = 2.0  # the longest that an answer waits for a sound to become words
FLOOR_SECONDS = 10.0  # a turn that was cut off and still isn't over by then is left behind


class Assistant:
    """`start()`, then `listen(ears)` and `ask(text)`; `close()` at the end. All methods are safe from any thread."""

    def __init__(
        self,
        *,
        hear: EngineSlot[SpeechRecognizer],
        think: EngineSlot[LanguageModel],
        speak: EngineSlot[SpeechSynthesizer],
        speaker: Speaker | None,
        toolbox: Toolbox,
        clock: Clock,
        conversation: Conversation,
        language: str = "en",
        barge_in: bool = True,
        half_duplex: bool = False,
        utterance_limit: int | None = None,
    ) -> None:
        self._slots: tuple[EngineSlot[Any], ...] = (hear, think, speak)
        self._speaker = speaker
        self._clock = clock
        self._deaf_while_speaking = half_duplex or not barge_in
        self._utterance_limit = utterance_limit
        self._listeners: list[Listener] = []
        self._emit_lock = threading.RLock()
        self._lock = threading.Lock()
        self._settled = threading.Condition(self._lock)
        self._last_id = 0
        self._open: dict[int, Turn] = {}  # turns that are not over
        self._floor: Turn | None = None
        self._held: dict[int, Turn] = {}  # turns that are silent for another turn's sake, by that one's id
        self._announcements: list[Playback] = []
        self._announcing = threading.Lock()
        self._waiting_for_announcement: list[Playback] = []
        self._state: State = "starting"
        self._closing = False
        self._muted = False
        self._heard: tuple[int, str] = (0, "")
        self._frames = 0
        self._ears: Ears | None = None
        self._ears_thread: threading.Thread | None = None
        self.ears_failure: Exception | None = None
        self.session = Session(
            hear=hear,
            think=think,
            speak=speak,
            open_playback=self._open_playback,
            conversation=conversation,
            toolbox=toolbox,
            clock=clock,
            emit=self.emit,
            take_floor=self._take_floor,
            give_way=self._turn_over,
            language=language,
        )

    # -- life

    def start(self, wait: bool = False, stages: Collection[Stage] = ("hear", "think", "speak")) -> None:
        """Load the engines of these stages in the background, or wait for them."""
        if self._speaker is not None:
            threading.Thread(
                target=warm_up, args=(self.session.language,), name="warm-up", daemon=True
            ).start()
        slots = [slot for slot in self._slots if slot.stage in stages]
        for slot in slots:
            slot.begin(self._slot_settled)
        if wait:
            for slot in slots:
                slot.wait()
        self._show_state()

    def use_speaker(self, speaker: Speaker | None, deaf_while_speaking: bool = False) -> None:
        """Speak from the next turn on through this loudspeaker."""
        self._speaker = speaker
        self._deaf_while_speaking |= deaf_while_speaking

    def listen(self, ears: Ears, on_end: Callable[[Exception | None], None] = lambda failure: None) -> None:
        """Begin to hear, on a thread of its own; `on_end` is called there when hearing is over."""
        ears.muted = self._muted
        self._ears = ears
        self._ears_thread = threading.Thread(target=self._hear, args=(ears, on_end), name="ears", daemon=True)
        self._show_state()
        self._ears_thread.start()

    def join_ears(self) -> None:
        """Wait until the ears stop: the file is over, the microphone was closed or lost."""
        assert self._ears_thread is not None
        self._ears_thread.join()

    def close(self) -> None:
        """Stop speaking, end the engines. The devices are their owner's to close."""
        self._closing = True
        with self._lock:
            turns = list(self._open.values())
            announcements = list(self._announcements)
        for turn in turns:
            turn.interrupt()
        for playback in announcements:
            playback.stop()
        self.wait_idle(CLOSE_SECONDS)
        for slot in self._slots:
            slot.close()

    # -- what a person does

    def ask(self, text: str) -> Turn:
        """A typed turn; it cuts off the one before. Returns at once: wait on `turn.done`."""
        turn = self._new_turn(asked=text.strip() or "?")
        turn.computing = True
        turn.mark("transcript", turn.began)
        turn.mark("last_speech", turn.began)
        self._run(turn)
        return turn

    def stop_speaking(self) -> None:
        with self._lock:
            turn, announcements = self._floor, list(self._announcements)
        for playback in announcements:
            playback.stop()
        if turn is not None and not turn.done.is_set():
            turn.interrupt()

    def set_muted(self, muted: bool) -> None:
        self._muted = muted  # also for ears that are yet to come
        ears = self._ears
        if ears is not None:
            ears.muted = muted
        self._show_state()

    def announce(self, text: str) -> None:
        """Say a sentence of the app's own now, over whatever is being said; that goes on afterwards."""
        self.notice(text)
        threading.Thread(target=self._announce, args=(text,), name="announce", daemon=True).start()

    # -- what listeners hear

    def subscribe(self, listener: Listener) -> None:
        with self._emit_lock:
            self._listeners.append(listener)

    def emit(self, event: Event) -> None:
        with self._emit_lock:
            for listener in self._listeners:
                try:
                    listener(event)
                except Exception:  # whoever listens must not break the conversation
                    log.exception("a listener failed")

    def notice(self, message: str, level: Any = "info") -> None:
        self.emit(NoticeRaised(at=self._clock.now(), message=message, level=level))

    # -- how things stand

    def now(self) -> float:
        return self._clock.now()

    @property
    def speaker(self) -> Speaker | None:
        return self._speaker

    @property
    def state(self) -> State:
        return self._state

    def loading(self) -> bool:
        """Whether an engine has been begun and is not ready yet."""
        return any(slot.loading for slot in self._slots)

    def busy(self) -> bool:
        """Whether somebody waits for an engine."""
        return any(turn.computing for turn in tuple(self._open.values()))

    def idle(self) -> bool:
        """Nothing is being said, thought or spoken."""
        with self._lock:
            return not self._open and not self._announcements

    def wait_idle(self, timeout: float | None = None) -> bool:
        with self._settled:
            return self._settled.wait_for(lambda: not self._open, timeout)

    # -- the ears' reports (app.ears.Listener)

    def speech_started(self, at: float) -> Utterance:
        turn = self._new_turn(at=at)
        turn.utterance = utterance = Utterance(turn.id, at, self._utterance_limit)
        self.emit(SpeechStarted(at=at, turn=turn.id))
        with self._lock:
            speaking = self._floor
            if speaking is not None and not speaking.done.is_set():
                speaking.hold()
                self._held[turn.id] = speaking
        if self._speaker is not None:
            self._speaker.wake()
        self._run(turn)
        self._show_state()
        return utterance

    def speech_ended(self, utterance: Utterance) -> None:
        assert utterance.ended_at is not None
        turn = self._open.get(utterance.turn)
        if turn is not None and turn.utterance is utterance:
            turn.computing = True
            turn.mark("last_speech", utterance.last_speech)
            turn.mark("speech_ended", utterance.ended_at)
        self.emit(SpeechEnded(at=utterance.ended_at, turn=utterance.turn, last_speech=utterance.last_speech))
        self._show_state()

    def frame_passed(self, level: float) -> None:
        self._frames += 1
        self._release_overdue()
        turn = self._floor
        if turn is not None and turn.playback is not None and turn.playback.started:
            self._follow(turn, turn.playback)
        if self._frames % LEVELS_EVERY_FRAMES == 0:
            speaking = turn is not None and turn.playback is not None and not turn.done.is_set()
            voice = turn.playback.rms if turn is not None and turn.playback is not None and speaking else 0.0
            self.emit(LevelChanged(at=self._clock.now(), microphone=min(1.0, level), voice=voice))

    def hears_itself(self) -> bool:
        return self._deaf_while_speaking and self._audible()

    # -- inside

    def _hear(self, ears: Ears, on_end: Callable[[Exception | None], None]) -> None:
        try:
            ears.run()
        except Exception as error:  # told to whoever waits for the ears
            log.exception("the ears stopped")
            self.ears_failure = error
        finally:
            self._ears = None
            with self._lock:
                turns = [turn for turn in self._open.values() if turn.utterance is not None]
            for turn in turns:
                if turn.utterance is not None and turn.utterance.ended_at is None:
                    turn.utterance.abandon()
            on_end(self.ears_failure)
            self._show_state()

    def _new_turn(self, asked: str = "", at: float | None = None) -> Turn:
        with self._lock:
            self._last_id += 1
            began = self._clock.now() if at is None else at
            turn = Turn(self._last_id, asked=asked, began=began)
            self._open[turn.id] = turn
        if self._closing:
            turn.cancel.cancel()
        return turn

    def _run(self, turn: Turn) -> None:
        threading.Thread(
            target=run_turn, args=(turn, self.session), name=f"turn-{turn.id}", daemon=True
        ).start()

    def _take_floor(self, turn: Turn) -> None:
        """Cut off whoever has the floor and wait until that turn is remembered."""
        with self._lock:
            if turn.has_floor:
                return
            turn.has_floor = True
            before, self._floor = self._floor, turn
            self._held.pop(turn.id, None)
        if before is not None and not before.done.is_set():
            turn.cut_off = True
            before.interrupt()
            before.done.wait(FLOOR_SECONDS)
        self._show_state()

    def _turn_over(self, turn: Turn) -> None:
        with self._settled:
            self._open.pop(turn.id, None)
            held = self._held.pop(turn.id, None)
            unheard = turn.utterance is None or turn.utterance.ended_at is not None
            if not turn.asked and not turn.failed and unheard and turn.id == self._last_id:
                self._last_id -= 1  # there was no turn
            self._settled.notify_all()
        if held is not None:
            held.release()
        self._show_state()

    def _follow(self, turn: Turn, playback: Playback) -> None:
        """Tell of the first sample heard, and of every further word."""
        if "first_audio" not in turn.marks:
            latency = self._speaker.latency if self._speaker else 0.0
            turn.mark("first_audio", self._clock.now() + latency)
            self.emit(PlaybackStarted(at=self._clock.now(), turn=turn.id))
            self._show_state()
        if self._frames % LEVELS_EVERY_FRAMES or turn.done.is_set() or turn.playback is None:
            return
        heard = (turn.id, playback.heard())
        if heard != self._heard and heard[1]:
            self._heard = heard
            self.emit(WordsHeard(at=self._clock.now(), turn=turn.id, text=heard[1]))

    def _release_overdue(self) -> None:
        """A long sound in which no words are found is no reason to stay silent."""
        if not self._held:
            return
        with self._lock:
            overdue = [
                turn_id
                for turn_id in self._held
                if turn_id in self._open and self._clock.now() - self._open[turn_id].began > HOLD_SECONDS
            ]
            held = [self._held.pop(turn_id) for turn_id in overdue]
        for turn in held:
            turn.release()

    def _audible(self) -> bool:
        turn = self._floor
        playback = turn.playback if turn is not None else None
        return bool(self._announcements) or (
            playback is not None and playback.started and not playback.ended.is_set()
        )

    def _announce(self, text: str) -> None:
        """One announcement at a time; whatever else is being said waits for it."""
        with self._announcing:
            speaker = self._speaker
            if speaker is None:
                return
            playback = speaker.open_playback()
            with self._lock:
                self._announcements.append(playback)
                floor = self._floor
            others = [floor.playback] if floor is not None and floor.playback is not None else []
            for other in others:
                other.pause("announcement")
            self._show_state()
            try:
                for chunk in self.session.speak.get().speak(text, self.session.language, CancelToken()):
                    playback.write(chunk)
                playback.finish()
                playback.ended.wait()
            except Exception as error:
                log.exception("an announcement failed")
                self.notice(str(error), "error")
            finally:
                playback.stop()
                with self._lock:
                    self._announcements.remove(playback)
                    others += self._waiting_for_announcement
                    self._waiting_for_announcement.clear()
                for other in others:
                    other.resume("announcement")
                self._show_state()

    def _open_playback(self) -> Playback | None:
        """For a turn; silent as long as an announcement is being made."""
        if self._speaker is None:
            return None
        playback = self._speaker.open_playback()
        with self._lock:
            if self._announcements:
                playback.pause("announcement")
                self._waiting_for_announcement.append(playback)
        return playback

    def _slot_settled(self, slot: EngineSlot[Any]) -> None:
        if slot.failure is not None and not self._closing and not self._open:  # an open turn says it itself
            self.notice(str(slot.failure), "error")
        self._show_state()

    def _show_state(self) -> None:
        with self._emit_lock:
            state = self._state_now()
            if state != self._state:
                self._state = state
                self.emit(StateChanged(at=self._clock.now(), state=state))

    def _state_now(self) -> State:
        turns = tuple(self._open.values())
        if any(turn.utterance is not None and turn.utterance.ended_at is None for turn in turns):
            return "hearing"
        if self._audible():
            return "speaking"
        if turns:
            return "thinking"
        if self.loading():
            return "starting"
        if self._ears is None:
            return "idle"
        return "muted" if self._muted else "listening"
