"""Tools about the app and the moment: time, date, volume, muting, the model, settings, saying it again."""

from __future__ import annotations

from app.tools.clock import Clock
from app.tools.host import ToolHost
from app.tools.result import ToolResult, said, sorry
from app.tools.speech import date, sentence, time_of_day
from app.tools.tool import Argument, Tool


def host_tools(host: ToolHost, clock: Clock) -> tuple[Tool, ...]:
    actions = _HostTools(host, clock)
    percent = {"type": "integer", "description": "0 is silent, 100 is full", "minimum": 0, "maximum": 100}
    where = {"type": "string", "description": "Where the model runs", "enum": ["local", "cloud"]}
    return (
        Tool("get_time", "Tell the current time of day.", actions.get_time),
        Tool("get_date", "Tell today's date and day of the week.", actions.get_date),
        Tool("repeat", "Say the last answer again.", actions.repeat),
        Tool(
            "set_volume",
            "Set how loud the voice is.",
            actions.set_volume,
            (
                Argument(
                    "percent", percent, "The volume goes from 0 to 100 percent.", "How loud, in percent?"
                ),
            ),
        ),
        Tool("mute", "Stop listening through the microphone.", actions.mute),
        Tool(
            "switch_model",
            "Switch between the model on this computer and the one in the cloud.",
            actions.switch_model,
            (Argument("where", where, "I can use the local model or the cloud.", "Local or cloud?"),),
        ),
        Tool("open_settings", "Open the settings window.", actions.open_settings),
        Tool("about", "Tell which model this is and what it can do.", actions.about),
    )


class _HostTools:
    def __init__(self, host: ToolHost, clock: Clock) -> None:
        self._host = host
        self._clock = clock

    def get_time(self) -> ToolResult:
        moment = self._clock.local(self._clock.now())
        shown = time_of_day(moment, self._host.clock_style())
        return said(f"It's {shown}.", time=f"{moment:%H:%M}")

    def get_date(self) -> ToolResult:
        moment = self._clock.local(self._clock.now())
        return said(f"It's {date(moment, self._host.clock_style())}.", date=moment.date().isoformat())

    def repeat(self) -> ToolResult:
        last = self._host.last_spoken()
        return said(last) if last else sorry("I haven't said anything yet.")

    def set_volume(self, percent: int) -> ToolResult:
        self._host.set_volume(percent)
        return said(f"Volume set to {percent}%.", percent=percent)

    def mute(self) -> ToolResult:
        self._host.mute()
        return said("Muted.")

    def switch_model(self, where: str) -> ToolResult:
        return said(sentence(self._host.switch_model(where)), where=where)

    def open_settings(self) -> ToolResult:
        if self._host.open_settings():
            return said("Here are the settings.")
        return sorry("There's no window open. Start repartee without arguments to see the settings.")

    def about(self) -> ToolResult:
        return said(self._host.about())
