"""Checks a folder of evidence by docs/evidence.md alone: the standard library, and openssl for signatures and keys."""
import hashlib, json, os, re, subprocess, sys


def sha(data):
    return hashlib.sha256(data).hexdigest()


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], capture_output=True)
    return done.stdout if done.returncode == 0 else None


root = sys.argv[1]
faults = []
keys = {}
signers = set()
links = {}


def fault(file, ranges=()):
    faults.append({"file": file, "ranges": list(ranges)})


for name in sorted(os.listdir(root)):
    if re.fullmatch(r"public-key.*\.pem", name):
        path = os.path.join(root, name)
        der = openssl("pkey", "-pubin", "-in", path, "-pubout", "-outform", "DER")
        if der is None or openssl("pkey", "-pubin", "-in", path) != read(path):
            fault(name)
        else:
            keys[sha(der)] = name


def document(folder, prefix, name):
    """Returns a document that is what its key signed, with its digest; else names it."""
    data = read(folder, name)
    signature = name[: -len(".json")] + ".sig"
    path = os.path.join(folder, signature)
    if not os.path.isfile(path) or os.path.getsize(path) != 64:
        return fault(prefix + signature)
    try:
        found = json.loads(data)
        signers.add(found["key"])
    except (ValueError, KeyError, TypeError):
        return fault(prefix + name)
    key = keys.get(found["key"])
    if key is None or openssl("pkeyutl", "-verify", "-pubin", "-inkey", os.path.join(root, key), "-rawin",
                              "-in", os.path.join(folder, name), "-sigfile", path) is None:
        return fault(prefix + name)
    link(found["number"], sha(data), found["previous"], prefix + name)
    return found


def link(number, digest, previous, file):
    links.setdefault(number, []).append((digest, previous, file))


def check_file(folder, prefix, entry):
    path = os.path.join(folder, entry["name"])
    if not os.path.isfile(path):
        return fault(prefix + entry["name"])
    data = read(path)
    if sha(data) == entry["sha256"]:
        return
    ranges = []
    if "blocks" in entry:
        block = entry["blockSize"]
        size = max(len(data), entry["size"])
        for i, first in enumerate(range(0, size, block)):
            then = entry["blocks"][i] if i < len(entry["blocks"]) else None
            now = sha(data[first:first + block]) if first < len(data) else None
            if then != now:
                last = min(first + block, size) - 1
                if ranges and ranges[-1]["last"] == first - 1:
                    ranges[-1]["last"] = last
                else:
                    ranges.append({"first": first, "last": last})
    fault(prefix + entry["name"], ranges)


def check_alert(folder, prefix, alert):
    names = sorted(os.listdir(folder))
    known, manifests = set(), {}
    for name in names:
        match = re.fullmatch(r"manifest(?:-(\d+))?\.json", name)
        if match:
            known |= {name, name[: -len(".json")] + ".sig"}
            found = document(folder, prefix, name)
            if found:
                if found["index"] != int(match.group(1) or 1) or found["alert"]["id"] != alert:
                    fault(prefix + name)
                manifests[int(match.group(1) or 1)] = found
    if not manifests:
        if not known:
            fault(prefix + "manifest.json")
        return
    for index in range(1, max(manifests)):
        name = "manifest.json" if index == 1 else f"manifest-{index}.json"
        if name not in known:
            fault(prefix + name)
    for entry in manifests[max(manifests)]["files"]:
        known.add(entry["name"])
        check_file(folder, prefix, entry)
    for name in names:
        if name not in known:
            fault(prefix + name)


for day in sorted(os.listdir(root)):
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        for alert in sorted(os.listdir(os.path.join(root, day))):
            check_alert(os.path.join(root, day, alert), f"{day}/{alert}/", alert)
removed = []
deletions = os.path.join(root, "deletions")
if os.path.isdir(deletions):
    for name in sorted(os.listdir(deletions)):
        if name.endswith(".json"):
            found = document(deletions, "deletions/", name)
            if found:
                if name != f"{found['number']}.json":
                    fault("deletions/" + name)
                removed += [(one, "deletions/" + name) for one in found["removed"]]
for one, file in removed:
    if one["number"] not in links:
        link(one["number"], one["sha256"], one["previous"], file)
expected, previous = 1, "0" * 64
for number in sorted(links):
    digest, before, file = links[number][0]
    for other in links[number][1:]:
        if other[0] != digest:
            fault(other[2])
    if number > expected:
        fault(".")
    elif before != previous:
        fault(file)
    expected, previous = number + 1, digest
if signers - set(keys):
    for fingerprint, name in keys.items():
        if fingerprint not in signers:
            fault(name)
print(json.dumps(faults))
sys.exit(1 if faults else 0)
