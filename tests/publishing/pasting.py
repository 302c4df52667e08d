"""The paste corpus: what programs put on the clipboard and what is to be stored, in pairs of files."""

from pathlib import Path

FOLDER = Path(__file__).parent / "paste"
SAMPLES = sorted(file for file in FOLDER.iterdir() if not file.name.endswith(".expected.html"))


def expected(sample):
    """The HTML that pasting ``sample`` stores; line breaks in the file are for whoever reads it."""
    text = sample.with_name(f"{sample.stem}.expected.html").read_text(encoding="utf-8")
    return text.replace("\n", "")
