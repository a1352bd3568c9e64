"""Files that are too large to keep as vectors, and what differs between YAML and JSON."""

import tracemalloc

import pytest
import yaml

from answerable.core.case import limits
from answerable.core.case.delivery import Handed, read_delivery
from answerable.core.case.problems import Problem
from answerable.forms import yaml_form
from answerable.forms.form import read_form

ONE = "allegations:\n- what: a\n"


def handed(text: str | bytes, name: str = "a.yaml") -> tuple[Handed, ...]:
    form = read_form(text.encode() if isinstance(text, str) else text, name)
    return read_delivery(form.documents, lines=form.lines, size=form.size)


def refused(text: str | bytes, name: str = "a.yaml") -> tuple[str, object, object]:
    with pytest.raises(Problem) as problem:
        handed(text, name)
    return problem.value.code, problem.value.facts["field"], problem.value.facts["line"]


def problem_of(text: str, name: str = "a.yaml") -> tuple[str, object, object]:
    (one,) = handed(text, name)
    (problem,) = one.problems
    return problem.code, problem.facts["field"], problem.facts["line"]


def test_fifty_thousand_allegations_are_refused_in_one_sentence() -> None:
    assert problem_of("allegations:\n" + "- what: a\n" * 50_000) == ("too-many", "allegations", 2)
    many = '{"allegations": [' + ",".join(['{"what": "a"}'] * 50_000) + "]}"
    assert problem_of(many, "a.json") == ("too-many", "allegations", 1)


def test_a_huge_text_is_refused_naming_its_field() -> None:
    text = f"allegations:\n- title: b\n  what: {'x' * 900_000}\n"
    assert problem_of(text) == ("too-long", "allegations[1].what", 3)


def test_a_submission_of_more_than_a_mebibyte_is_refused_and_a_delivery_of_two_is_not() -> None:
    padding = f"# {'x' * limits.SUBMISSION_BYTES}\n"
    assert refused(padding + ONE)[0] == "file-too-large"
    assert len(handed(f"{padding}{ONE}---\n{ONE}")) == 2
    assert refused(b" " * (limits.DELIVERY_BYTES + 1))[0] == "file-too-large"


def test_a_thousand_submissions_are_read_and_one_more_is_refused() -> None:
    assert len(handed(f"---\n{ONE}" * 1_000)) == 1_000
    assert refused(f"---\n{ONE}" * 1_001)[:2] == ("too-many", "submissions")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[" * 200_000, "a.json"),
        ("[" * 200_000 + "]" * 200_000, "a.json"),
        ("[" * 200_000, "a.yaml"),
        ("- " * 200_000, "a.yaml"),
        ("{a: " * 200_000, "a.yaml"),
    ],
)
def test_nesting_without_end_is_refused(text: str, name: str) -> None:
    assert refused(text, name)[0] == "nested-too-deep"


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_more_values_than_any_delivery_needs_are_refused(name: str) -> None:
    values = "[" + "0," * limits.VALUES + "0]"
    assert refused('{"title": ' + values + "}", name)[0] == "too-many"


def test_a_key_without_limit_cannot_multiply_in_memory() -> None:
    text = '{"' + "k" * 400_000 + '": [' + "0," * 100_000 + "0]}"
    tracemalloc.start()
    assert refused(text, "a.json") == ("too-long", "", 1)
    assert tracemalloc.get_traced_memory()[1] < 50 * limits.MIB
    tracemalloc.stop()


@pytest.mark.parametrize("text", ["\n" * 7_000_000, "#" * 7_000_000, " " * 7_000_000, "\t" * 9999])
def test_a_large_file_of_nothing_is_empty(text: str) -> None:
    assert refused(text)[0] == "empty-file"


def test_a_scalar_of_yaml_is_the_text_that_was_typed() -> None:
    text = "[2026-05-12, 010, 1e3, yes, 12:30:45, .inf, '', \"null\", Null, ~, null, ]"
    wanted = ["2026-05-12", "010", "1e3", "yes", "12:30:45", ".inf", "", "null", "Null", None, None]
    assert read_form(text.encode(), "a.yaml").documents == (wanted,)


def test_both_parsers_of_yaml_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"a: ~\nb: 'x'\nc:\n- {d: }\n- |\n  long\n  words\n---\ne: 1\n"
    fast = read_form(text, "a.yaml")
    monkeypatch.setattr(yaml_form, "_LOADER", yaml.SafeLoader)
    assert read_form(text, "a.yaml") == fast
    assert refused("a: &x 1\nb: *x") == ("alias-refused", "a", 1)
    assert refused("a: [b\n") == ("not-yaml", "a[1]", 2)


def test_a_number_is_text_in_yaml_and_not_in_json() -> None:
    (one,) = handed("allegations:\n- what: 12\n")
    assert one.submission is not None
    assert one.submission.allegations[0].what == "12"
    assert problem_of('{"allegations": [{"what": 12}]}', "a.json")[0] == "not-text"


def test_json_is_known_by_its_name_or_by_its_beginning() -> None:
    text = '{"allegations": [{"what": "a\\tb"}]}'
    for name in ("a.json", "A.JSON", "a", "-", "a.txt"):
        (one,) = handed(text, name)
        assert one.submission is not None
        assert one.submission.allegations[0].what == "a\tb"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    text = f"title: a{end}allegations:{end}- what: b{end}  date: soon{end}"
    assert problem_of(text) == ("unreadable-date", "allegations[1].date", 4)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (ONE, [""]),
        (f"---\n{ONE}", [""]),
        (f"# a\n%YAML 1.1\n---\n{ONE}---\n", [""]),
        (f"{ONE}---\n{ONE}...\n", ["submissions/1", "submissions/2"]),
        (f"# a\n---\n{ONE}---\n{ONE}", ["submissions/1", "submissions/2"]),
        ("- allegations:\n  - what: a\n", ["1"]),
        ('{"submissions": [{"allegations": [{"what": "a"}]}]}', ["submissions/1"]),
    ],
)
def test_each_submission_of_a_file_has_its_place(text: str, places: list[str]) -> None:
    assert [one.at for one in handed(text)] == places


def test_a_bad_submission_does_not_stop_its_neighbours() -> None:
    read = handed(f"{ONE}---\n{ONE}  date: soon\n---\n{ONE}")
    assert [one.submission is not None for one in read] == [True, False, True]
    assert read[1].problems[0].facts["field"] == "submissions[2].allegations[1].date"
    assert read[1].problems[0].facts["line"] == 6


def test_no_problem_repeats_what_was_written() -> None:
    typed = "sopheap"
    for text in (
        f"allegations:\n- what: a\n  date: {typed}\n  kind: {typed}\n  how-known: {typed}\n",
        f"allegations: {typed}\nreaders: [{typed}]\nlanguage: '{typed}!'\nlevel: {typed}\n",
        f"allegations:\n- what: a\nexhibits: [{{file: ../{typed}}}]\n",
    ):
        for one in handed(text):
            assert one.problems
            for problem in one.problems:
                assert typed not in f"{problem} {dict(problem.facts)}"
    for text in (f"a: {typed}: b", f"a: !{typed} b", f"a: &{typed} b", f"[{typed}"):
        with pytest.raises(Problem) as refusal:
            handed(text)
        assert typed not in f"{refusal.value} {dict(refusal.value.facts)}"
