"""What each event of a conversation does to the window."""

from pytestqt.qtbot import QtBot

from app import events
from tests.ui.looks import ink_at, is_struck, is_underlined, play
from ui import fakes
from ui.cards import NoticeLine
from ui.fakes import FakeController
from ui.main_window import MainWindow
from ui.theme import LIGHT, Theme

REPLY = "The sky looks blue because air scatters blue light."


def state_words(window: MainWindow) -> tuple[str, str]:
    return window.state_line.name.text(), window.state_line.hint.text()


def notices(window: MainWindow) -> list[str]:
    return [notice.message for notice in window.transcript.findChildren(NoticeLine)]


def test_a_spoken_turn_is_shown(qtbot: QtBot, window: MainWindow, controller: FakeController) -> None:
    play(qtbot, window, controller, fakes.answered(1, "what time is it", "It's ten past two."))
    (exchange,) = window.transcript.exchanges
    assert exchange.bubble.prose.text == "what time is it"
    assert exchange.answer.text == "It's ten past two."
    assert exchange.badge is not None
    assert exchange.badge.label.text() == "Starter · 0.9 s"
    assert window.place.text() == "On this computer"
    assert state_words(window)[0] == "Listening"


def test_each_state_has_its_words(qtbot: QtBot, window: MainWindow, controller: FakeController) -> None:
    seen = []
    names: tuple[events.State, ...] = (
        "starting",
        "idle",
        "listening",
        "hearing",
        "thinking",
        "speaking",
        "muted",
    )
    for name in names:
        play(qtbot, window, controller, [fakes.state(name)])
        seen.append(state_words(window)[0])
        assert window.state_line.accessibleName().startswith(seen[-1])
    assert seen == ["Getting ready", "Ready", "Listening", "Hearing you", "Thinking", "Speaking", "Muted"]


def test_a_partial_transcript_is_lighter_until_it_is_final(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [events.PartialTranscript(at=0.0, turn=1, text="what time")])
    (exchange,) = window.transcript.exchanges
    assert ink_at(exchange.bubble.prose, 0) == LIGHT.secondary.lower()
    play(qtbot, window, controller, [events.TranscriptReady(at=0.0, turn=1, text="what time is it")])
    assert exchange.bubble.prose.text == "what time is it"
    assert ink_at(exchange.bubble.prose, 0) == LIGHT.text.lower()


