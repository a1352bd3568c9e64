"""Documents keep PDF/A-3a and PDF/UA-1, as veraPDF judges, before and after they are signed."""

from dataclasses import replace
from pathlib import Path

import pytest

from answerable.documents.typst_documents import TypstDocuments
from answerable.locale.catalogue import LANGUAGES
from tests.support.certificates import MECHANISM, self_made
from tests.support.pdf_validator import NoValidator, verdicts
from tests.support.responses import CLEARED, SENT, SHORT, WITH_CONTESTS, WITH_FIGURES

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

DOCUMENTS = TypstDocuments()


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Write a response in each language and a slip, each before and after it is signed."""
    made = {"slip": DOCUMENTS.sending_slip(SHORT, SENT, language="km")}
    for language in LANGUAGES:
        made[language] = DOCUMENTS.response_pdf(
            SHORT, language=language, cleared=CLEARED, signed_by=MECHANISM
        )
    for name, response in {"contests": WITH_CONTESTS, "figures": WITH_FIGURES}.items():
        act = replace(CLEARED, digest=response.digest())
        made[name] = DOCUMENTS.response_pdf(
            response, language="km", cleared=act, signed_by=MECHANISM
        )
    for name, pdf in list(made.items()):
        made[f"{name}-signed"] = DOCUMENTS.sign_pdf(pdf, self_made(), at="2026-12-10T10:00:00.000Z")
    folder = tmp_path_factory.mktemp("pdfs")
    for name, pdf in made.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    return sorted(folder.iterdir())


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_documents_keep_the_standards_that_they_declare(pdfs: list[Path], flavour: str) -> None:
    try:
        found = verdicts(flavour, pdfs)
    except NoValidator as problem:
        pytest.skip(str(problem))
    failed = {
        pdf.name: verdict.failed
        for pdf, verdict in zip(pdfs, found, strict=True)
        if not verdict.is_compliant
    }
    assert failed == {}
    assert all(verdict.checks > 1000 for verdict in found)


def test_a_pdf_that_declares_nothing_is_found_out(tmp_path: Path) -> None:
    # A PDF/A-3a file whose claim is overwritten: what judges must be able to say no.
    pdf = DOCUMENTS.sending_slip(SHORT, SENT, language="en")
    assert b"<pdfaid:part>3<" in pdf
    (tmp_path / "none.pdf").write_bytes(pdf.replace(b"<pdfaid:part>3<", b"<pdfaid:part>1<"))
    try:
        (verdict,) = verdicts("3a", [tmp_path / "none.pdf"])
    except NoValidator as problem:
        pytest.skip(str(problem))
    assert not verdict.is_compliant
