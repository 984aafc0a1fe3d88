# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules that must hold after a run of kill_nine.py. This is a separate file, so that it can be tested alone."""

LEFT_STATES = ("sent", "delivered", "read", "received")


class View:
    """A client's final state: its groups, the history of the common group, and its doctor's report."""

    def __init__(self, name, account, groups, history, doctor):
        self.name = name
        self.account = account
        self.groups = groups
        self.history = history
        self.doctor = doctor

    def texts(self):
        return [entry for entry in self.history if entry.get("text") is not None and "event_id" in entry]

    def group(self, group):
        return next((entry for entry in self.groups if entry["group"] == group), {})

    def epoch(self, group):
        return self.group(group).get("epoch")

    def waiting(self):
        """Counts messages and other events that wait to be sent."""
        return (sum(entry["queued"] for entry in self.groups) +
                sum(line["count"] for line in self.doctor if line.get("category") == "outbox"))

    def sound(self):
        return {"database": "sound"} in self.doctor


def memberships(history, guest):
    """Reads from a member's history the ranges of epochs in which the guest was in the group."""
    ranges = []
    since = 0
    for entry in history:
        if entry.get("subject") != guest:
            continue
        if entry.get("system") == "member_removed" and since is not None:
            ranges.append((since, entry["epoch"] - 1))
            since = None
        elif entry.get("system") == "member_added" and since is None:
            since = entry["epoch"]
    if since is not None:
        ranges.append((since, float("inf")))
    return ranges


def judge(views, members, group, accepted, written, message):
    """Returns the complaints. The first `members` views are of members that stayed, the last is the guest's."""
    complaints = []
    known = {message(name, number) for name, count in written.items() for number in range(count)}
    guest = views[-1]
    spans = memberships(views[0].history, guest.name)

    def inside(epoch):
        return any(begin <= epoch <= end for begin, end in spans)

    for view in views:
        texts = [entry["text"] for entry in view.texts()]
        if len(set(texts)) != len(texts):
            twice = next(text for text in texts if texts.count(text) > 1)
            complaints.append(f"{view.name} has {len(texts) - len(set(texts))} messages more than once, such as {twice[:40]!r}")
        if len({entry["event_id"] for entry in view.texts()}) != len(texts):
            complaints.append(f"{view.name} has an event id twice")
        if set(texts) - known:
            complaints.append(f"{view.name} has {len(set(texts) - known)} messages nobody wrote")
        if not view.sound():
            complaints.append(f"{view.name}: the database is not sound")
        if view.waiting():
            complaints.append(f"{view.name}: {view.waiting()} wait to be sent")
        for sender in written:
            own = [text for text in texts if text.startswith(sender + " ")]
            if own != sorted(own):
                complaints.append(f"{view.name} has the messages of {sender} out of order")

    stayed = views[:members]
    for view in stayed:
        texts = {entry["text"] for entry in view.texts()}
        for sender, list_of_texts in accepted.items():
            # Messages that the guest wrote while it was outside were not sent. The guest's own state shows that.
            expected = [text for text in list_of_texts
                        if sender != guest.name or text in guests_own(guest)]
            missing = [text for text in expected if text not in texts]
            if missing:
                complaints.append(f"{view.name} misses {len(missing)} messages of {sender}, such as {missing[0][:40]!r}")
        stuck = [entry for entry in view.texts() if entry.get("own") and entry["state"] not in LEFT_STATES]
        if stuck:
            complaints.append(f"{view.name}: {len(stuck)} messages have not left, state {stuck[0]['state']}")
        if [e["event_id"] for e in view.texts()] != [e["event_id"] for e in views[0].texts()]:
            complaints.append(f"{views[0].name} and {view.name} do not have the same messages in the same order")
        for what in ("epoch", "name", "members"):
            if view.group(group).get(what) != views[0].group(group).get(what):
                complaints.append(f"{views[0].name} and {view.name} do not agree on the {what}")

    missing = [text for text in accepted[guest.name] if text not in {entry["text"] for entry in guest.texts()}]
    if missing:
        complaints.append(f"{guest.name} lost {len(missing)} messages of its own, such as {missing[0][:40]!r}")
    seen = {entry["event_id"] for entry in guest.texts()}
    owed = [entry for entry in views[0].texts() if inside(entry["epoch"])]
    missing = [entry for entry in owed if entry["event_id"] not in seen]
    if missing:
        complaints.append(f"{guest.name} misses {len(missing)} of {len(owed)} messages of its time, such as "
                          f"{missing[0]['text'][:40]!r} of epoch {missing[0]['epoch']}")
    common = {entry["event_id"] for entry in views[0].texts()}
    if [e["event_id"] for e in guest.texts() if e["event_id"] in common] != \
            [e["event_id"] for e in views[0].texts() if e["event_id"] in seen]:
        complaints.append(f"{views[0].name} and {guest.name} do not have their common messages in the same order")

    complaints += judge_founded(views)
    return complaints


