"""Tools for notes and lists, kept in the store and read back as sentences."""

from __future__ import annotations

import re

from app.store import Store
from app.tools.result import ToolResult, said, sorry
from app.tools.speech import COUNTS, count, listed, sentence
from app.tools.tool import Argument, Tool, text

DEFAULT_LIST = "shopping"
READ_NOTES = 5  # the latest; the window shows all
READ_ITEMS = 20
READ_BACK = 120  # characters; nobody wants to hear again what took them so long to say
LIST_WORDS = re.compile(r"^(?:(?:my|the|our|a)\s+)+|\s+lists?$", re.IGNORECASE)


def note_tools(store: Store) -> tuple[Tool, ...]:
    actions = _NoteTools(store)
    too_long = "That's too long for me to keep. Please make it shorter."
    which = Argument(
        "list", text("Name of the list, shopping if none is named", 40), "That's too long for a list's name.",
        required=False, prepare=list_name, parameter="name",
    )  # fmt: skip
    return (
        Tool(
            "add_note",
            "Save a note for later.",
            actions.add_note,
            (Argument("text", text("What to write down", 1000), too_long, "What should I note?"),),
        ),
        Tool("list_notes", "Read the saved notes.", actions.list_notes),
        Tool(
            "add_to_list",
            "Add one thing to a list, such as the shopping list.",
            actions.add_to_list,
            (Argument("item", text("The thing to add", 200), too_long, "What should I add?"), which),
        ),
        Tool("read_list", "Read what is on a list, such as the shopping list.", actions.read_list, (which,)),
    )


def list_name(given: object) -> object:
    """ "my Shopping List" is "shopping"; no name left is none."""
    return (LIST_WORDS.sub("", given.strip()).lower() or DEFAULT_LIST) if isinstance(given, str) else given


class _NoteTools:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add_note(self, text: str) -> ToolResult:
        self._store.add_note(text)
        return said(sentence(f"Noted: {text}") if len(text) <= READ_BACK else "Noted.", text=text)

    def list_notes(self) -> ToolResult:
        notes = self._store.notes()
        if not notes:
            return said("You have no notes.", notes=[])
        latest = [f'"{note}"' for note in notes[-READ_NOTES:]]
        those = f". The latest {COUNTS[READ_NOTES]}" if len(notes) > READ_NOTES else ""
        return said(f"You have {count(len(notes), 'note')}{those}: {listed(latest)}.", notes=list(notes))

    def add_to_list(self, item: str, name: str = DEFAULT_LIST) -> ToolResult:
        new = self._store.add_to_list(item, name)
        how = f"I've added {item} to your {name} list." if new else f"{item} is already on your {name} list."
        return said(sentence(how), list=name, item=item, new=new)

    def read_list(self, name: str = DEFAULT_LIST) -> ToolResult:
        items, names = self._store.list_items(name), self._store.list_names()
        if not items and names and name != DEFAULT_LIST:
            lists = "list is" if len(names) == 1 else "lists are"
            return sorry(f"You have no {name} list. Your {lists} {listed(names)}.")
        if not items:
            return said(f"Your {name} list is empty.", list=name, items=[])
        read = list(items[:READ_ITEMS])
        if len(items) > READ_ITEMS:
            read.append(f"{len(items) - READ_ITEMS} more")
        answer = f"Your {name} list has {count(len(items), 'item')}: {listed(read)}."
        return said(answer, list=name, items=list(items))
