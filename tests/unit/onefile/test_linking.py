"""Pages that are one file: what of others is in them, and how their modules are linked."""

from hashlib import sha256
from pathlib import Path

from answerable.onefile.linking import HERE, Modules
from answerable.onefile.page import filled, module_of

NOBLE = {
    "LICENSE-ciphers": "f36671a5487c9c5050efacb58011c37c24c55a889803cb036cf9d9a6347c1e2d",
    "LICENSE-ed25519": "394c2e6e5552e5dba202bee6390b9d6aa2754d657f5b9869e83b3d265a315501",
    "LICENSE-hashes": "4f221aee6e072336700c408c68ab3b96a3fc09f6aebe6f48f1bd99e5ef13faec",
    "_md.js": "60cf3010fda89e3e4d3f0e7ff1ce249e9c467f34b4fd41b6fd6101d9f69be763",
    "_u64.js": "b09da8c07fe8187c07649494cdb7cd0bcf13df90b506a9473d19e4d5f8c2e102",
    "ciphers/_polyval.js": "735b078133e0c5a97dd984a21389f152dc7958b283f52504f6f0906ded243fa5",
    "ciphers/aes.js": "941ebefe14c48cd1401ffe52f329d4e6ff14f3f596681b211a33cde21de3a90c",
    "ciphers/utils.js": "a443ec1f60d1aaa25d1b7d8c102d33c0e8e6d683ada1ad17be9c32e69170ff95",
    "ed25519.js": "a4f631d1876b5d9e43a86cd71194ca27b5e1451edf4ba4db9a418f40a475569a",
    "hmac.js": "fec9f8f3aeda785ea2de91cc4c059d54ef98196261c026c43f48341007ae52c9",
    "pbkdf2.js": "62b75b5465a89af052a80bdebe7e0383ba01648b12f64877ce285a2e9896c713",
    "scrypt.js": "a38a020620776fa5c57c00f151bdc1033c192827c9d841996daaf29122ea82c1",
    "sha2.js": "471746bba6ec4c6238ca41358d1d3b40b6ff31cf3363f0b4d550c649c1a8e83b",
    "utils.js": "037ad49adb78168b6b699598fd33f85f7877456b1d28b4d032e2a1a16807947c",
}
"""@noble/ed25519 3.2.0, @noble/hashes 2.4.0 and @noble/ciphers 2.4.0 as their author publishes
them, by SHA-256."""


def test_the_foreign_files_are_as_their_author_published_them() -> None:
    noble = HERE / "noble"
    found = {
        path.relative_to(noble).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in noble.rglob("*")
        if path.is_file()
    }
    assert found == NOBLE


def test_a_module_has_what_it_imports_before_it_and_once(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = b + 1;\n')
    (tmp_path / "b.js").write_text('import { c as d } from "./c.js";\nexport const b = d;\n')
    script = Modules(tmp_path, {"c": "export const c = 1;\n"}).linked("a", "b")
    assert script.index("const $c = ") < script.index("const $b = ") < script.index("const $a = ")
    assert script.count("const $b = ") == 1
    assert "const { c: d } = $c;" in script


def test_remarks_go_and_texts_that_look_like_them_stay(tmp_path: Path) -> None:
    text = (
        '/** Says\n * why. */\n// and how\nconst a = "// no";\nconst b = 1; // kept\n/* c */ f();\n'
    )
    (tmp_path / "a.js").write_text(text)
    assert Modules(tmp_path, keeps_remarks=False).text("a") == (
        'const a = "// no";\nconst b = 1; // kept\n/* c */ f();\n'
    )
    assert Modules(tmp_path).text("a") == text


def test_no_part_of_a_page_is_read_as_a_place_for_another() -> None:
    script = module_of("A", {"said": "{style} </script>"})
    page = filled(
        "{policy}|{title}|{style}|{blank}|{script}",
        title="<t>", style="{script}", script=script, blank=[("en", "a & b")],
    ).decode()  # fmt: skip
    assert page.endswith('|&lt;t&gt;|{script}|<p lang="en">a &amp; b</p>|' + script)
    assert "</script" not in script
