#!/usr/bin/env python3
"""Writes coco-cases.txt: invented boxes, and what pycocotools says of them.

    pip install pycocotools==2.0.11 && python3 coco-cases.py > coco-cases.txt

All sides are whole numbers, so that a box and an overlap are the same in every arithmetic. Among them
are what evaluators differ in: equal scores, overlaps of just 0.50, 0.60, 0.75, areas of just 32 and 96
squared, more than 100 detections of a class, classes without truth and pictures without detections.
"""
import contextlib
import io
import random

import numpy
from importlib.metadata import version
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

LABELS = ["person", "car", "bus", "dog"]
SIZES = ["all", "small", "medium", "large"]
random.seed(4)


def box(side):
    width, height = (max(4, round(side * random.uniform(0.6, 1.6))) for _ in range(2))
    return [random.randint(0, 400), random.randint(0, 300), width, height]


def moved(b, most):
    return [b[0] + random.randint(-most, most), b[1] + random.randint(-most, most),
            max(2, b[2] + random.randint(-most, most)), max(2, b[3] + random.randint(-most, most))]


truth, found = [], []
for picture in range(1, 15):
    for label in range(3):  # nobody is truly a dog
        for _ in range(random.choice([0, 0, 1, 2, 5])):
            truth.append((picture, label, box(random.choice([12, 24, 32, 50, 90, 96, 150]))))
for picture, label, b in truth:
    if picture == 14:
        continue  # nothing is found here
    for _ in range(random.choice([0, 1, 1, 2])):
        guess = random.choices([label, random.randrange(4)], [8, 1])[0]
        most = random.choice([1, 2, max(1, b[2] // 6), max(1, b[2] // 3)])
        found.append((picture, guess, random.randint(1, 19) / 20, moved(b, most)))
for picture in range(1, 14):
    for _ in range(random.randint(0, 4)):
        found.append((picture, random.randrange(4), random.randint(1, 12) / 20, box(random.choice([20, 60, 120]))))
for n, overlap in enumerate([(50, 100), (60, 100), (75, 100), (100, 100)]):
    truth.append((20, n % 3, [0, 120 * n, 100, 40]))
    found.append((20, n % 3, 0.5, [0, 120 * n, overlap[0], 40]))
for side in (32, 96):
    truth.append((21, 0, [200, 0 if side == 32 else 200, side, side]))
    found.append((21, 0, 0.55, [200, 0 if side == 32 else 200, side, side]))
truth.append((22, 1, [10, 10, 40, 40]))
for n in range(120):  # the right one is the 111th
    found.append((22, 1, (200 - n) / 256, [10, 10, 40, 40] if n == 110 else [300 + n, 200, 30, 30]))

pictures = sorted({p for p, *_ in truth} | {p for p, *_ in found})
data = {
    "images": [{"id": p, "width": 640, "height": 480} for p in pictures],
    "categories": [{"id": n, "name": name} for n, name in enumerate(LABELS)],
    "annotations": [
        {"id": n + 1, "image_id": p, "category_id": c, "bbox": b, "area": b[2] * b[3], "iscrowd": 0}
        for n, (p, c, b) in enumerate(truth)],
}
results = [{"image_id": p, "category_id": c, "score": s, "bbox": b} for p, c, s, b in found]
with contextlib.redirect_stdout(io.StringIO()):
    reference = COCO()
    reference.dataset = data
    reference.createIndex()
    evaluation = COCOeval(reference, reference.loadRes(results), "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
precision = evaluation.eval["precision"]  # overlap, recall, class, size, most

print(f"# Made by coco-cases.py; expected values by pycocotools {version('pycocotools')}.")
print("# truth PICTURE CLASS LEFT TOP WIDTH HEIGHT")
for p, c, b in truth:
    print("truth", p, LABELS[c], *b)
print("# found PICTURE CLASS SCORE LEFT TOP WIDTH HEIGHT")
for p, c, s, b in found:
    print("found", p, LABELS[c], s, *b)
print("# expected SIZE CLASS AP AP50")
for n, size in enumerate(SIZES):
    for c, label in [(slice(None), "mean"), *enumerate(LABELS)]:
        values = precision[:, :, c, n, 2]
        if (values > -1).any():
            of_half = values[0]
            print("expected", size, label, f"{numpy.mean(values[values > -1]):.6f}",
                  f"{numpy.mean(of_half[of_half > -1]):.6f}")
