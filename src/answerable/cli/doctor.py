"""``answerable doctor``: whether everything that a mechanism and its server stand on is well."""

import os
from collections.abc import Iterator, Mapping
from ipaddress import ip_address

import click

from answerable import variables
from answerable.cli.errors import NoMechanism
from answerable.cli.files import read
from answerable.cli.group import Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.surface import Surface
from answerable.core.contact import contact_uri
from answerable.core.errors import AnswerableError, Fact
from answerable.locale.visible import visible

OLD_DAYS = 8
"""After so many days a register that is served is told as old: a week and a day."""

_DAY = 24 * 60 * 60
_LONGEST_INDEX = 1 << 30

Diagnosis = tuple[str, bool, Mapping[str, Fact]]


@click.command(cls=Verb)
@click.option("--sweep", is_flag=True)
@click.pass_obj
def doctor(surface: Surface, *, sweep: bool) -> int:
    if sweep:
        return _sweep(surface)
    seen = [*_variables(surface), *_front(surface), *_register(surface), *_mechanism(surface)]
    lines = []
    for code, well, facts in seen:
        sign = "+" if well else "!"
        lines.append(f"{sign} {surface.say(f'doctor.{code}.{_word(well=well)}', **facts)}")
    listed: list[Json] = [{"code": code, "well": well, **dict(facts)} for code, well, facts in seen]
    ill = sum(1 for _, well, _ in seen if not well)
    lines.append(surface.say("doctor.ill" if ill else "doctor.well", ill=ill))
    return surface.tell(
        Result("examined", {"looked_at": listed}, "\n".join(lines), NOT_VALID if ill else DONE)
    )


def _variables(surface: Surface) -> Iterator[Diagnosis]:
    """Yield what is wrong with each variable, or that nothing is."""
    environ, ill = surface.environ, False
    for name, meant in variables.unknown(environ):
        yield "variable-unknown", False, {"name": visible(name), "meant": meant}
        ill = True
    for one in variables.VARIABLES:
        try:
            one.text(environ)
        except variables.VariableNotAllowed as problem:
            allowed = surface.say(f"shared.allowed-{one.allowed.value}", **one.facts)
            found = visible(str(problem.facts["found"]))
            yield "variable", False, {"name": one.name, "found": found, "allowed": allowed}
            ill = True
    if not ill:
        names = ", ".join(variables.given(environ))
        yield "variables", True, {"names": names or None}


def _front(surface: Surface) -> Iterator[Diagnosis]:
    """Yield whether a form is open to more than this machine, where slow posts can hold it up."""
    environ = surface.environ
    bind = environ.get(variables.BIND.name, "").strip() or variables.BIND.default
    where = variables.address_of(bind)
    if where is not None and environ.get(variables.FORM.name, "").strip() == "yes":
        yield "front", _is_of_this_machine(where[0]), {"bind": visible(bind)}


def _is_of_this_machine(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _register(surface: Surface) -> Iterator[Diagnosis]:
    """Yield whether the register that the server is to serve is one, and how old."""
    from answerable.core.register.pages import INDEX, index_of  # noqa: PLC0415 - for few alone

    folder = surface.environ.get(variables.REGISTER.name, "").strip()
    if not folder:
        return
    try:
        index = index_of(read(os.path.join(folder, INDEX), _LONGEST_INDEX))  # noqa: PTH118 - as typed
    except AnswerableError:
        yield "register", False, {"folder": visible(folder)}
        return
    days = max(0, surface.offline.now_seconds - index.at // 1000) // _DAY
    yield "register", True, {"folder": visible(folder), "at": index.at_text}
    if days >= OLD_DAYS:
        yield "register-old", False, {"days": days}


def _mechanism(surface: Surface) -> Iterator[Diagnosis]:
    """Yield what is to be said of the mechanism; a server of a register alone has none."""
    environ = surface.environ
    try:
        application = surface.application()
    except NoMechanism:
        is_named = environ.get(variables.MECHANISM.name) or surface.manner.mechanism
        if is_named or not environ.get(variables.REGISTER.name):
            raise
        yield "no-mechanism", True, {}
        return
    for code, well, facts in application.upkeep.diagnoses():
        if code == "contact":
            yield from _contact(surface, str(facts["contact"]))
        else:
            yield code, well, facts


def _contact(surface: Surface, of_mechanism: str) -> Iterator[Diagnosis]:
    """Yield whom security.txt names: what the server is told comes first."""
    typed = surface.environ.get(variables.SECURITY_CONTACT.name, "").strip() or of_mechanism.strip()
    yield "contact", bool(typed), {"contact": visible(typed)}
    if typed and surface.environ.get(variables.REGISTER.name) and not contact_uri(typed):
        yield "contact-unlisted", False, {"contact": visible(typed)}


def _sweep(surface: Surface) -> int:
    swept = surface.application().upkeep.sweep()
    octets = sum(swept.values())
    lines = [f"  {visible(name)}  {length}" for name, length in swept.items()]
    lines.append(surface.say("doctor.swept", files=len(swept), octets=octets))
    facts: dict[str, Json] = {"files": dict(swept), "octets": octets}
    return surface.tell(Result("swept", facts, "\n".join(lines)))


def _word(*, well: bool) -> str:
    return "well" if well else "ill"
