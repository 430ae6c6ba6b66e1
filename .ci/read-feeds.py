"""Reads every published feed as a subscriber's program would: feedparser for RSS and Atom, plain JSON for JSON Feed.

The three formats of a folder must hold the same number of entries, and no reader may have to guess (feedparser's "bozo").
"""

import json
import sys
from pathlib import Path

import feedparser


def entries_of(path):
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))["items"]
    parsed = feedparser.parse(path.read_bytes())
    if parsed.bozo:
        raise ValueError(f"feedparser had to guess: {parsed.bozo_exception!r}")
    return parsed.entries


def main(site):
    counts, wrong = {}, []
    for path in sorted(p for name in ("rss.xml", "atom.xml", "feed.json") for p in site.rglob(name)):
        try:
            entries = entries_of(path)
        except (ValueError, KeyError) as error:
            wrong.append(f"{path}: {error}")
            continue
        ids = [entry.get("id") for entry in entries]
        if not all(ids) or len(set(ids)) != len(ids):
            wrong.append(f"{path}: ids are absent or used twice")
        counts.setdefault(path.parent, {})[path.name] = len(entries)
    for folder, of in counts.items():
        if len(set(of.values())) != 1:
            wrong.append(f"{folder}: the formats differ: {of}")
    if not counts:
        wrong.append(f"{site}: no feeds")
    print(f"{sum(len(of) for of in counts.values())} feeds in {len(counts)} folders")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main(Path(sys.argv[1])))
