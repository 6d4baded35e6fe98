"""Says what the cards that the program wrote should hold, by what the program says of its contacts.

usage: meant.py FOLDER, where FOLDER holds contacts.json (`metier contact list --json`) and cards-3.0.vcf and
cards-4.0.vcf (`metier contact export --notes`); writes FOLDER/expected.json.
"""

import json
import pathlib
import sys


def contact(listed, version):
    what = listed["contact"]
    parts = what.get("parts", {})
    # Version 3.0 asks for a name taken apart: one that never was stands whole where given names stand.
    whole = what["name"] if version == "3.0" and not parts else ""

    def reach(kind):
        return [way["value"] for way in what.get("reach", []) if way["kind"] == kind]

    return {
        "uid": what.get("card") or f"urn:uuid:{listed['entry']}",
        "name": what["name"],
        "parts": {"family": parts.get("family", ""), "given": parts.get("given", whole)},
        "organisation": [what["organisation"]] if what.get("organisation") else [],
        "title": what.get("title", ""),
        "note": what.get("note", ""),
        "mails": [{"value": value} for value in reach("mail")],
        "phones": [{"value": value} for value in reach("phone")],
        "urls": reach("web"),
        "categories": what.get("categories", []),
    }


def main(folder):
    listed = json.loads((folder / "contacts.json").read_text(encoding="utf-8"))["contacts"]
    if not listed:
        sys.exit("the program lists no contacts")
    cards = [
        {"file": f"cards-{v}.vcf", "version": v, "contacts": [contact(one, v) for one in listed]}
        for v in ["3.0", "4.0"]
    ]
    expected = {"calendars": [], "cards": cards}
    (folder / "expected.json").write_text(json.dumps(expected), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