def test_what_was_no_speech_leaves_nothing(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    script = [
        events.SpeechStarted(at=0.0, turn=1),
        events.PartialTranscript(at=0.0, turn=1, text="hm"),
        events.SpeechDismissed(at=0.0, turn=1),
    ]
    play(qtbot, window, controller, script)
    assert window.transcript.exchanges == []


def test_the_words_being_said_are_followed(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    script = [*fakes.written(1, REPLY), *fakes.spoken(1, "The sky looks")]
    play(qtbot, window, controller, script)
    answer = window.transcript.exchanges[0].answer
    assert ink_at(answer, 0) == LIGHT.text.lower()
    assert is_underlined(answer, REPLY.index("looks"))
    assert not is_underlined(answer, REPLY.index("sky"))
    assert ink_at(answer, REPLY.index("blue")) == LIGHT.secondary.lower()
    play(qtbot, window, controller, [events.WordsHeard(at=0.0, turn=1, text="The sky looks blue")])
    assert not is_underlined(answer, REPLY.index("looks"))


def test_after_a_pause_the_voice_may_step_back(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    script = [*fakes.written(1, REPLY), *fakes.spoken(1, "The sky looks blue")]
    script.append(events.WordsHeard(at=0.0, turn=1, text="The sky"))
    play(qtbot, window, controller, script)
    answer = window.transcript.exchanges[0].answer
    assert is_underlined(answer, REPLY.index("sky"))
    assert ink_at(answer, REPLY.index("looks")) == LIGHT.secondary.lower()
    assert not is_underlined(answer, REPLY.index("blue"))


def test_barge_in_strikes_what_was_never_said(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, fakes.barge_in(1, "why is the sky blue", REPLY, "The sky looks blue"))
    (exchange,) = window.transcript.exchanges
    assert not is_struck(exchange.answer, REPLY.index("blue"))
    assert is_struck(exchange.answer, REPLY.index("because"))
    assert is_struck(exchange.answer, len(REPLY) - 1)
    assert ink_at(exchange.answer, REPLY.index("because")) == LIGHT.never_said.lower()
    assert exchange.badge is not None
    assert exchange.badge.label.text().endswith("stopped")


def test_inks_survive_a_change_of_scheme(
    qtbot: QtBot, window: MainWindow, controller: FakeController, theme: Theme
) -> None:
    play(qtbot, window, controller, fakes.barge_in(1, "why", REPLY, "The sky"))
    theme.set_scheme("dark")
    answer = window.transcript.exchanges[0].answer
    assert ink_at(answer, 0) == theme.tokens.text.lower()
    assert is_struck(answer, REPLY.index("looks"))


def test_an_answer_that_is_only_read_ends_in_full_ink(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [*fakes.written(1, REPLY), fakes.ended(1, "why", REPLY)])
    (exchange,) = window.transcript.exchanges
    assert ink_at(exchange.answer, len(REPLY) - 1) == LIGHT.text.lower()
    assert exchange.bubble.prose.text == "why"


def test_where_no_voice_is_heard_the_next_answer_is_written_in_full_ink(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    script = [*fakes.written(1, REPLY), fakes.ended(1, "why", REPLY), *fakes.written(2, REPLY)]
    play(qtbot, window, controller, script)
    answer = window.transcript.exchanges[1].answer
    assert ink_at(answer, 0) == LIGHT.text.lower()
    play(qtbot, window, controller, fakes.spoken(2, "The sky"))
    assert ink_at(answer, REPLY.index("blue")) == LIGHT.secondary.lower()


def test_a_muted_person_is_not_told_to_talk(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, [fakes.state("speaking")])
    assert state_words(window)[1] == "Talk to interrupt, Esc to stop"
    window.toggle_muted()
    assert state_words(window)[1] == "Esc to stop"


def test_a_tool_call_is_a_card_that_does_not_repeat_the_answer(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, fakes.tool_turn(1))
    (card,) = window.transcript.exchanges[0].cards
    assert card.accessibleName().startswith("Set timer · 10 min · pasta")
    assert not card.result_label.isVisible()


def test_a_tool_result_that_the_answer_does_not_say_is_shown(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    call = events.ToolCalled(at=0.0, turn=1, name="calculate", arguments={"sum": "2*3"}, result="2 × 3 is 6.")
    play(
        qtbot,
        window,
        controller,
        [call, *fakes.written(1, "Six."), fakes.ended(1, "two times three", "Six.")],
    )
    (card,) = window.transcript.exchanges[0].cards
    assert card.result_label.isVisible()
    assert card.result_label.text() == "2 × 3 is 6."


def test_an_answer_of_a_server_says_so(qtbot: QtBot, window: MainWindow, controller: FakeController) -> None:
    play(qtbot, window, controller, fakes.answered(1, "hi", "Hello.", model="gpt-oss", local=False))
    badge = window.transcript.exchanges[0].badge
    assert badge is not None
    assert badge.label.property("local") is False
    assert window.place.text() == "By a server"


def test_a_failure_is_said_until_something_new_begins(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    play(qtbot, window, controller, fakes.engine_failure(1))
    assert state_words(window) == ("I could not think of an answer", "Listening")
    assert len(notices(window)) == 1
    assert window.transcript.exchanges[0].badge is None
    play(qtbot, window, controller, [fakes.state("hearing")])
    assert state_words(window)[0] == "Hearing you"


def test_the_same_notice_is_not_repeated(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    notice = events.NoticeRaised(at=0.0, message="I can't find a microphone.", level="warning")
    play(qtbot, window, controller, [notice, notice])
    assert notices(window) == ["I can't find a microphone."]


def test_markup_is_shown_and_never_obeyed(
    qtbot: QtBot, window: MainWindow, controller: FakeController
) -> None:
    evil = "<b>bold</b><img src='file:///etc/passwd'>"
    script = [
        *fakes.answered(1, evil, evil),
        events.NoticeRaised(at=0.0, message=evil),
        events.ToolCalled(at=0.0, turn=2, name="note", arguments={"text": evil}, result=evil),
    ]
    play(qtbot, window, controller, script)
    exchange = window.transcript.exchanges[0]
    assert exchange.bubble.prose.toPlainText() == exchange.answer.toPlainText() == evil


def test_odd_characters_do_no_harm(qtbot: QtBot, window: MainWindow, controller: FakeController) -> None:
    reply = "A 😀 smile,\r\nthen \ud800 half a pair and more"
    script = [
        *fakes.written(1, reply),
        *fakes.spoken(1, "A smile"),
        fakes.ended(1, "x", reply, heard="A smile"),
    ]
    play(qtbot, window, controller, script)
    answer = window.transcript.exchanges[0].answer
    assert answer.text == "A 😀 smile,\nthen \ufffd half a pair and more"
