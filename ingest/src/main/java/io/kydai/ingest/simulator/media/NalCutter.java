package io.kydai.ingest.simulator.media;

import io.kydai.ingest.simulator.media.NalGrammar.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Groups NAL units into pictures. Each key picture gets all parameter sets that are in force,
 * because a client may begin there; other pictures keep their own ones. Delimiters and filler data
 * are dropped.
 *
 * <p>In a stream with B-pictures, each sequence is sorted by its picture order count to find the
 * presentation order. The stored order is used when the count is unknown (H.264's type 1 is not
 * read) and when a picture would wait for more than {@value #MAX_REORDER} others.
 */
final class NalCutter {
  /** A decoded picture buffer holds 16 frames (ITU-T H.264, table A-1) or 32 fields. */
  private static final int MAX_REORDER = 32;

  private final NalGrammar grammar;
  private final SortedMap<Integer, byte[]> sets = new TreeMap<>();
  private final List<Draft> drafts = new ArrayList<>();
  private SortedMap<Integer, byte[]> ownSets = new TreeMap<>();
  private List<byte[]> nals = new ArrayList<>();
  private NalGrammar.@Nullable Slice first;
  private boolean bidirectional;

  private record Draft(List<byte[]> nals, NalGrammar.Slice slice) {}

  /**
   * The pictures of a stream.
   *
   * @param ordered whether the presentation order is known
   */
  record Result(List<Clip.Picture> pictures, boolean ordered) {}

  private NalCutter(NalGrammar grammar) {
    this.grammar = grammar;
  }

  /** Groups the NAL units of a stream into pictures. */
  static Result cut(List<byte[]> stream, NalGrammar grammar) {
    NalCutter cutter = new NalCutter(grammar);
    for (byte[] nal : stream) {
      cutter.add(nal);
    }
    cutter.end();
    return cutter.result();
  }

  private void add(byte[] nal) {
    NalGrammar.Unit unit = grammar.read(nal);
    Role role = unit.role();
    boolean before = role == Role.SET || role == Role.BEFORE || role == Role.DELIMITER;
    if (before || unit.slice().begins()) {
      end();
    }
    if (role == Role.SET) {
      sets.put(unit.set(), nal);
      ownSets.put(unit.set(), nal);
    } else if (role == Role.SLICE && first == null) {
      first = unit.slice();
    }
    bidirectional |= unit.slice().bidirectional();
    if (role == Role.SLICE || role == Role.AFTER || role == Role.BEFORE) {
      nals.add(nal);
    }
  }

  /** Completes the current picture, if it has a slice. */
  private void end() {
    if (first == null) {
      return;
    }
    List<byte[]> all = new ArrayList<>((first.key() ? sets : ownSets).values());
    all.addAll(nals);
    drafts.add(new Draft(List.copyOf(all), first));
    nals = new ArrayList<>();
    ownSets = new TreeMap<>();
    first = null;
  }

  private Result result() {
    boolean known = !bidirectional || drafts.stream().allMatch(draft -> draft.slice().ordered());
    int[] shown = bidirectional && known ? shown() : asStored();
    if (!possible(shown)) {
      known = false;
      shown = asStored();
    }
    List<Clip.Picture> pictures = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      pictures.add(new Clip.Picture(draft.nals(), draft.slice().key(), shown[i] - i));
    }
    return new Result(pictures, known);
  }

  private int[] asStored() {
    return IntStream.range(0, drafts.size()).toArray();
  }

  private int[] shown() {
    int[] shown = new int[drafts.size()];
    for (int from = 0; from < shown.length; ) {
      int to = from + 1;
      while (to < shown.length && !drafts.get(to).slice().restarts()) {
        to++;
      }
      Integer[] sorted = IntStream.range(from, to).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, Comparator.comparingLong(i -> drafts.get(i).slice().order()));
      for (int rank = 0; rank < sorted.length; rank++) {
        shown[sorted[rank]] = from + rank;
      }
      from = to;
    }
    return shown;
  }

  private static boolean possible(int[] shown) {
    return IntStream.range(0, shown.length).allMatch(i -> shown[i] - i <= MAX_REORDER);
  }
}
