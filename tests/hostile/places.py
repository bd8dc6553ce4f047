"""Folders, names and disks that are broken or mean harm, and builds that are stopped."""

import os
import random
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time
import unicodedata
from pathlib import Path

import documents

REPORT = documents.REPORT


def reports(ground, count, size=1):
    for number in range(count):
        ground.write(f"content/{number}.md", f"# Outage {number}\n\n" + REPORT * size)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def expect(ran, code=0, says=()):
    wrong = [] if ran.code == code else [f"exit {ran.code} instead of {code}: {ran.stderr[-300:]}"]
    wrong += [f"no {finding}" for finding in says if finding not in ran.findings()]
    return ran, wrong


def names(ground):
    names = ["with space", "quo\"te's", "line\nend", "tab\tname", "<b>&amp;", "percent%2e%2e", "hash#query?", "CON", "nul",
             "aux.2024", "com1", "Case", "case", "CASE", "데드", "데드\u0301", "-dash", "back\\slash", "emoji🎉",
             "\u202eturned", "가" * 84, "a" * 252, "a:b*c|d", "trailing dot.", "trailing space "]
    names.append(unicodedata.normalize("NFD", "데드"))
    for number, name in enumerate(names):
        ground.write(f"content/{name}.md", f"# Outage {number}\n")
    ground.write(b"content/not-utf8-\xff\xfe.md", "# Outage of names\n")
    ran, wrong = expect(ground.run("build"))
    published = list((Path(ground.folder) / "public/incidents").rglob("*.html"))
    if len(published) < len(names) + 1:
        wrong.append(f"{len(published)} pages of {len(names) + 1} documents")
    every = [str(path.relative_to(ground.folder)) for path in (Path(ground.folder) / "public").rglob("*")]
    if len({name.lower() for name in every}) != len(every):
        wrong.append("two files are one where case does not count")
    wrong += [f"the site has a file {name!r}" for name in every if any(letter < " " or letter in '<>"|*:\\\u202e' for letter in name)]
    return ran, wrong


def loops(ground):
    ground.write("content/a/b.md", REPORT)
    content = Path(ground.folder) / "content"
    for name, target in [("a/up", ".."), ("here", "."), ("loop.md", "loop.md"), ("one.md", "two.md"), ("two.md", "one.md"),
                         ("zero.md", "/dev/zero"), ("passwd.md", "/etc/passwd"), ("etc", "/etc"), ("gone.md", "nowhere")]:
        os.symlink(target, content / name)
    ran, wrong = expect(ground.run("build"), says=("PM001", "PM002"))
    if b"root:" in b"".join(tree(Path(ground.folder) / "public").values()):
        wrong.append("read outside of the folder")
    return ran, wrong


