package io.kydai.analytics.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Connected cells whose traffic goes one way. A stream grows from its busiest cell over neighbours
 * whose direction is nearly theirs, and not far from the stream's own mean: so a bend becomes two
 * streams, each of which one arrow describes. What is little used beside the rest of a stream is
 * cut off; holes are filled.
 */
final class TrafficStreams {
  private static final double LEAST_WEIGHT = 0.8;
  private static final double LEAST_SHARE = 0.04;
  private static final double RIM = 0.2;
  private static final double NEIGHBOUR = Math.cos(Math.toRadians(35));
  private static final double MEAN = Math.cos(Math.toRadians(45));

  private final DominantDirections courses;
  private final BitSet free = new BitSet(FlowGrid.CELLS);

  private TrafficStreams(DominantDirections courses) {
    this.courses = courses;
  }

  /**
   * The streams of at least so many cells, in the order of their busiest cells.
   *
   * @param open which cells may belong to one
   */
  static List<BitSet> find(DominantDirections courses, int cells, IntPredicate open) {
    TrafficStreams search = new TrafficStreams(courses);
    double least = Math.max(LEAST_WEIGHT, LEAST_SHARE * percentile(courses.weight, 0.9));
    int[] seeds =
        IntStream.range(0, FlowGrid.CELLS)
            .filter(cell -> courses.weight[cell] >= least && open.test(cell))
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer cell) -> -courses.weight[cell])
                    .thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    Arrays.stream(seeds).forEach(search.free::set);
    List<BitSet> streams = new ArrayList<>();
    for (int seed : seeds) {
      if (search.free.get(seed)) {
        search.split(search.grow(seed), cells, streams);
      }
    }
    return streams;
  }

  private BitSet grow(int seed) {
    BitSet stream = new BitSet(FlowGrid.CELLS);
    double sumX = 0;
    double sumY = 0;
    Deque<Integer> rim = new ArrayDeque<>();
    rim.add(seed);
    free.clear(seed);
    while (!rim.isEmpty()) {
      int cell = rim.remove();
      stream.set(cell);
      sumX += courses.weight[cell] * courses.dx[cell];
      sumY += courses.weight[cell] * courses.dy[cell];
      double length = Math.hypot(sumX, sumY);
      for (int next : neighbours(cell, true)) {
        double turn = courses.dx[cell] * courses.dx[next] + courses.dy[cell] * courses.dy[next];
        double off = (sumX * courses.dx[next] + sumY * courses.dy[next]) / length;
        if (free.get(next) && turn >= NEIGHBOUR && off >= MEAN) {
          free.clear(next);
          rim.add(next);
        }
      }
    }
    return stream;
  }

  /**
   * Adds the pieces that are left without the little used rim, holes filled. What is not beside one
   * of them is free again: it may be a quiet lane that strays joined to a busy one.
   */
  private void split(BitSet stream, int cells, List<BitSet> streams) {
    double least =
        RIM * percentile(stream.stream().mapToDouble(cell -> courses.weight[cell]).toArray(), 0.9);
    BitSet busy = new BitSet(FlowGrid.CELLS);
    stream.stream().filter(cell -> courses.weight[cell] >= least).forEach(busy::set);
    BitSet rest = (BitSet) stream.clone();
    rest.andNot(wider(wider(busy)));
    free.or(rest);
    while (!busy.isEmpty()) {
      BitSet piece = piece(busy, busy.nextSetBit(0));
      busy.andNot(piece);
      BitSet shape = smooth(piece);
      if (shape.cardinality() >= cells) {
        streams.add(filled(piece(shape, shape.nextSetBit(0))));
      }
    }
  }

  /** Without lone bays and capes: a cell is as most of its eight neighbours are. */
  private static BitSet smooth(BitSet cells) {
    BitSet smooth = new BitSet(FlowGrid.CELLS);
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      int[] around = neighbours(cell, true);
      long in = Arrays.stream(around).filter(cells::get).count();
      // Beyond the picture's edge it goes on as it is.
      long needed = cells.get(cell) ? around.length / 2 - 1 : around.length / 2 + 1;
      smooth.set(cell, in >= needed);
    }
    return smooth;
  }

  private static BitSet wider(BitSet cells) {
    BitSet wider = (BitSet) cells.clone();
    cells.stream().forEach(cell -> Arrays.stream(neighbours(cell, true)).forEach(wider::set));
    return wider;
  }

  /** What hangs together with a cell, by common sides. */
  private static BitSet piece(BitSet cells, int start) {
    BitSet piece = new BitSet(FlowGrid.CELLS);
    Deque<Integer> rim = new ArrayDeque<>();
    rim.add(start);
    piece.set(start);
    while (!rim.isEmpty()) {
      for (int next : neighbours(rim.remove(), false)) {
        if (cells.get(next) && !piece.get(next)) {
          piece.set(next);
          rim.add(next);
        }
      }
    }
    return piece;
  }

  private static BitSet filled(BitSet stream) {
    BitSet outside = new BitSet(FlowGrid.CELLS);
    outside.set(0, FlowGrid.CELLS);
    outside.andNot(stream);
    BitSet reached = new BitSet(FlowGrid.CELLS);
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      int column = cell % FlowGrid.COLUMNS;
      int row = cell / FlowGrid.COLUMNS;
      boolean edge =
          column == 0 || row == 0 || column == FlowGrid.COLUMNS - 1 || row == FlowGrid.ROWS - 1;
      if (edge && outside.get(cell) && !reached.get(cell)) {
        reached.or(piece(outside, cell));
      }
    }
    outside.andNot(reached);
    stream.or(outside);
    return stream;
  }

  private static int[] neighbours(int cell, boolean corners) {
    int column = cell % FlowGrid.COLUMNS;
    int row = cell / FlowGrid.COLUMNS;
    int[] found = new int[8];
    int count = 0;
    for (int r = Math.max(0, row - 1); r <= Math.min(FlowGrid.ROWS - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(FlowGrid.COLUMNS - 1, column + 1); c++) {
        boolean side = (r == row) != (c == column);
        boolean corner = r != row && c != column;
        if (side || corner && corners) {
          found[count++] = r * FlowGrid.COLUMNS + c;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Of those above 0. */
  private static double percentile(double[] values, double part) {
    double[] sorted = Arrays.stream(values).filter(value -> value > 0).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))];
  }
}
