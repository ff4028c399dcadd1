"""Chat from a GGUF file with llama.cpp: streamed text and tool calls, cancelled between tokens and inside a prefill.

The conversation is read once: each reply evaluates only what is new since the last one, also after a cancel. Runs
in a worker process or in this one. Knows nothing of how the text is spoken.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engines.cancel import CancelToken
from engines.errors import EngineError
from engines.llm.reply_text import CharacterStream, ThinkFilter
from engines.llm.tool_grammar import ToolCallSplitter, tool_grammar
from engines.types import EngineInfo, Message, ToolCall, ToolSpec

if TYPE_CHECKING:
    from engines.llm.chat_prompt import ChatPrompt, Prompt
    from engines.llm.native import NativeModel
    from engines.llm.sampling import Sampler
    from engines.llm.token_cache import TokenCache

THINKING_TOKENS = 2048  # unspoken, so not counted as the reply's; but an end must come
PROMPT_SHARE = 0.75  # of the context at most: a reply must have room


class LlamaCppModel:
    """A LanguageModel. `threads=0` chooses, and takes fewer while other programs use the cores; `gpu_layers=-1`
    puts all layers on a GPU if there is one.

    `temperature=0` is greedy; a `seed` makes every reply the same as a fresh instance's. `tool_grammar=None` lets
    the file decide: with the metadata `repartee.tool_grammar` the model can't write a broken call.
    """

    def __init__(
        self,
        *,
        model: str,
        context: int = 4096,
        temperature: float = 0.7,
        max_tokens: int = 512,
        threads: int = 0,
        gpu_layers: int = -1,
        seed: int | None = None,
        tool_grammar: bool | None = None,
    ) -> None:
        self._path = model
        self._context = context
        self._temperature = temperature
        self._max_tokens = max_tokens
        self._threads = threads
        self._gpu_layers = gpu_layers
        self._seed = seed
        self._tool_grammar = tool_grammar
        self._turn = threading.Lock()  # held for a whole reply: a second one waits
        self._step = threading.Lock()  # held while llama.cpp works: nothing is freed under it
        self._loaded: _Loaded | None = None

    def start(self) -> EngineInfo:
        """Load and warm up. Raises ModelMissing or ModelBroken."""
        from engines.llm.native import NativeModel, check_file, choose_threads
        from engines.llm.token_cache import TokenCache

        path = check_file(self._path)
        threads = self._threads or choose_threads()
        native = NativeModel(
            path,
            context=self._context,
            threads=threads,
            gpu_layers=self._gpu_layers,
            share_cores=self._threads == 0,
        )
        wanted = self._tool_grammar
        constrained = _is_true(native, "repartee.tool_grammar") if wanted is None else wanted
        cache = TokenCache(native)
        cache.prefill([native.bos() or 0], 0)  # the first evaluation allocates and is slow
        cache.clear()
        # A grammar that only an end can satisfy makes llama.cpp abort where the model knows no end.
        self._loaded = _Loaded(native, cache, _chat_prompt(native), constrained and native.can_end())
        return _info(native, threads, self._loaded.constrained)

    def close(self) -> None:
        """Give the memory back; a reply that is being written ends."""
        if (loaded := self._loaded) is not None:
            loaded.native.abort.set()
        with self._step:
            loaded, self._loaded = self._loaded, None
            if loaded is not None:
                loaded.native.close()

    def reply(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Generator[str | ToolCall]:
        """Yield text and tool calls until the model is done, the context is full or `cancel` is cancelled."""
        with self._turn:
            if (loaded := self._loaded) is None:
                raise EngineError("The text model is not loaded. Start it first.")
            loaded.native.abort.clear()
            withdraw = cancel.on_cancel(loaded.native.abort.set)
            try:
                yield from self._write(loaded, messages, tools, cancel)
            finally:
                withdraw()

    def _write(
        self, loaded: _Loaded, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Iterator[str | ToolCall]:
        limit = loaded.native.context
        prompt = loaded.prompts.build(
            messages, tools, max(int(limit * PROMPT_SHARE), limit - self._max_tokens)
        )
        characters, thoughts, calls = CharacterStream(), ThinkFilter(prompt.thinking), ToolCallSplitter()
        for piece in self._pieces(loaded, prompt, tools, thoughts, cancel):
            if text := thoughts.feed(characters.feed(piece)):
                yield from calls.feed(text)
        if not cancel.cancelled:
            yield from calls.feed(thoughts.finish())
            yield from calls.finish()

    def _pieces(
        self,
        loaded: _Loaded,
        prompt: Prompt,
        tools: Sequence[ToolSpec],
        thoughts: ThinkFilter,
        cancel: CancelToken,
    ) -> Iterator[bytes]:
        """The reply's tokens as bytes, each evaluated only when the next one is wanted."""
        from engines.llm.sampling import Sampler

        grammar = tool_grammar(tools) if loaded.constrained and tools else None
        spoken = thought = 0
        last: int | None = None
        with Sampler(
            loaded.native, temperature=self._temperature, seed=self._seed, grammar=grammar
        ) as sampler:
            while spoken < self._max_tokens and thought < THINKING_TOKENS and not cancel.cancelled:
                if last is not None and len(loaded.cache.tokens) + 1 >= loaded.native.context:
                    return
                step = self._next(loaded, prompt, sampler, last)
                if step is None:
                    return
                last, piece = step
                thought, spoken = (thought + 1, spoken) if thoughts.thinking else (thought, spoken + 1)
                yield piece

    def _next(
        self, loaded: _Loaded, prompt: Prompt, sampler: Sampler, last: int | None
    ) -> tuple[int, bytes] | None:
        """Evaluate the prompt or the last token, choose the next; None at the end, when aborted or closed."""
        with self._step:
            if self._loaded is not loaded:
                return None
            cache = loaded.cache
            if not (cache.prefill(prompt.tokens, prompt.stable) if last is None else cache.append(last)):
                return None
            token = sampler.sample()
            piece = loaded.native.piece(token)
            return None if piece is None else (token, piece)


@dataclass(frozen=True)
class _Loaded:
    native: NativeModel
    cache: TokenCache
    prompts: ChatPrompt
    constrained: bool


def _chat_prompt(native: NativeModel) -> ChatPrompt:
    from engines.llm.chat_prompt import ChatPrompt, Words

    def is_special(text: str) -> bool:
        tokens = native.tokenize(text)
        return len(tokens) == 1 and native.is_control(tokens[0])

    words = Words(
        native.tokenize, is_special, native.bos(), native.special_text("bos"), native.special_text("eos")
    )
    return ChatPrompt(native.metadata.get("tokenizer.chat_template"), words)


def _is_true(native: NativeModel, key: str) -> bool:
    return native.metadata.get(key, "false").lower() in ("true", "1")


def _info(native: NativeModel, threads: int, constrained: bool) -> EngineInfo:
    import llama_cpp

    details = {
        "architecture": native.architecture,
        "kind": native.describe(),
        "parameters": native.parameters(),
        "context": native.context,
        "threads": threads,
        "gpu_offload": bool(llama_cpp.llama_supports_gpu_offload()),
        "file_size": native.path.stat().st_size,
        "tool_grammar": constrained,
        "speaks_tool_results": _is_true(native, "repartee.speaks_tool_results"),
    }
    return EngineInfo("llama.cpp", native.metadata.get("general.name") or native.path.stem, True, details)
