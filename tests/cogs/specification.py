"""Checks what the bot sends against Discord's own API specification, where a copy of it lies.

The copy is not part of this project: DISCORD_SPEC names the folder with `openapi.json` and `validate_openapi.py`.
"""

import functools
import importlib.util
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = "DISCORD_SPEC"


@functools.cache
def _validator() -> Any:
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    spec = importlib.util.spec_from_file_location("validate_openapi", Path(folder) / "validate_openapi.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.SpecValidator(json.loads((Path(folder) / "openapi.json").read_text(encoding="utf-8")))


def faults(requests: Iterable[Any]) -> list[str]:
    """Every way in which a body of these requests is not what Discord specifies; none where no copy lies."""
    sent = [request for request in requests if request.json is not None]
    return [fault for request in sent for fault in body_faults(request.method, request.path, request.json)]


def body_faults(method: str, path: str, body: Any) -> list[str]:
    """Every way in which `body` is not what Discord specifies; none where no copy lies."""
    validator = _validator()
    if validator is None:
        return []
    return [f"{method} {path}: {fault}" for fault in validator.errors(method, path, body)]
