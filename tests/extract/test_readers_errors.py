"""What a file that cannot be read is told."""

from pathlib import Path

import pytest

from extract.readers import ReadError, read_document

_XML = '<?xml version="1.0"?>'


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.md", b"", "is empty"),
        ("a.md", b" \n\t\n", "is empty"),
        ("a.pdf", b"%PDF-1.7 ...", "is a broken PDF.*viewer"),
        ("a.md", b"abc\0def", "binary file.*byte 3"),
        ("a.md", "größe".encode("latin-1"), "not UTF-8.*byte 2 is 0xf6"),
        ("a.docx", b"plain text in a strange file", "type '.docx'.*not supported"),
        ("a.xml", f"{_XML}<article><body><p>x</body></article>".encode(), "not well-formed.*line 1"),
        ("a.xml", f'{_XML}<!DOCTYPE a [<!ENTITY e "boo">]><a>&e;</a>'.encode(), "declares the entity 'e'"),
        ("a.xml", f"{_XML}<article><front/></article>".encode(), "holds no running text"),
        ("a.md", b"# Title\n\n# Another title", "holds no running text"),
    ],
)
def test_the_error_says_what_is_wrong_and_where(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ReadError, match=f"(?s){says}") as raised:
        read_document(file)
    assert str(file) in str(raised.value)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_document(tmp_path / "none.md")
    with pytest.raises(ReadError, match="is a folder"):
        read_document(tmp_path)


def test_nothing_outside_the_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret text")
    file = tmp_path / "a.xml"
    file.write_text(
        f'{_XML}<!DOCTYPE article [<!ENTITY % d SYSTEM "http://localhost:1/x.dtd">'
        f'<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        "<article><body><p>Here the text of the paper stands and &s; is not in it.</p></body></article>"
    )
    document = read_document(file)
    assert "the secret text" not in document.text
    assert [block.kind for block in document.blocks] == ["paragraph"]
