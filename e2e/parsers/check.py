"""Reads calendars with icalendar and vobject, and cards with vobject, and compares with what was meant.

usage: check.py FOLDER, where FOLDER holds expected.json and the files that it names.
"""

import datetime
import itertools
import json
import pathlib
import sys

import icalendar
import vobject
from dateutil.rrule import rrulestr

compared = 0
problems = []


def same(where, found, expected):
    global compared
    compared += 1
    if found != expected:
        problems.append(f"{where}: found {found!r}, expected {expected!r}")


def stamp(value):
    return value.isoformat()


def minutes(trigger):
    return int(trigger.total_seconds() // 60)


def days(start, rule, count):
    """The first days of a repeat, by dateutil."""
    if rule is None:
        return [stamp(start)[:10]]
    first = start if isinstance(start, datetime.datetime) else datetime.datetime.combine(start, datetime.time())
    return [stamp(day)[:10] for day in itertools.islice(rrulestr(rule, dtstart=first), count)]


def by_icalendar(path, expected):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    same(f"icalendar {path.name} errors", list(calendar.errors), [])
    same(f"icalendar {path.name} name", str(calendar["X-WR-CALNAME"]), expected["name"])
    events = list(calendar.walk("VEVENT"))
    same(f"icalendar {path.name} events", len(events), len(expected["events"]))
    for event, meant in zip(events, expected["events"]):
        where = f"icalendar {path.name} {meant['uid']}"
        same(where + " errors", list(event.errors), [])
        rule = event["RRULE"].to_ical().decode() if "RRULE" in event else None
        alarms = [minutes(alarm["TRIGGER"].dt) for alarm in event.walk("VALARM")]
        same(where, str(event["UID"]), meant["uid"])
        same(where, str(event["SUMMARY"]), meant["title"])
        same(where, str(event.get("DESCRIPTION", "")), meant["text"])
        same(where, stamp(event["DTSTART"].dt), meant["start"])
        same(where, stamp(event["DTEND"].dt), meant["end"])
        same(where, int(event["SEQUENCE"]), meant["sequence"])
        same(where, str(event["STATUS"]) == "CANCELLED", meant["cancelled"])
        same(where, alarms, [] if meant["alarm"] is None else [meant["alarm"]])
        meant_days = meant.get("days", [meant["start"]])
        same(where, days(event["DTSTART"].dt, rule, max(8, len(meant_days))), meant_days)


def by_vobject(path, expected):
    calendar = vobject.readOne(path.read_text(encoding="utf-8"))
    calendar.validate(raiseException=True)
    same(f"vobject {path.name} events", len(calendar.vevent_list), len(expected["events"]))
    for event, meant in zip(calendar.vevent_list, expected["events"]):
        where = f"vobject {path.name} {meant['uid']}"
        text = event.description.value if hasattr(event, "description") else ""
        alarms = [minutes(alarm.trigger.value) for alarm in event.contents.get("valarm", [])]
        same(where, event.uid.value, meant["uid"])
        same(where, event.summary.value, meant["title"])
        same(where, text, meant["text"])
        same(where, stamp(event.dtstart.value), meant["start"])
        same(where, stamp(event.dtend.value), meant["end"])
        same(where, event.status.value == "CANCELLED", meant["cancelled"])
        same(where, alarms, [] if meant["alarm"] is None else [meant["alarm"]])
        if event.rruleset is not None:
            found = [stamp(day)[:10] for day in itertools.islice(event.rruleset, 8)]
            same(where, found, meant.get("days", [meant["start"]]))


def cards_by_vobject(path, expected):
    cards = list(vobject.readComponents(path.read_text(encoding="utf-8")))
    same(f"vobject {path.name} cards", len(cards), len(expected["contacts"]))
    for card, meant in zip(cards, expected["contacts"]):
        where = f"vobject {path.name} {meant['uid']}"
        same(where, card.version.value, expected["version"])
        same(where, card.uid.value, meant["uid"])
        same(where, card.fn.value, meant["name"])
        name = card.n.value if hasattr(card, "n") else None
        same(where, name.family if name else "", meant["parts"]["family"])
        same(where, name.given if name else "", meant["parts"]["given"])
        same(where, first(card, "org", []), meant["organisation"])
        same(where, first(card, "title", ""), meant["title"])
        same(where, first(card, "note", ""), meant["note"])
        same(where, every(card, "email"), [way["value"] for way in meant["mails"]])
        same(where, every(card, "tel"), [way["value"] for way in meant["phones"]])
        # It takes a comma in an address for one between texts; by RFC 2426 an address has no escapes.
        same(where, every(card, "url"), [url.split(",")[0] for url in meant["urls"]])
        same(where, first(card, "categories", []), meant["categories"])


def every(card, name):
    return [line.value for line in card.contents.get(name, [])]


def first(card, name, absent):
    return next(iter(every(card, name)), absent)


def main(folder):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for calendar in expected["calendars"]:
        by_icalendar(folder / calendar["file"], calendar)
        by_vobject(folder / calendar["file"], calendar)
    for cards in expected["cards"]:
        cards_by_vobject(folder / cards["file"], cards)
    for problem in problems[:10]:
        print(problem, file=sys.stderr)
    print(f"icalendar and vobject: {compared} values compared, {len(problems)} differ")
    return 1 if problems or compared == 0 else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1])))