def devices(ground):
    ground.write("content/a.md", REPORT)
    content = Path(ground.folder) / "content"
    os.mkfifo(content / "pipe.md")
    os.mkfifo(content / "pipe.png")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(content / "socket.md"))
        if os.getuid() == 0:
            os.mknod(content / "zero.md", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
        return expect(ground.run("build"), says=("PM011",))


def deep(ground):
    ground.write("content/a.md", REPORT)
    here = os.getcwd()
    os.chdir(Path(ground.folder) / "content")
    for _ in range(600):
        os.mkdir("folder")
        os.chdir("folder")
    with open("deep.md", "w") as file:
        file.write(REPORT)
    os.chdir(here)
    return expect(ground.run("build"))


def without_rights(ground):
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return None, "needs root and setpriv"
    ground.write("content/a.md", REPORT)
    ground.write("content/secret/b.md", REPORT)
    ground.write("content/unreadable.md", REPORT)
    ground.write("content/picture.md", REPORT + "![x](unreadable.png)\n")
    ground.write("content/unreadable.png", "png")
    os.chmod(Path(ground.folder) / "content/unreadable.png", 0o000)
    os.chmod(Path(ground.folder) / "content/secret", 0o000)
    os.chmod(Path(ground.folder) / "content/unreadable.md", 0o000)
    os.mkdir(Path(ground.folder) / "out", 0o777)
    os.chmod(Path(ground.folder) / "out", 0o777)
    return expect(ground.run("build", "-o", "out/site", before=nobody()), says=("PM001", "PM501"))


def no_rights_at_all(ground):
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return None, "needs root and setpriv"
    ground.write("content/a.md", REPORT)
    os.mkdir(Path(ground.folder) / "out")
    os.chmod(Path(ground.folder) / "out", 0o777)
    os.chmod(Path(ground.folder) / "content", 0o000)
    return expect(ground.run("build", "-o", "out/site", before=nobody()), code=2, says=("PM911",))


def read_only(ground):
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return None, "needs root and setpriv"
    ground.write("content/a.md", REPORT)
    ran, wrong = expect(ground.run("build"))
    before = tree(Path(ground.folder) / "public")
    ran, wrong = expect(ground.run("build", before=nobody()), code=2, says=("PM912",))
    if tree(Path(ground.folder) / "public") != before:
        wrong.append("the old site has changed")
    return ran, wrong


def nobody():
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


class Mounted:
    def __init__(self, ground, name, *how):
        self.folder = Path(ground.folder) / name
        self.folder.mkdir(exist_ok=True)
        done = subprocess.run(["mount", *how, str(self.folder)], capture_output=True)
        self.done = done.returncode == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.done:
            subprocess.run(["umount", str(self.folder)])


def read_only_disk(ground):
    reports(ground, 3)
    with Mounted(ground, "disk", "-t", "tmpfs", "-o", "ro", "tmpfs") as disk:
        if not disk.done:
            return None, "cannot mount"
        return expect(ground.run("build", "-o", "disk/site"), code=2, says=("PM912",))


def full_disk(ground):
    reports(ground, 3)
    with Mounted(ground, "disk", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as disk:
        if not disk.done:
            return None, "cannot mount"
        ground.run("build", "-o", "disk/site")
        before = tree(disk.folder / "site")
        reports(ground, 300, 200)
        ran, wrong = expect(ground.run("build", "-o", "disk/site"), code=2, says=("PM912",))
        if not before or tree(disk.folder / "site") != before:
            wrong.append("the old site has changed")
        if [name for name in os.listdir(disk.folder) if name != "site"]:
            wrong.append("something is left beside the site")
        return ran, wrong


def output_in_content(ground):
    ground.write("content/a.md", REPORT)
    ground.run("build", "-o", "content/site")
    ran, wrong = expect(ground.run("build", "-o", "content/site"))
    if "1 document: all published" not in ran.stderr:
        wrong.append(f"the site is read as content: {ran.stderr[-200:]}")
    return ran, wrong


def content_in_output(ground):
    ground.write("site/content/a.md", REPORT)
    ran, wrong = expect(ground.run("build", "site/content", "-o", "site"), code=2, says=("PM916",))
    if tree(Path(ground.folder) / "site") != {"content/a.md": REPORT.encode()}:
        wrong.append("content is gone")
    return ran, wrong


def two_builds(ground):
    reports(ground, 400, 5)
    first = ground.start("build")
    codes, ran = [], None
    while first.poll() is None:
        ran = ground.run("build")
        codes.append(ran.code)
    codes.append(first.wait())
    wrong = [] if set(codes) <= {0, 2} and 2 in codes and 0 in codes else [f"ended with {codes}"]
    last, more = expect(ground.run("build"))
    return last, wrong + more


def write_over(path, text):
    """Writes into the file that stands there. Raises at a pipe, where a plain `open` waits for a reader, and at a link, whose
    target is nothing of ours."""
    with open(path, "w", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK | os.O_NOFOLLOW, 0o644)) as file:
        file.write(text)


def changing(ground):
    """Documents and folders come, go, grow and shrink while they are read."""
    reports(ground, 300, 20)
    content = Path(ground.folder) / "content"
    ground.write("outside.md", "# Outage that nobody else may read of\n")
    over = threading.Event()

    def change():
        chance = random.Random(3)
        while not over.is_set():
            number = chance.randrange(300)
            path = content / f"{number}.md"
            try:
                match chance.randrange(6):
                    case 0: path.unlink(missing_ok=True)
                    case 1: write_over(path, "# Half")
                    case 2: write_over(path, "# Outage\n\n" + REPORT * chance.randrange(4000))
                    case 3:
                        (content / "folder").mkdir(exist_ok=True)
                        (content / "folder" / "x.md").write_text(REPORT)
                        shutil.rmtree(content / "folder")
                    case 4:
                        path.unlink(missing_ok=True)
                        os.symlink("../outside.md", path)
                    case 5:
                        path.unlink(missing_ok=True)
                        os.mkfifo(path)
            except OSError:
                pass

    changer = threading.Thread(target=change)
    changer.start()
    wrong, last = [], None
    try:
        for _ in range(12):
            last = ground.run("build")
            if last.code != 0:
                wrong.append(f"exit {last.code}: {last.stderr[-300:]}")
            if b"nobody else may read" in b"".join(tree(Path(ground.folder) / "public").values()):
                wrong.append("read outside of the folder")
    finally:
        over.set()
        changer.join()
    return last, wrong


def killed(ground):
    """`kill -9` from the beginning of a build to its end, the exchange of the folders included: the old site or the new
    one, whole; and the next build, whatever the killed one left of the cache, makes what it should."""
    reports(ground, 200, 3)
    public, cache = Path(ground.folder) / "public", Path(ground.folder) / ".pmsite-cache"
    marks, sites, told = ["old", "new"], {}, {}
    for mark in marks:
        ground.write("content/0.md", f"# Outage {mark}\n")
        told[mark] = ground.run("build", "-o", f"whole-{mark}").findings()
        sites[mark] = tree(Path(ground.folder) / f"whole-{mark}")
    ground.write("content/0.md", "# Outage old\n")
    ground.run("build")
    # A build of one changed document, and one that finds no cache: how long each takes is asked anew every time, since
    # the machine has other things to do.
    lengths, ended, wrong, last = {"warm": [], "cold": []}, {}, [], None

    def begin(mark, kind):
        ground.write("content/0.md", f"# Outage {mark}\n")
        if kind == "cold":
            shutil.rmtree(cache)
        return ground.start("build"), time.monotonic()

    def measure(kind, there, back):
        for mark in [there, back]:
            build, begun = begin(mark, kind)
            build.wait()
            lengths[kind].append(time.monotonic() - begun)

    chance = random.Random()
    for kill in range(60):
        before, mark = marks[kill % 2], marks[kill % 2 - 1]
        kind = "cold" if kill % 3 == 0 else "warm"
        if kill % 10 < 2 or not lengths[kind]:
            measure(kind, mark, before)
        stood = public.stat().st_ino
        build, _ = begin(mark, kind)
        if kill % 5 == 4:
            moment = "at the exchange"
            while build.poll() is None and public.stat().st_ino == stood:
                time.sleep(0.0002)
            time.sleep(chance.uniform(0, 0.02))
        else:
            moment = "at any time"
            time.sleep(chance.uniform(0, 1.1 * sorted(lengths[kind])[len(lengths[kind]) // 2]))
        is_done = build.poll() is not None
        build.send_signal(signal.SIGKILL)
        build.wait()
        now = tree(public)
        which = next((name for name, site in [("old", before), ("new", mark)] if sites[site] == now), "neither")
        if which == "neither":
            wrong.append(f"after kill {kill} the site is neither")
        how = (moment, kind, which + (", done before" if is_done else ""))
        ended[how] = ended.get(how, 0) + 1
        last = ground.run("build")
        if last.code != 0 or tree(public) != sites[mark] or last.findings() != told[mark]:
            wrong.append(f"the build after kill {kill} is not what it should be: exit {last.code}")
    left = [name for name in os.listdir(ground.folder) if name.startswith(".") and name != cache.name]
    left += [name for name in os.listdir(cache) if name.endswith(".new")]
    if left:
        wrong.append(f"something is left: {left}")
    for (moment, kind, which), count in sorted(ended.items()):
        print(f"    killed {moment}, {kind} cache, {which}: {count}", flush=True)
    if not any(moment == "at the exchange" and which == "new" for moment, _, which in ended):
        wrong.append("none was killed between the exchange and its end")
    return last, wrong


CASES = [
    ("names", names), ("links in circles and out", loops), ("pipes, sockets, devices", devices), ("600 folders deep", deep),
    ("a folder without rights", without_rights), ("content without rights", no_rights_at_all), ("output without rights", read_only),
    ("output on a read-only disk", read_only_disk), ("output on a full disk", full_disk),
    ("output inside content", output_in_content), ("content inside output", content_in_output), ("two builds at once", two_builds),
    ("content that changes", changing), ("killed 60 times", killed),
]
