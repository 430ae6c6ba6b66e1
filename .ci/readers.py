"""Lets real readers subscribe to every RSS and Atom feed of a server, and compares what they show with the catalog.

python3 .ci/readers.py READER LISTING BASE FOLDER: READER is newsboat, sfeed or rss2email, LISTING the output of .ci/listing.ts, BASE the
server's address, and FOLDER is for the reader's files. Entries are looked up by id, because each reader has its own order; all three
drop fractions of a second. The docstring of each reader says what else it cannot show.
"""

import email
import email.policy
import email.utils
import json
import shlex
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote


def second(instant):
    return int(datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())


def plain(entry, authors):
    """What every reader shows."""
    return {"title": entry["title"], "link": entry["link"] or "", "published": second(entry["published"]), "authors": authors}


def newsroom(file):
    """The author that readers show if an RSS item names none: the feed's managingEditor."""
    author = file["author"]
    return f"{author['email']} ({author['name']})" if author["email"] else author["name"]


def first_enclosure(entry):
    return next(((one["url"], one["type"]) for one in entry["enclosures"]), ("", ""))


class Newsboat:
    """Shows the last author of an RSS item and all authors of an Atom entry, one enclosure, no categories and no time of change."""

    @staticmethod
    def read(files, base, folder):
        # newsboat treats entries with the same guid as one entry in all feeds, so each feed needs its own cache.
        (folder / "config").write_text("")
        for file in files:
            cache = folder / "cache.db"
            cache.unlink(missing_ok=True)
            (folder / "urls").write_text(base + quote(file["key"]) + "\n")
            command = ["newsboat", "-q", "-u", folder / "urls", "-c", cache, "-C", folder / "config", "-x", "reload"]
            subprocess.run(command, check=True, timeout=60)
            with sqlite3.connect(cache) as database:
                rows = database.execute("select guid, title, url, pubDate, author, enclosure_url, enclosure_type from rss_item")
                yield file, {
                    id_: {"title": title, "link": link, "published": time, "authors": authors, "enclosure": (url, type_)}
                    for id_, title, link, time, authors, url, type_ in rows
                }

    @staticmethod
    def wanted(entry, file):
        rss = file["format"] == "rss"
        authors = (entry["authors"][-1:] or [newsroom(file)]) if rss else entry["authors"]
        return {**plain(entry, ", ".join(authors)), "enclosure": first_enclosure(entry)}


class Sfeed:
    """Shows the first author, the first enclosure without its type, every category, and no time of change."""

    @staticmethod
    def read(files, base, folder):
        shutil.rmtree(folder / "feeds", ignore_errors=True)
        names = {file["key"]: file["key"].replace("/", "_") for file in files}
        feeds = "\n".join(f"  feed {shlex.quote(name)} {shlex.quote(base + quote(key))}" for key, name in names.items())
        (folder / "sfeedrc").write_text(f"sfeedpath={shlex.quote(str(folder / 'feeds'))}\nfeeds() {{\n{feeds}\n}}\n")
        subprocess.run(["sfeed_update", folder / "sfeedrc"], check=True, timeout=300, stdout=subprocess.DEVNULL)
        for file in files:
            shown = {}
            for line in (folder / "feeds" / names[file["key"]]).read_text(encoding="utf-8").split("\n")[:-1]:
                time, title, link, _, _, id_, author, enclosure, categories, *_ = line.split("\t")
                says = {"title": title, "link": link, "published": int(time), "authors": author}
                shown[id_] = {**says, "enclosure": enclosure, "categories": categories}
            yield file, shown

    @staticmethod
    def wanted(entry, file):
        author = next(iter(entry["authors"]), "")
        return {**plain(entry, author), "enclosure": first_enclosure(entry)[0], "categories": "|".join(entry["categories"])}


class Rss2email:
    """Sends a message for each entry: from the first author in RSS or the last in Atom, with every category, and with one of its two
    times, as configured here. If there is no author, the sender is the newsroom. feedparser misreads RSS's "desk@wire.example (Name)",
    because it accepts no top-level domain of more than four letters, so that name is not compared.
    """

    @staticmethod
    def read(files, base, folder):
        shutil.rmtree(folder / "Mail", ignore_errors=True)
        (folder / "Mail").mkdir()
        (folder / "seen.json").unlink(missing_ok=True)
        general = {
            "to": "reader@localhost",
            "from": "wire@localhost",
            "force-from": "True",
            "name-format": "{author}",
            "date-header": "True",
            "date-header-order": "issued",
            "encodings": "US-ASCII, UTF-8",
            "email-protocol": "maildir",
            "maildir-path": str(folder / "Mail"),
            "maildir-mailbox": "INBOX",
        }
        lines = ["[DEFAULT]", *(f"{name} = {value}" for name, value in general.items())]
        for number, file in enumerate(files):
            lines += [f"[feed.feed{number}]", f"url = {base}{quote(file['key'])}"]
        (folder / "rss2email.cfg").write_text("\n".join(lines) + "\n")
        command = ["r2e", "-c", folder / "rss2email.cfg", "-d", folder / "seen.json", "run"]
        # It exits with 0 even if it could not fetch a feed; only its log says so.
        log = subprocess.run(command, check=True, timeout=300, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
        print("\n".join(line for line in log.splitlines() if "[INFO]" not in line))
        shown = {base + quote(file["key"]): {} for file in files}
        for path in (folder / "Mail").rglob("new/*"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            sender, _ = email.utils.parseaddr(str(message["From"]))
            shown[message["X-RSS-Feed"]][message["X-RSS-ID"]] = {
                "title": str(message["Subject"]),
                "link": str(message["X-RSS-URL"] or ""),
                "published": int(message["Date"].datetime.timestamp()),
                "authors": sender,
                "categories": str(message["X-RSS-TAGS"] or ""),
            }
        for file in files:
            yield file, shown[base + quote(file["key"])]

    @staticmethod
    def wanted(entry, file):
        rss = file["format"] == "rss"
        says = {**plain(entry, None), "categories": ",".join(entry["categories"])}
        if rss and not entry["authors"]:
            return {name: value for name, value in says.items() if name != "authors"}
        return {**says, "authors": (entry["authors"] or [file["author"]["name"]])[0 if rss else -1]}


READERS = {"newsboat": Newsboat, "sfeed": Sfeed, "rss2email": Rss2email}


def main(name, listing, base, folder):
    reader = READERS[name]
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    files = [file for file in json.loads(Path(listing).read_text(encoding="utf-8")) if file["format"] != "json"]
    wrong, entries = [], 0
    for file, shown in reader.read(files, base, place):
        want = {entry["id"]: reader.wanted(entry, file) for entry in file["entries"]}
        entries += len(shown)
        for id_ in want.keys() | shown.keys():
            if id_ not in shown or id_ not in want:
                wrong.append(f"{file['key']}: {'lacks' if id_ in want else 'has'} {id_}")
            else:
                differing = [(what, one) for what, one in want[id_].items() if shown[id_][what] != one]
                wrong += [f"{file['key']}: {what} of {id_} is {shown[id_][what]!r}, and not {one!r}" for what, one in differing]
    print(f"{name} shows {entries} entries of {len(files)} feeds")
    print("\n".join(wrong[:200]))
    return 1 if wrong or entries == 0 else 0


sys.exit(main(*sys.argv[1:]))
