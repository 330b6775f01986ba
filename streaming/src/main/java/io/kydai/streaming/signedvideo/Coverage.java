package io.kydai.streaming.signedvideo;

import io.kydai.streaming.signedvideo.SignedVideo.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which NAL units of a file its documents are about, and whether they are what was signed (Media
 * Signing Specification, sections 5.3 and B.2). The documents of a stream are about all of its NAL
 * units, one group behind another. A file that was cut from a stream begins with documents about
 * what was before it, and ends with pictures whose document is behind it: neither is wrong.
 *
 * <p>Bounds: while it looks for the place of the first document it hashes at most {@value
 * #MOST_SEARCHED} hashes; {@link #exhausted} tells when that was not enough. For one thread, once.
 */
final class Coverage {
  static final int MOST_SEARCHED = 4 << 20;

  /** What one hash or signature of a group counts as, which may be slow to check. */
  private static final int SEAL_COST = 512;

  private static final long COUNTERS = 1L << 32;

  private final List<HashedUnit> units;
  private final GroupSeal seal;
  private final List<Problem> problems = new ArrayList<>();

  /** NAL units that are what a document says, by their place in {@link #units}. */
  private final BitSet right = new BitSet();

  private final List<Covered> covered = new ArrayList<>();
  private int next = -1;
  private int searched;

  /** A document, and the range of NAL units that it is about. */
  private record Covered(PlacedDocument by, int from, int to) {}

  Coverage(List<HashedUnit> units, GroupSeal seal) {
    this.units = units;
    this.seal = seal;
  }

  /** Takes the next document in the order of the file, which is signed or covered itself. */
  void add(PlacedDocument placed) {
    Covered before = covered.isEmpty() ? null : covered.get(covered.size() - 1);
    if (before != null && placed.group().counter() == before.by().group().counter()) {
      return; // sent twice, so that one survives
    }
    if (before == null) {
      begin(placed);
      return;
    }
    long step = Math.floorMod(placed.group().counter() - before.by().group().counter(), COUNTERS);
    if (step > COUNTERS / 2) {
      problem(placed, "a signature stands behind later ones");
      return;
    }
    int from = next;
    if (step == 1 && matches(placed, from)) {
      linked(before, placed, from);
      take(placed, from);
      return;
    }
    int found = find(placed, from);
    if (step > 1) {
      problem(from, found < 0 ? placed.position() : found, step - 1 + " signatures are missing");
    } else if (found > from) {
      problem(from, found, "NAL units are in no signature");
    }
    if (found >= 0) {
      take(placed, found);
    } else {
      compare(placed, step > 1 ? groupStart(from, placed.position()) : from);
    }
  }

  /** Looks for what the first documents are about, which may be before the file. */
  private void begin(PlacedDocument placed) {
    int found = find(placed, 0);
    if (found < 0) {
      return;
    }
    if (found > 0 && !placed.group().isFirst()) {
      problem(0, found, "NAL units are not those of a signature");
    }
    take(placed, found);
  }

  private void take(PlacedDocument placed, int from) {
    next = from + placed.document().units();
    right.set(from, next);
    covered.add(new Covered(placed, from, next));
  }

  /** The list, where there is one, is signed as is the hash of it, which some leave as it was. */
  private boolean matches(PlacedDocument placed, int from) {
    int count = placed.document().units();
    if (count == 0 || from + count > placed.position()) {
      return false;
    }
    searched += count;
    List<byte[]> own = units.subList(from, from + count).stream().map(HashedUnit::hash).toList();
    List<byte[]> list = placed.document().hashes();
    if (list.isEmpty()) {
      searched += SEAL_COST;
      return seal.fits(placed.document(), own);
    }
    for (int i = 0; i < count; i++) {
      if (!Arrays.equals(own.get(i), list.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns from where a document is about NAL units, at or after a place; -1 for nowhere. */
  private int find(PlacedDocument placed, int from) {
    List<byte[]> list = placed.document().hashes();
    int last = placed.position() - placed.document().units();
    for (int i = from; i <= last && searched < MOST_SEARCHED; i++) {
      boolean may =
          list.isEmpty()
              ? i == from || units.get(i).kind() != NalUnitKind.SLICE
              : Arrays.equals(list.get(0), units.get(i).hash());
      if (may && matches(placed, i)) {
        return i;
      }
    }
    return -1;
  }

  /** The hash of the group before ties the documents to each other. */
  private void linked(Covered before, PlacedDocument placed, int from) {
    if (placed.group().linked().length == 0) {
      return;
    }
    for (int i = before.from(); i < before.to(); i++) {
      HashedUnit unit = units.get(i);
      if (unit.kind() != NalUnitKind.SEI) {
        if (!Arrays.equals(unit.hash(), placed.group().linked())) {
          problem(before.from(), from, "NAL units are not those before the next ones");
        }
        return;
      }
    }
  }

  /** Finds which NAL units of a group are not what was signed. */
  private void compare(PlacedDocument placed, int from) {
    SigningDocument.Group group = placed.group();
    int end =
        group.partial()
            ? Math.min(from + placed.document().units(), placed.position())
            : groupStart(afterDocuments(from) + 1, placed.position());
    List<byte[]> list = placed.document().hashes();
    int expected = 0;
    int firstWrong = -1;
    int lastWrong = -1;
    int missing = 0;
    for (int i = from; i < end; i++) {
      int at = list.isEmpty() ? -1 : indexOf(list, units.get(i).hash(), expected);
      if (at < 0) {
        firstWrong = firstWrong < 0 ? i : firstWrong;
        lastWrong = i;
      } else {
        missing += at - expected;
        expected = at + 1;
        right.set(i);
      }
    }
    if (firstWrong >= 0) {
      problem(firstWrong, lastWrong + 1, "NAL units are not what was signed");
    } else {
      int left = missing + Math.max(0, list.size() - expected);
      problem(
          from, end, left > 0 ? left + " NAL units are missing" : "NAL units are not as signed");
    }
    next = end;
    covered.add(new Covered(placed, from, end));
  }

  private static int indexOf(List<byte[]> list, byte[] hash, int from) {
    for (int i = from; i < list.size(); i++) {
      if (Arrays.equals(list.get(i), hash)) {
        return i;
      }
    }
    return -1;
  }

  /** Documents that are not signed may stand before a group's first slice, and are of the group. */
  private int afterDocuments(int from) {
    int at = from;
    while (at < units.size() && units.get(at).kind() == NalUnitKind.SEI) {
      at++;
    }
    return at;
  }

  private int groupStart(int from, int end) {
    int at = from;
    while (at < end && units.get(at).kind() != NalUnitKind.GROUP_START) {
      at++;
    }
    return at;
  }

  private void problem(PlacedDocument placed, String what) {
    add(new Problem(placed.seconds(), placed.seconds(), placed.nal(), placed.nal(), what));
  }

  private void problem(int from, int to, String what) {
    if (units.isEmpty()) {
      return;
    }
    int end = units.size() - 1;
    HashedUnit first = units.get(Math.min(from, end));
    HashedUnit last = units.get(Math.min(Math.max(from, to - 1), end));
    add(new Problem(first.seconds(), last.seconds(), first.nal(), last.nal(), what));
  }

  void add(Problem problem) {
    if (problems.size() < SignedVideo.MOST_PROBLEMS) {
      problems.add(problem);
    }
  }

  /** Whether no document is about anything in the file. */
  boolean nothing() {
    return covered.isEmpty();
  }

  boolean exhausted() {
    return searched >= MOST_SEARCHED;
  }

  /**
   * Ends: takes back what only documents say that are neither signed nor what a later one says.
   * Such stand at the end of a file where several groups are signed at once.
   */
  void end() {
    for (int i = covered.size() - 1; i >= 0; i--) {
      Covered one = covered.get(i);
      if (one.by().document().signature() == null && !right.get(one.by().position())) {
        right.clear(one.from(), one.to());
      }
    }
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Whether no NAL unit is what a signature says. */
  boolean isEmpty() {
    return right.isEmpty();
  }

  double fromSeconds() {
    return right.isEmpty() ? 0 : units.get(right.nextSetBit(0)).seconds();
  }

  double toSeconds() {
    return right.isEmpty() ? 0 : units.get(right.length() - 1).seconds();
  }
}
