"""The one script of the form: named by its digest, so that no other runs."""

import re
from base64 import b64encode
from hashlib import sha256

from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import known


def test_the_one_script_of_a_page_is_named_by_its_digest_and_no_other_runs(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    for rest in ("", "/1", "/4", "/nothing"):
        page = sender.open(f"/en/f{rest}")
        (script,) = re.findall(r"<script type=\"module\">(.*?)</script>", page.text, re.DOTALL)
        digest = b64encode(sha256(script.encode()).digest()).decode()
        policy = page.headers["Content-Security-Policy"]
        assert f"script-src 'sha256-{digest}'" in policy
        assert "unsafe" not in policy
    assert "script-src 'none'" in sender.ask("/en").headers["Content-Security-Policy"]
