"""``answerable procedure``: the rules at hand, in words, and a file of rules looked over."""

from collections.abc import Iterator, Sequence
from uuid import uuid4

import click

from answerable.casework.procedures import RULES_BYTES
from answerable.cli import files
from answerable.cli.group import Noun, Verb
from answerable.cli.output import DONE, UNREADABLE, Json, Result
from answerable.cli.rule_words import Words, in_words
from answerable.cli.rules import calendar_of, procedure_of, text_of, today, told
from answerable.cli.surface import Surface
from answerable.core.calendars import Calendar
from answerable.core.case.problems import UnknownFormat
from answerable.core.errors import AnswerableError
from answerable.core.procedure import Bound, Clock, Procedure, Source
from answerable.locale.visible import visible


@click.group(cls=Noun)
def procedure() -> None:
    pass


@procedure.command("list", cls=Verb)
@click.pass_obj
def list_(surface: Surface) -> int:
    """Name every version of every shipped procedure."""
    shipped = surface.offline.procedures().shipped()
    lines = [line for one in shipped for line in _line(surface, one)]
    facts: dict[str, Json] = {"procedures": [_facts(surface, one) for one in shipped]}
    return surface.tell(Result("procedures", facts, "\n".join(lines)))


@procedure.command(cls=Verb)
@click.argument("name")
@click.pass_obj
def show(surface: Surface, name: str) -> int:
    """Say what a procedure asks of whom, in words."""
    found = procedure_of(surface, name, None)
    text = "\n".join(_shown(surface, found))
    return surface.tell(Result("procedure", _facts(surface, found), text))


@procedure.command(cls=Verb)
@click.argument("name")
@click.pass_obj
def install(surface: Surface, name: str) -> int:
    """Give the mechanism these rules, for cases that begin from their day on."""
    found = procedure_of(surface, name, None)
    text = text_of(surface, name, found)
    issued = surface.application().install_rules.procedure(found, text, request=uuid4())
    facts = {"procedure": found.name, "number": issued.number, "index": issued.receipt.index}
    return surface.tell(Result("installed", facts, surface.say("procedure.installed", **facts)))


@procedure.command(cls=Verb)
@click.argument("file")
@click.option("--calendar", "calendar_name", metavar="FILE")
@click.pass_obj
def check(surface: Surface, file: str, calendar_name: str | None) -> int:
    """Say everything that is wrong with a procedure or a calendar, each fault with its line."""
    calendars = [] if calendar_name is None else [calendar_of(surface, calendar_name).code]
    rules, data = surface.offline.procedures(), files.read(file, RULES_BYTES)
    checked = rules.read_procedure(data, file, calendars)
    calendar = rules.read_calendar(data, file) if _is_of_another_format(checked.faults) else None
    if calendar is not None and not _is_of_another_format(calendar.faults):
        return _checked(surface, file, calendar.faults, calendar.value)
    return _checked(surface, file, checked.faults, checked.value)


def _is_of_another_format(faults: Sequence[AnswerableError]) -> bool:
    return bool(faults) and faults[0].code == UnknownFormat.code


def _checked(
    surface: Surface,
    file: str,
    found: Sequence[AnswerableError],
    rules: Procedure | Calendar | None,
) -> int:
    faults: list[Json] = [{"code": one.code, **one.facts} for one in found]
    facts: dict[str, Json] = {"file": file, "faults": faults}
    if rules is None:
        heading = surface.say("procedure.faults", file=file, faults=len(faults))
        text = "\n".join((heading, *told(surface, found)))
        return surface.tell(Result("faults", facts, text, UNREADABLE, heading))
    lines = [surface.say("procedure.usable", file=file)]
    if isinstance(rules, Procedure):
        lines += _line(surface, rules)
        facts |= _facts(surface, rules)
    else:
        title = in_words(surface, rules.titles, rules.code)
        lines.append(surface.say("procedure.line", name=rules.name, title=title))
        facts["calendar"] = rules.name
    return surface.tell(Result("usable", facts, "\n".join(lines), DONE))


def _clocks(one: Procedure) -> tuple[Clock, ...]:
    return (*one.clocks.values(), *one.recurring.values())


def _unconfirmed(one: Procedure) -> int:
    return sum(not clock.confirmed for clock in _clocks(one))


def _facts(surface: Surface, one: Procedure) -> dict[str, Json]:
    return {
        "procedure": one.name,
        "title": in_words(surface, one.titles, one.id),
        "kind": one.kind.value,
        "in-force-from": one.in_force_from.isoformat() if one.in_force_from else None,
        "time-zone": one.time_zone,
        "clocks": [clock.code for clock in _clocks(one)],
        "not-confirmed": [clock.code for clock in _clocks(one) if not clock.confirmed],
    }


def _line(surface: Surface, one: Procedure) -> Iterator[str]:
    yield surface.say("procedure.line", name=one.name, title=in_words(surface, one.titles))
    yield "    " + " ".join(
        (
            surface.say(f"kind.{one.kind}"),
            _in_force(surface, one),
            surface.say(
                "procedure.clocks", clocks=len(_clocks(one)), unconfirmed=_unconfirmed(one) or None
            ),
        )
    )


