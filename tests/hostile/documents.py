"""Documents that are broken or mean harm, each written whole. Most are just below the 10 MB that a document may have."""

import random
import unicodedata
from dataclasses import dataclass
from typing import Callable

REPORT = "# Checkout deadlock\n\nOn 2 May 2024 from 10:00 to 11:00 UTC the orders table deadlocked.\n\n"
LARGE = 300_000_000
MB = 1_000_000


@dataclass
class Case:
    name: str
    make: Callable
    # Findings that must be there.
    says: tuple = ()
    # `limits.document_bytes`; None leaves it as it is.
    limit: int | None = None
    # At most so many processor seconds and so much memory.
    seconds: float = 60
    megabytes: float = 2_500


def repeated(text, count):
    """REPORT and so many copies, in pieces."""
    yield REPORT
    piece = text * 1000
    for _ in range(count // 1000):
        yield piece
    yield text * (count % 1000)


def numbered(line, count):
    yield REPORT
    for at in range(count):
        yield line.format(at)


def bomb():
    lines = ["---", "a: &a [x,x,x,x,x,x,x,x,x]"]
    for one, two in zip("abcdefghijkl", "bcdefghijklm"):
        lines.append(f"{two}: &{two} [{','.join(['*' + one] * 9)}]")
    return "\n".join([*lines, "---", REPORT])


def noise(size):
    return random.Random(7).randbytes(size)


def prose(size):
    line = "At 10:05 UTC @kim restarted orders-db on db-07; latency fell from 900 ms to 40 ms, see https://wiki/x.\n\n"
    return repeated(line, size // len(line))


CASES = [
    # Past the limit that every site has unless it says otherwise: refused before it is read.
    Case("100 MB", lambda: prose(100 * MB), ("PM004",), seconds=5, megabytes=120),
    Case("one line of 50 MB", lambda: repeated("x deadlock ", 50 * MB // 11), ("PM004",), seconds=5, megabytes=120),
    # The same where somebody raised the limit.
    Case("100 MB, allowed", lambda: prose(100 * MB), limit=LARGE, seconds=900, megabytes=16_000),
    Case("one line of 50 MB, allowed", lambda: repeated("x deadlock ", 50 * MB // 11), ("PM107",), LARGE, 300, 6_000),
    Case("a million rows", lambda: REPORT + "|a|b|\n|-|-|\n" + "|x|y|\n" * 1_000_000, megabytes=4_000, seconds=60),
    Case("one line, no spaces", lambda: repeated("x", 9 * MB), ("PM107",)),
    Case("one line of `&`", lambda: repeated("&", 9 * MB), ("PM107",)),
    Case("one line of `\\`", lambda: repeated("\\", 9 * MB), ("PM107",)),
    Case("full stops and wide spaces", lambda: repeated("a.\u3000", 2 * MB), ("PM107",)),
    Case("a heading that says nothing, 2,000 times", lambda: "# " + "incident: " * 2000 + "\n\n" + REPORT, seconds=5),
    Case("10,000 headings", lambda: numbered("## Heading {0}\n\nx\n\n", 10_000)),
    Case("400,000 headings", lambda: numbered("## Heading {0}\n\nx\n\n", 400_000)),
    Case("400,000 headings alike", lambda: repeated("## A\n\nx\n\n", 400_000)),
    Case("2,000 nested lists", lambda: REPORT + "".join("  " * at + "- a\n" for at in range(2000)), ("PM103",)),
    Case("2,000 nested lists of numbers", lambda: REPORT + "".join("   " * at + "1. a\n" for at in range(2000)), ("PM103",)),
    Case("lists within quotes", lambda: REPORT + "".join("> - " * at + "a\n" for at in range(1500))),
    Case("2,000 nested quotes", lambda: REPORT + ">" * 2000 + " a\n"),
    Case("4,500 times 2,000 quotes", lambda: REPORT + (">" * 2000 + " a\n\n") * 4500),
    Case("100,000 link definitions", lambda: numbered("[a{0}]: http://x/{0}\n", 100_000)),
    Case("100,000 definitions, used", lambda: numbered("[a{0}]: http://x/{0}\n\n[a{0}] [A{0}] [b{0}]\n\n", 100_000)),
    Case("a table of 5,000 columns", lambda: REPORT + ("|a" * 5000 + "|\n") + ("|-" * 5000 + "|\n") + ("|x" * 5000 + "|\n") * 850),
    Case("binary", lambda: noise(9 * MB), ("PM003",)),
    Case("NUL bytes", lambda: REPORT + "x\0y a line that is long enough to be a text, for all that it holds a NUL byte in it\n" * 100_000, ("PM010",)),
    Case("bidi controls", lambda: REPORT + "\u202eab\u2066c\u2069" * 600_000, ("PM010",)),
    Case("zalgo", lambda: REPORT + ("a" + "\u0301\u0320\u0489" * 100 + " ") * 14_000),
    Case("one letter, 4,500,000 marks", lambda: REPORT + "a" + "\u0301" * 4_500_000),
    Case("decomposed Hangul", lambda: REPORT + unicodedata.normalize("NFD", "데드락이 났다. ") * 200_000, ("PM009",)),
    Case("decomposed Hangul in lines", lambda: REPORT + unicodedata.normalize("NFD", "데드락이 났다.\n\n") * 190_000, ("PM009",), megabytes=1_500),
    Case("decomposed and double encoded", lambda: (unicodedata.normalize("NFD", "데드락 ") + "itâ€™s ") * 200_000, ("PM007", "PM009")),
    Case("conflict markers", lambda: REPORT + "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n" * 250_000, ("PM101",)),
    Case("conflicts that never close", lambda: REPORT + "<<<<<<< a\nx\n" * 750_000, ("PM101",)),
    Case("conflicts without a first side", lambda: REPORT + "=======\n>>>>>>> b\n" * 500_000),
    Case("conflicts that only begin", lambda: REPORT + "<<<<<<< a\n=======\n" * 500_000, ("PM101",)),
    Case("YAML bomb", bomb),
    Case("YAML nested 100,000 deep", lambda: f"---\na: {'[' * 100_000}{']' * 100_000}\n---\n{REPORT}", ("PM102",)),
    Case("YAML of 8 MB", lambda: "---\n" + "".join(f"k{at}: v\n" for at in range(700_000)) + f"---\n{REPORT}"),
    Case("TOML nested 100,000 deep", lambda: f"+++\na = {'[' * 100_000}{']' * 100_000}\n+++\n{REPORT}", ("PM102",)),
    Case("front matter that never ends", lambda: "---\n" + "a: b\n" * 1_500_000),
    Case("open brackets", lambda: REPORT + "[" * 9 * MB),
    Case("open pictures", lambda: REPORT + "![" * 4 * MB),
    Case("open links", lambda: REPORT + "[a](" * 2 * MB),
    Case("stars", lambda: REPORT + "**a " * 2 * MB),
    Case("stars and lines", lambda: REPORT + "*_a" * 2 * MB),
    Case("backticks", lambda: REPORT + "".join("`" * at + " " for at in range(4200))),
    Case("open elements", lambda: REPORT + "<div>" * 1_800_000, ("PM103",)),
    Case("crossed elements", lambda: REPORT + "<b><i></b>" * 800_000),
    Case("tables in tables", lambda: REPORT + "<table><tr><td>" * 500_000, ("PM103",)),
    Case("open comments", lambda: REPORT + "<!--" * 2 * MB),
    Case("open CDATA", lambda: REPORT + "<![CDATA[" * 900_000),
    Case("instructions", lambda: REPORT + "<?x " * 2 * MB),
    Case("attributes", lambda: REPORT + "<a " + "x=1 " * 2 * MB + ">"),
    Case("entities", lambda: REPORT + "&amp;&#x41;&lt;" * 600_000),
    Case("footnotes", lambda: numbered("[^{0}] [^{0}]: x\n\n", 350_000)),
    Case("footnotes of themselves", lambda: repeated("[^a]: [^a]\n\n", 700_000)),
    Case("pmsite remarks", lambda: REPORT + "<!-- pmsite: ignore PM101 -->\n" * 300_000),
    Case("names of no finding", lambda: REPORT + "<!-- pmsite: ignore " + "PMXXX " * 1_400_000 + "-->\n", ("PM806",)),
    Case("names of no finding, remark by remark", lambda: REPORT + "<!-- pmsite: ignore no-cuase no-onwer -->\n\n" * 190_000, ("PM806",)),
    Case("times", lambda: REPORT + "13:17pm " * 7000 + "\n\n" + "13:17pm\n\n" * 900_000, ("PM201",), megabytes=3_000),
    Case("dates", lambda: REPORT + "2024-05-02 2024년 5월 2일 \n" * 250_000),
    Case("timeline of 400,000", lambda: REPORT + "## Timeline\n\n" + "".join(f"- {at // 60 % 24:02}:{at % 60:02} a deadlock\n" for at in range(400_000))),
    Case("actions of 250,000", lambda: REPORT + "## Action items\n\n" + "- [ ] Add an alert @kim 2024-05-02\n" * 250_000),
    Case("causes", lambda: REPORT + "## Root cause\n\n" + ("A deadlock, not a full disk. " * 20 + "\n\n") * 15_000),
    Case("addresses", lambda: REPORT + "://u:" * 1_800_000),
    Case("addresses of machines", lambda: REPORT + "10.0.0.1 " * MB, ("PM622",)),
    Case("unknown causes", lambda: "---\nroot_causes: [" + ",".join(f"deadlok{at}" for at in range(600_000)) + f"]\n---\n{REPORT}"),
    Case("a key of 9 MB", lambda: f"---\n{'k' * 9 * MB}: x\n---\n{REPORT}"),
    Case("a name of 9 MB", lambda: REPORT + f"<!-- pmsite: ignore {'x' * 9 * MB} -->\n", ("PM806",)),
    Case("a title of 9 MB", lambda: "# " + "데드락 " * 900_000 + "\n\nDown at 10:00 UTC on 2024-05-02.\n"),
    Case("a tag of 9 MB", lambda: REPORT + "<a href='" + "x" * 9 * MB + "'>y</a>"),
    Case("pictures", lambda: REPORT + "<img src=gone.png>\n" * 450_000, ("PM501",)),
    Case("a tag that never ends", lambda: REPORT + "<p>\n<a\n" + "x\n" * 4 * MB),
    Case("cells", lambda: REPORT + "|a|b|\n|-|-|\n" + "|x|" * 3 * MB),
    Case("mail", lambda: REPORT + "a@" * 4_500_000),
    Case("digits", lambda: REPORT + "0" * 9 * MB, ("PM107",)),
    Case("keys", lambda: REPORT + "-----BEGIN PRIVATE KEY " * 400_000),
    Case("passwords", lambda: REPORT + "password=" * MB),
    Case("code of 9 MB", lambda: REPORT + "```js\n" + "var a = [{('" * 750_000 + "\n```\n"),
    Case("code in every language", lambda: REPORT + "```rust\nfn a() { \"\n```\n" * 300_000),
    Case("spaces", lambda: REPORT + " " * 9 * MB + "x"),
    Case("empty lines", lambda: REPORT + "\n" * 9 * MB),
    Case("CR alone", lambda: REPORT + "a\r" * 4_500_000),
    Case("emoji by name", lambda: REPORT + ":a" * 4_500_000),
    Case("Hangul without a space", lambda: REPORT + "데드락" * MB, ("PM107",)),
    Case("words, all different", lambda: REPORT + " ".join(f"w{at}" for at in range(1_200_000))),
]