def guests_own(guest):
    """Returns the guest's own messages that it reports as sent."""
    return {entry["text"] for entry in guest.texts() if entry.get("own") and entry["state"] in LEFT_STATES}


def judge_founded(views):
    """Checks that both members of every additional conversation have it exactly once."""
    complaints = []
    sides = {}
    for view in views:
        names = [entry["name"] for entry in view.groups]
        if len(set(names)) != len(names):
            complaints.append(f"{view.name} has two groups of one name")
        for entry in view.groups:
            if entry["name"].startswith("Side "):
                sides.setdefault(entry["group"], []).append(view.name)
    for group, owners in sides.items():
        if len(owners) != 2:
            complaints.append(f"the conversation {group[:8]} is with {' and '.join(owners)} only")
    return complaints


def self_test():
    """Checks that judge() accepts a correct end and finds each kind of loss."""
    def message(name, number):
        return f"{name} {number:06}"

    def sound():
        views = []
        for name in ("A", "B", "G"):
            history = []
            position = 0
            for epoch in range(1, 6):
                if epoch == 2 and name != "G":
                    history.append({"system": "member_removed", "subject": "G", "epoch": 2})
                if epoch == 4 and name != "G":
                    history.append({"system": "member_added", "subject": "G", "epoch": 4})
                for sender in ("A", "B", "G"):
                    away = epoch in (2, 3)
                    if away and "G" in (name, sender):
                        continue
                    history.append({"text": message(sender, epoch), "event_id": f"{sender}{epoch}", "epoch": epoch,
                                    "own": name == sender, "state": "sent" if name == sender else "received"})
                    position += 1
            groups = [{"group": "g", "name": "Room", "queued": 0, "epoch": 5, "members": 3},
                      {"group": "s", "name": "Side A 0", "queued": 0, "epoch": 1, "members": 2}]
            views.append(View(name, name, groups[:1] if name == "B" else groups, history, [{"database": "sound"}]))
        return views

    def lose(views):
        views[1].history.remove(views[1].texts()[3])

    def repeat(views):
        views[1].history.append(dict(views[1].texts()[0]))

    def swap(views):
        views[0].history[0], views[0].history[1] = views[0].history[1], views[0].history[0]

    def guest_loses(views):
        views[2].history.remove(views[2].texts()[-2])

    def guest_forgets_own(views):
        for view in views:
            view.history[:] = [entry for entry in view.history if entry.get("text") != message("G", 5)]

    def guest_swaps(views):
        views[2].history[0], views[2].history[1] = views[2].history[1], views[2].history[0]

    def invent(views):
        views[0].history.append({"text": "nobody", "event_id": "x", "epoch": 5, "own": False, "state": "received"})

    def stick(views):
        views[0].texts()[0]["state"] = "failed"

    def wait(views):
        views[1].doctor.append({"category": "outbox", "count": 1})

    def damage(views):
        views[2].doctor[0] = {"database": "damaged"}

    def fork(views):
        views[1].groups[0]["epoch"] = 6

    def half_found(views):
        views[2].groups.pop()

    accepted = {name: [message(name, n) for n in range(1, 6) if name != "G" or n not in (2, 3)] for name in ("A", "B", "G")}
    spoilers = (None, lose, repeat, swap, guest_loses, guest_forgets_own, guest_swaps, invent, stick, wait, damage, fork,
                half_found)
    wrong = 0
    for spoil in spoilers:
        views = sound()
        if spoil:
            spoil(views)
        complaints = judge(views, 2, "g", accepted, {name: 6 for name in ("A", "B", "G")}, message)
        if bool(complaints) != (spoil is not None):
            print(f"FAILED: {spoil.__name__ if spoil else 'sound end'}: {complaints}")
            wrong += 1
    print(f"self-test: {len(spoilers) - wrong} passed, {wrong} failed")
    return wrong
