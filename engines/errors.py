"""The error tree. Every message is one sentence that says what happened and what to do next.

ReparteeError
├── BadInput            a file, argument or setting that can't be used as it is
├── DeviceError         a microphone or loudspeaker is missing or went away
└── EngineError         an engine can't do its work
    ├── ModelMissing    the model is not on this computer
    ├── ModelBroken     the model's file can't be loaded
    ├── EngineCrashed   the engine's process ended by itself (it is started again)
    ├── EngineStalled   the engine stopped answering (it is ended and started again)
    └── ServerError     a server of the user's choice refused, failed or could not be reached
"""


class ReparteeError(Exception):
    """Base of every error that is shown to a person as it is."""


class BadInput(ReparteeError):
    pass


class DeviceError(ReparteeError):
    pass


class EngineError(ReparteeError):
    pass


class ModelMissing(EngineError):
    pass


class ModelBroken(EngineError):
    pass


class EngineCrashed(EngineError):
    pass


class EngineStalled(EngineError):
    pass


class ServerError(EngineError):
    pass
