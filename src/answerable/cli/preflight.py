"""``answerable proceeding preflight``: what is missing, and what is printed beside the answers."""

from collections.abc import Iterator

import click

from answerable.cli.columns import columns, indented, wrapped
from answerable.cli.group import Verb
from answerable.cli.output import Json, Result
from answerable.cli.proceeding_words import ProceedingWords, words_of
from answerable.cli.surface import Surface
from answerable.core.acts import instant_of
from answerable.core.proceeding.basis import Basis
from answerable.core.proceeding.response import CollectedResponse, PointAnswered, Reply

Cited = list[tuple[int, Reply, Basis]]
"""What replies cite: each with its point and the reply."""


@click.command(cls=Verb)
@click.argument("number")
@click.pass_obj
def preflight(surface: Surface, number: str) -> int:
    """Tell what is missing before the response is cleared."""
    application = surface.application()
    words = words_of(surface, application, number, None)
    response = application.proceedings.collect(words.view.docket)
    undecided = [
        (point.number, reply.body)
        for point in response.points
        for reply in point.replies
        if any(one.collector is None for one in reply.warned)
    ]
    contested = [one for one in _cited(response) if one[2].contests]
    figures = [one for one in _cited(response) if "unit" in one[2].told]
    lines = [
        *_missing(surface, response, undecided),
        *_contested(words, contested),
        *_signatures(words, response),
        *_figures(words, figures),
        *wrapped(surface.say("proceeding.fingerprint-clear", digest=response.digest()), columns()),
    ]
    facts: dict[str, Json] = {
        "number": words.view.docket.number,
        "gaps": {**response.gaps()},
        "nothing": [
            {"point": point.number, "body": reply.body, "signed": reply.signed or None}
            for point, reply in _nothing(response)
        ],
        "undecided": [{"point": number, "body": body} for number, body in undecided],
        "contested": [_fact(*one) for one in contested],
        "figures": [_fact(*one) for one in figures],
        "sha256": response.digest(),
    }
    return surface.tell(Result("preflight", facts, "\n".join(lines)))


def _cited(response: CollectedResponse) -> Cited:
    return [
        (point.number, reply, basis)
        for point in response.points
        for reply in point.replies
        for basis in reply.basis
    ]


def _missing(
    surface: Surface, response: CollectedResponse, undecided: list[tuple[int, str]]
) -> Iterator[str]:
    say, gaps = surface.say, response.gaps()
    lines = [say(f"gap.{name}", count=count) for name, count in gaps.items() if count]
    lines += [
        say("proceeding.silent-on", body=body, point=point.number)
        for point in response.points
        for body in point.silent
    ]
    lines += [
        say("proceeding.undecided-on", body=body, point=number, key="")
        for number, body in undecided
    ]
    if not lines:
        lines.append(say("proceeding.no-gap"))
    elif undecided:
        lines.append(say("proceeding.decide-first"))
    else:
        lines.append(say("proceeding.gaps-printed"))
    return (part for line in lines for part in wrapped(line, columns()))


def _contested(words: ProceedingWords, contested: Cited) -> Iterator[str]:
    """Yield what is printed of contests, in the words that all who read a response may read."""
    for point, reply, basis in contested:
        said = words.surface.say(
            "proceeding.contested-on", point=point, body=reply.body, number=basis.text
        )
        yield from wrapped(said, columns())
        for line in words.beside(basis):
            yield from indented(line, columns(), first="  ", rest="    ")


def _nothing(response: CollectedResponse) -> Iterator[tuple[PointAnswered, Reply]]:
    """Yield each point with a body that said that it has nothing on it."""
    return (
        (point, reply)
        for point in response.points
        for reply in point.replies
        if reply.given is None
    )


def _signatures(words: ProceedingWords, response: CollectedResponse) -> Iterator[str]:
    """Yield which "nothing on this" is signed by its body, and whether the clearance is."""
    say, view = words.surface.say, words.view
    for point, reply in _nothing(response):
        key = "proceeding.nothing-signed" if reply.signed else "proceeding.nothing-unsigned"
        yield from wrapped(say(key, point=point.number, body=reply.body), columns())
    if view.now.cleared:
        act = view.envelopes[view.now.cleared - 1]
        key = "proceeding.cleared-signed" if act.signed_with else "proceeding.cleared-unsigned"
        told = say(key, act=act.sequence, body=words.party(act.by.party))
        yield from wrapped(told, columns())


def _figures(words: ProceedingWords, figures: Cited) -> Iterator[str]:
    """Yield what each cited figure was, and what it is now."""
    for point, reply, basis in figures:
        said = words.surface.say(
            "proceeding.figure-on",
            point=point,
            body=reply.body,
            figure=words.figure(basis, instant_of(reply.at)),
        )
        yield from wrapped(said, columns())


def _fact(point: int, reply: Reply, basis: Basis) -> Json:
    return {"point": point, "body": reply.body, **basis.json()}
