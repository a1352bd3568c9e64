"""Reads YAML as text, lists and objects: no tags, no anchors, no guessing what a scalar means."""

from typing import Any

import yaml

from answerable.core.case.problems import AliasRefused, NotYaml, Problem, TagRefused
from answerable.forms.builder import Builder

# libyaml, where the wheel has it, is many times as fast; both report the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null"})


def read_yaml(text: str) -> Builder:
    """Return the documents of a YAML file; a scalar is text, or None where nothing stands.

    Only the events of the parser are used: nothing is constructed, so a tag or an alias cannot do
    anything before it is refused.

    Raises:
        Problem: what is no YAML, or is YAML that is refused here.
    """
    builder = Builder(many=_is_several(text))
    loader = _LOADER(text)
    try:
        while loader.check_event():
            _take(loader.get_event(), builder)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        # What the parser says may quote the file: it is not passed on.
        raise builder.wrong(NotYaml("not YAML", column=place[1]), place[0]) from None
    except yaml.YAMLError:
        raise builder.wrong(NotYaml("not YAML", column=None), None) from None
    finally:
        loader.dispose()
    return builder


def _is_several(text: str) -> bool:
    lines = text.split("\n")
    begins = [
        n for n, line in enumerate(lines) if line[:3] == "---" and line[3:4] in {"", " ", "\t"}
    ]
    head = lines[: begins[0]] if begins else []
    return len(begins) > 1 or any(line.strip() and line[0] not in "#%" for line in head)


def _take(event: Any, builder: Builder) -> None:
    line = event.start_mark.line + 1
    problem = _refused(event)
    if problem is not None:
        raise builder.wrong_next(problem, line)
    match event:
        case yaml.ScalarEvent():
            builder.scalar(None if _is_nothing(event) else event.value, line)
        case yaml.SequenceStartEvent():
            builder.begin([], line)
        case yaml.MappingStartEvent():
            builder.begin({}, line)
        case yaml.CollectionEndEvent():
            builder.end()
        case _:
            pass  # where streams and documents begin and end


def _refused(event: Any) -> Problem | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        return AliasRefused("an anchor or an alias")
    if getattr(event, "tag", None) is not None or getattr(event, "tags", None):
        return TagRefused("a tag")
    return None


def _is_nothing(event: Any) -> bool:
    is_plain = not event.style
    return is_plain and event.value in _NOTHING
