"""Reads every feed as a subscriber's program does, and compares it with the catalog: feedparser for RSS and Atom, plain JSON for JSON Feed.

python3 .ci/read-feeds.py LISTING BASE: the listing is .ci/listing.ts's; BASE is the folder of the published files, or the address of
a server that has them. Entries must be there in order, with their ids, titles, links, dates, authors, categories and enclosures, and
no reader may have to guess (feedparser's "bozo"). Two things feedparser cannot show: it drops fractions of a second, and of an RSS
item it has one enclosure at most (the others stand in media:content, which is compared instead).
"""

import calendar
import json
import sys
import urllib.parse
import urllib.request
from datetime import datetime
from pathlib import Path

import feedparser

# feedparser rewrites bodies; here it must not change titles.
feedparser.api.SANITIZE_HTML = 0


def second(instant):
    return int(datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())


def size(bytes_, format_):
    """RSS requires a length, so an unknown one is 0; feedparser returns it as text."""
    return str(bytes_) if bytes_ is not None else "0" if format_ == "rss" else None


def wanted(entry, format_):
    return {
        **{name: entry[name] for name in ("id", "title", "link", "authors", "categories")},
        **{name: second(entry[name]) for name in ("published", "updated")},
        "enclosures": [(one["url"], one["type"], size(one["bytes"], format_)) for one in entry["enclosures"]],
    }


def in_xml(entry, format_):
    enclosures = [(one["href"], one["type"], one.get("length")) for one in entry.get("enclosures", [])]
    if format_ == "rss":
        further = [one for one in entry.get("media_content", []) if one.get("medium") != "image"]
        enclosures += [(one["url"], one["type"], one.get("filesize", "0")) for one in further]
    return {
        "id": entry.get("id"),
        "title": entry.get("title"),
        # For an Atom entry without a link, feedparser returns the id.
        "link": entry.get("link") if any(one.rel == "alternate" for one in entry.get("links", [])) else None,
        "authors": [one["name"] for one in entry.get("authors", []) if one.get("name")],
        "categories": [one["term"] for one in entry.get("tags", [])],
        "published": calendar.timegm(entry.published_parsed),
        "updated": calendar.timegm(entry.updated_parsed),
        "enclosures": enclosures,
    }


def in_json(item):
    attachments = item.get("attachments", [])
    sizes = [None if one.get("size_in_bytes") is None else str(one["size_in_bytes"]) for one in attachments]
    return {
        "id": item.get("id"),
        "title": item.get("title"),
        "link": item.get("url"),
        "authors": [one["name"] for one in item.get("authors", [])],
        "categories": item.get("tags", []),
        "published": second(item["date_published"]),
        "updated": second(item["date_modified"]),
        "enclosures": [(one["url"], one["mime_type"], bytes_) for one, bytes_ in zip(attachments, sizes)],
    }


def read(base, key, format_):
    if base.startswith("http://"):
        address = base + urllib.parse.quote(key)
        if format_ == "json":
            with urllib.request.urlopen(address) as answer:
                return json.load(answer)["items"]
        parsed = feedparser.parse(address)
    elif format_ == "json":
        return json.loads((Path(base) / key).read_text(encoding="utf-8"))["items"]
    else:
        parsed = feedparser.parse((Path(base) / key).read_bytes())
    if parsed.bozo:
        raise ValueError(f"feedparser had to guess: {parsed.bozo_exception!r}")
    return parsed.entries


def differences(key, want, have):
    if [one["id"] for one in want] != [one["id"] for one in have]:
        return [f"{key}: holds {[one['id'] for one in have]}, and not {[one['id'] for one in want]}"]
    return [
        f"{key}: {name} of {one['id']} is {other[name]!r}, and not {one[name]!r}"
        for one, other in zip(want, have)
        for name in one
        if one[name] != other[name]
    ]


def main(listing, base):
    files = json.loads(Path(listing).read_text(encoding="utf-8"))
    wrong, entries = [], 0
    for file in files:
        key, format_ = file["key"], file["format"]
        try:
            seen = read(base, key, format_)
            have = [in_json(one) if format_ == "json" else in_xml(one, format_) for one in seen]
        except (AttributeError, KeyError, OSError, ValueError) as error:
            wrong.append(f"{key}: {error!r}")
            continue
        wrong += differences(key, [wanted(one, format_) for one in file["entries"]], have)
        entries += len(have)
    print(f"{entries} entries of {len(files)} feeds")
    print("\n".join(wrong))
    return 1 if wrong or entries == 0 else 0


sys.exit(main(*sys.argv[1:]))