def _in_force(surface: Surface, one: Procedure) -> str:
    if one.in_force_from is None:
        return surface.say("procedure.in-force-unknown")
    is_now = one.in_force_from <= today(surface)
    key = "procedure.in-force" if is_now else "procedure.in-force-later"
    return surface.say(key, on=one.in_force_from.isoformat())


def _shown(surface: Surface, one: Procedure) -> Iterator[str]:
    words = Words(surface, one)
    yield from _line(surface, one)
    yield "    " + surface.say("procedure.zone", zone=one.time_zone)
    yield from (f"    {_source(surface, source)}" for source in one.sources)
    yield from ("", surface.say("procedure.seats"))
    yield from (f"  {words.seat(seat)}" for seat in one.seats)
    if one.acts:
        yield from ("", surface.say("procedure.acts"))
        yield from (f"  {line}" for line in _acts(words))
    headings = ("procedure.clocks-heading", "procedure.recurring")
    for heading, clocks in zip(headings, (one.clocks, one.recurring), strict=True):
        if clocks:
            yield from ("", surface.say(heading))
        for clock in clocks.values():
            yield from (f"  {line}" for line in _clock(words, clock))
    yield from _rest(words)


def _acts(words: Words) -> Iterator[str]:
    for rule in words.procedure.acts.values():
        yield words.surface.say(
            "procedure.act",
            act=words.event(rule.code),
            seats=", ".join(map(words.seat, rule.by)) or None,
            two_persons=words.surface.say("procedure.two-persons") if rule.two_persons else None,
            signed=words.surface.say("procedure.signed") if rule.signed else None,
            at_most=rule.at_most,
        )


def _clock(words: Words, clock: Clock) -> Iterator[str]:
    say = words.surface.say
    yield say("procedure.clock", clock=words.clock(clock.code), code=clock.code)
    yield from (f"    {line}" for line in _owed(words, clock))
    yield f"    {say('clock.binding' if clock.binding else 'clock.indicative')}"
    if not clock.confirmed:
        yield f"    {say('procedure.not-confirmed', doubt=clock.doubt)}"
    if clock.counting.calendar:
        yield f"    {say('procedure.calendar', calendar=clock.counting.calendar)}"
    yield from (f"    {line}" for line in _moved(words, clock))
    for key, titles in (("clock.missed", clock.missed), ("procedure.note", clock.note)):
        if titles:
            yield f"    {say(key, missed=(said := in_words(words.surface, titles)), note=said)}"
    yield from (f"    {_source(words.surface, source)}" for source in clock.sources)


def _owed(words: Words, clock: Clock) -> Iterator[str]:
    """Yield who owes it, from what and how long, for each class where the period depends on it."""
    say, starts = words.surface.say, words.starts(clock)
    yield say("procedure.owes", seat=words.seat(clock.owes))
    for class_, period in (*clock.by_class.items(),) or (("", clock.period),):
        name = in_words(words.surface, words.procedure.classes.get(class_, {}), class_)
        if period is None:
            is_dated = clock.bound is Bound.BEFORE  # by the day of the event itself
            yield say("procedure.before-event" if is_dated else "procedure.from", starts=starts)
            continue
        key = f"within.{clock.bound}{'-back' if period.backwards else ''}"
        yield say(key, class_name=name, duration=words.period(period), starts=starts)


def _moved(words: Words, clock: Clock) -> Iterator[str]:
    say = words.surface.say
    for pause in clock.pauses:
        yield say(
            "procedure.pause",
            starts=", ".join(map(words.event, pause.starts)),
            ends=", ".join(map(words.event, pause.ends)),
            at_most=pause.at_most,
        )
    if clock.resets:
        yield say("procedure.resets", events=", ".join(map(words.event, clock.resets)))
    for extension in clock.extensions:
        yield say(
            "procedure.extension",
            event=words.event(extension.event),
            duration=words.period(extension.by) if extension.by else None,
            times=extension.times if extension.times > 1 else None,
        )
    if clock.met_by:
        yield say("procedure.met-by", events=", ".join(map(words.event, clock.met_by)))


def _source(surface: Surface, source: Source) -> str:
    facts = {"title": source.title, "url": source.url, "confidence": source.confidence}
    return surface.say("procedure.source", **facts)


def _rest(words: Words) -> Iterator[str]:
    say, one = words.surface.say, words.procedure
    if one.standard_of_proof:
        yield from ("", say("procedure.standard", standard=say(f"proof.{one.standard_of_proof}")))
    if one.drafts_read_by:
        yield say("procedure.drafts", seats=", ".join(map(words.seat, one.drafts_read_by)))
    if one.publication:
        yield say("procedure.publication", text=in_words(words.surface, one.publication))
    if one.publishes:
        yield say(f"published.{one.publishes}")
    if one.undertaking is not None:
        yield say(
            "procedure.undertaking",
            text=in_words(words.surface, one.undertaking.text),
            by=visible(one.undertaking.signed_by),
            on=one.undertaking.signed_on.isoformat(),
        )
    for door in one.outside_doors:
        titles, how = in_words(words.surface, door.titles), in_words(words.surface, door.how)
        yield say("procedure.door", door=titles, how=how)
