"""The published files as other programs read them: the queries of docs/data.md, and validators of each format."""

import collections
import csv
import json
import os
import pathlib
import re
import subprocess
import tempfile
import tomllib
import unittest
import xml.etree.ElementTree as xml

import duckdb
import icalendar
import jsonschema

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PMSITE", REPOSITORY / "target/release/pmsite")
BLOCKS = re.findall(r"```(sql|python)\n(?:--|#) (\w+)\n(.*?)```", (REPOSITORY / "docs/data.md").read_text(), re.S)
QUERIES = {name: text for _, name, text in BLOCKS}


def pmsite(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True, **options)


class Data(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.site = pathlib.Path(folder.name) / "site"
        pmsite("build", REPOSITORY / "content", "-o", cls.site, "--base-url", "https://example.org/p/")
        cls.lines = (cls.site / "data/incidents.jsonl").read_text().splitlines()
        cls.incidents = [json.loads(line) for line in cls.lines]
        cls.leading = [one for one in cls.incidents if not one["path"].endswith(".ko.md")]
        before = os.getcwd()
        os.chdir(cls.site)
        cls.addClassCleanup(os.chdir, before)

    def test_which_causes_recur(self):
        counts = collections.Counter(cause["id"] for one in self.leading for cause in one["root_causes"])
        wanted = {cause: count for cause, count in counts.items() if count > 1}
        rows = duckdb.sql(QUERIES["recurring"]).fetchall()
        self.assertEqual({cause: count for cause, count, _, _ in rows}, wanted)
        self.assertGreater(len(rows), 5)
        self.assertEqual([row[1] for row in rows], sorted(wanted.values(), reverse=True))

    def test_how_long_it_takes_to_notice(self):
        rows = duckdb.sql(QUERIES["noticing"]).fetchall()
        known = [one for one in self.leading if all(re.match(r"\d{4}-.*T", one[key] or "") for key in ("started_at", "detected_at"))]
        self.assertEqual(sum(count for _, count, _ in rows), len(known))
        self.assertTrue(all(minutes >= 0 for _, _, minutes in rows))

    def test_what_was_promised_and_not_done(self):
        rows = duckdb.sql(QUERIES["promised"]).fetchall()
        open_items = {(one["path"], item["text"]) for one in self.leading for item in one["action_items"] if item["status"] != "done"}
        self.assertGreater(len(rows), 0)
        self.assertLessEqual({(path, promise) for _, path, promise, _ in rows}, open_items)

    def test_pandas(self):
        results = {}
        for name in ("hours", "services"):
            scope = {}
            exec(QUERIES[name], scope)
            results[name] = scope["result"]
        counts = collections.Counter(cause["id"] for one in self.leading for cause in one["root_causes"])
        timed = collections.Counter(
            cause["id"] for one in self.leading for cause in one["root_causes"] if one["duration_minutes"] is not None
        )
        self.assertEqual(results["hours"]["count"].to_dict(), {cause: timed[cause] for cause in counts})
        self.assertIn("checkout", results["services"].index)

    def test_a_site_from_what_duckdb_chose(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "facts").mkdir()
            half = len(self.lines) // 2
            (folder / "facts/a.jsonl").write_text("\n".join(self.lines[:half]) + "\n")
            (folder / "facts/b.jsonl").write_text("\n".join(self.lines[half:]) + "\n")
            here = os.getcwd()
            os.chdir(folder)
            try:
                duckdb.sql(QUERIES["subset"])
                pmsite("build", "--from", "chosen.jsonl", "-o", "site")
            finally:
                os.chdir(here)
            made = [json.loads(line) for line in (folder / "site/data/incidents.jsonl").read_text().splitlines()]
        wanted = sorted(one["path"] for one in self.incidents if (one["date"] or "") >= "2023")
        self.assertEqual(sorted(one["path"] for one in made), wanted)

    def test_every_line_is_what_the_schema_says(self):
        schema = json.loads((self.site / "data/incident.schema.json").read_text())
        self.assertEqual(schema, json.loads(pmsite("schema", "incident").stdout))
        validator = jsonschema.validators.validator_for(schema)(schema)
        validator.check_schema(schema)
        for one in self.incidents:
            self.assertEqual([error.message for error in validator.iter_errors(one)], [], one["path"])
            # Only what is not for everybody says so.
            self.assertEqual(set(one) | {"visibility", "slug", "tags"}, set(schema["properties"]))
        self.assertTrue(list(validator.iter_errors({**self.incidents[0], "services": "checkout"})))

    def test_the_package_describes_the_table(self):
        package = json.loads((self.site / "data/datapackage.json").read_text())
        for resource in package["resources"]:
            self.assertTrue((self.site / "data" / resource["path"]).is_file(), resource["path"])
        fields = package["resources"][0]["schema"]["fields"]
        with (self.site / "data/incidents.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), [field["name"] for field in fields])
        self.assertEqual(len(rows), len(self.incidents))
        for row in rows:
            for field in fields:
                if row[field["name"]] and field["type"] in ("number", "integer"):
                    float(row[field["name"]])
            self.assertEqual(row["path"] and row["title"] and row["lang"], row["lang"])

    def test_the_calendar(self):
        calendar = icalendar.Calendar.from_ical((self.site / "data/incidents.ics").read_bytes())
        dated = [one for one in self.leading if re.match(r"\d{4}-\d\d-\d\d$", one["date"] or "")]
        events = {str(event["URL"]): event for event in calendar.walk("VEVENT")}
        self.assertEqual(len(events), len(dated))
        [presale] = [event for url, event in events.items() if url.endswith("/incidents/2024/fan-club-presale.html")]
        self.assertEqual(presale.decoded("DTSTART").isoformat(), "2024-10-18T11:00:00+00:00")
        self.assertEqual(presale.decoded("DTEND").isoformat(), "2024-10-18T12:35:00+00:00")

    def test_feeds_and_sitemap_are_xml(self):
        files = sorted(self.site.rglob("*.xml"))
        self.assertGreaterEqual(len(files), 3)
        for file in files:
            xml.parse(file)

    def test_settings_and_the_files_of_build_services(self):
        schema = REPOSITORY / "docs/schema/settings.json"
        with tempfile.TemporaryDirectory() as folder:
            for service in ("github", "gitlab"):
                pmsite("init", f"{folder}/{service}", "--ci", service, "--title", "Shop", "--theme", "ours")
            self.valid("--schemafile", schema, REPOSITORY / "pmsite.toml", f"{folder}/github/pmsite.toml")
            workflows = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
            self.assertGreaterEqual(len(workflows), 3)
            created = f"{folder}/github/.github/workflows/postmortems.yml"
            self.valid("--builtin-schema", "vendor.github-workflows", *workflows, created)
            self.valid("--builtin-schema", "vendor.github-actions", REPOSITORY / "action.yml")
            pipelines = (REPOSITORY / ".gitlab-ci.yml", f"{folder}/gitlab/.gitlab-ci.yml")
            self.valid("--builtin-schema", "vendor.gitlab-ci", *pipelines)
            wrong = pathlib.Path(folder) / "wrong.toml"
            wrong.write_text('titel = "Shop"\n')
            checked = subprocess.run(["check-jsonschema", "--schemafile", schema, wrong], capture_output=True)
            self.assertNotEqual(checked.returncode, 0, "the schema finds a mistyped key")

    def valid(self, *arguments):
        checked = subprocess.run(["check-jsonschema", *arguments], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_the_action_names_options_that_exist(self):
        action = (REPOSITORY / "action.yml").read_text()
        lines = [line for line in action.splitlines() if re.search(r"(run: |^ +)pmsite \w+ ", line)]
        self.assertGreaterEqual(len(lines), 3)
        for line in lines:
            command, rest = re.search(r"pmsite (\w+) (.*)", line).groups()
            known = pmsite(command, "--help").stdout
            for option in re.findall(r"(--?[a-z][a-z-]*)", rest):
                self.assertIn(option, known, line)


class Image(unittest.TestCase):
    def test_the_image_is_built_from_all_that_the_program_needs(self):
        ignored = [line.strip("/") for line in (REPOSITORY / ".dockerignore").read_text().split()]
        manifest = tomllib.loads((REPOSITORY / "Cargo.toml").read_text())
        targets = [target["path"] for kind in ("bin", "test", "bench") for target in manifest.get(kind, [])]
        needed = [REPOSITORY / path for path in ("Cargo.lock", "build.rs", "src/lib.rs", "themes/default", *targets)]
        for file in (REPOSITORY / "src").rglob("*.rs"):
            included = re.findall(r'include_(?:str|bytes)!\("([^"]+)"', file.read_text())
            needed += [(file.parent / path).resolve() for path in included]
        self.assertGreater(len(needed), 15)
        for path in needed:
            self.assertTrue(path.exists(), path)
            below = path.relative_to(REPOSITORY).as_posix()
            self.assertFalse([folder for folder in ignored if below.startswith(folder)], below)


if __name__ == "__main__":
    unittest.main()
