package io.kydai.analytics.flow;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;

/**
 * Adds up one camera's tracks on a grid of {@value FlowGrid#COLUMNS} × {@value FlowGrid#ROWS}
 * cells: how much passes each cell, by group; which way what is on wheels goes there, as a
 * histogram of {@value FlowGrid#DIRECTIONS} directions; and how long objects stand.
 *
 * <p>A track leaves the length of its path, in widths of a cell, where it went: so a slow one
 * counts as much as a fast one, and a camera that analyses 3 frames a second gets the map of one
 * that analyses 30. It is spread over the middle half of the box's foot, which is what the object
 * covers of the ground. What has not yet gone three times as far as its box may tremble (a fifth of
 * the box's size, and at least three quarters of a cell) has not moved; what jumps further than a
 * quarter of the picture is another object with its id. Boxes that the picture's edge cuts off are
 * left out: their foot is not where the object stands.
 *
 * <p>The past fades with a half-life of {@value #HALF_LIFE_HOURS} hours <i>watched</i>, in steps of
 * an hour: a camera that was away for a week knows what it knew. Tracks are distinguished by id and
 * first media time, so a reconnect or an analysis that begins anew goes on in the same map.
 *
 * <p>Bounds: {@value #BYTES} bytes or so, whatever happens, and nothing is allocated after the
 * constructor.
 *
 * <table>
 * <caption>What is full</caption>
 * <tr><td>tracks at once</td><td>{@value #SLOTS}; two whose ids are that far apart share a place,
 * and each begins anew when the other was seen</td></tr>
 * <tr><td>path before an object is known to move</td><td>{@value #PENDING} places; then it
 * is forgotten and begins anew</td></tr>
 * </table>
 *
 * <p>For any thread.
 */
public final class FlowMap {
  /** Of the counters and of the tracks under way. */
  public static final int BYTES = 210_000;

  /** How many hours of watching make the past half as heavy. */
  public static final int HALF_LIFE_HOURS = 72;

  private static final int SLOTS = 256;
  private static final int PENDING = 8;
  private static final float LEAST_STEP = 0.75f / FlowGrid.COLUMNS;
  private static final float TREMBLE = 0.2f;
  private static final int STEPS_TO_MOVE = 3;
  private static final float JUMP = 0.25f;

  /** On a path, to each cell. */
  private static final int SAMPLES = 5;

  private static final float EDGE = 0.01f;
  private static final long STANDING = MediaTime.ticksOfSeconds(2);
  private static final long LONGEST_GAP = MediaTime.ticksOfSeconds(2);
  private static final long HOUR = MediaTime.ticksOfSeconds(3600);
  private static final float FADE = (float) Math.pow(0.5, 1.0 / HALF_LIFE_HOURS);

  /** A track under way. Places are in widths of the picture, in x and in y. */
  private static final class Path {
    long id;
    long first;
    long last;
    long anchored;
    boolean moves;
    int places;
    final float[] xs = new float[PENDING];
    final float[] ys = new float[PENDING];

    void begin(Track track, long time, float x, float y) {
      id = track.id();
      first = track.firstMediaTime();
      last = time;
      again(time, x, y);
    }

    void again(long time, float x, float y) {
      anchored = time;
      moves = false;
      places = 1;
      xs[0] = x;
      ys[0] = y;
    }
  }

  private final Path[] paths = new Path[SLOTS];
  private final float[] passes = new float[RoadUser.values().length * FlowGrid.CELLS];
  private final float[] standing = new float[RoadUser.values().length * FlowGrid.CELLS];
  private final float[] directions = new float[FlowGrid.CELLS * FlowGrid.DIRECTIONS];
  private final float[] tracks = new float[RoadUser.values().length];
  private float aspect = 16f / 9;
  private double watched;
  private long sinceFade;
  private long newest = Long.MIN_VALUE;

  public FlowMap() {
    for (int i = 0; i < SLOTS; i++) {
      paths[i] = new Path();
    }
  }

  /** Adds what moved and what stood since the observation before. */
  public synchronized void onObservation(Observation observation) {
    aspect = (float) observation.width() / observation.height();
    long time = observation.mediaTime();
    if (newest != Long.MIN_VALUE && time > newest) {
      watch(Math.min(time - newest, LONGEST_GAP));
    }
    newest = time;
    for (int i = 0; i < observation.tracks().size(); i++) {
      Track track = observation.tracks().get(i);
      RoadUser user = RoadUser.of(track.label());
      if (user != null && track.seen() && isWhole(track.box())) {
        follow(track, user, time);
      }
    }
  }

  /** The map as it is now. */
  public synchronized FlowGrid read() {
    return new FlowGrid(
        aspect, watched, passes.clone(), standing.clone(), directions.clone(), tracks.clone());
  }

  private void watch(long ticks) {
    watched += MediaTime.seconds(ticks);
    sinceFade += ticks;
    if (sinceFade >= HOUR) {
      sinceFade -= HOUR;
      fade(passes);
      fade(standing);
      fade(directions);
      fade(tracks);
    }
  }

  private static void fade(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= FADE;
    }
  }

  private static boolean isWhole(Box box) {
    return box.left() > EDGE && box.right() < 1 - EDGE && box.bottom() < 1 - EDGE;
  }

  private void follow(Track track, RoadUser user, long time) {
    Box box = track.box();
    float x = (box.left() + box.right()) / 2;
    float y = box.bottom() / aspect;
    Path path = paths[(int) (track.id() & SLOTS - 1)];
    if (path.id != track.id() || path.first != track.firstMediaTime() || time < path.last) {
      path.begin(track, time, x, y);
      return;
    }
    long passed = Math.min(time - path.last, LONGEST_GAP);
    path.last = time;
    float fromX = path.xs[path.places - 1];
    float fromY = path.ys[path.places - 1];
    float step = Math.max(LEAST_STEP, TREMBLE * (float) Math.sqrt(box.area() / aspect));
    float distance = distance(fromX, fromY, x, y);
    if (distance > JUMP) {
      path.again(time, x, y);
    } else if (distance >= step) {
      move(path, user, time, x, y, box.width() / 4, step);
    } else if (time - path.anchored >= STANDING) {
      standing[user.ordinal() * FlowGrid.CELLS + cell(x, y)] += (float) MediaTime.seconds(passed);
    }
  }

  private void move(Path path, RoadUser user, long time, float x, float y, float side, float step) {
    path.anchored = time;
    if (path.moves) {
      leave(user, path.xs[0], path.ys[0], x, y, side);
      path.xs[0] = x;
      path.ys[0] = y;
    } else if (distance(path.xs[0], path.ys[0], x, y) >= STEPS_TO_MOVE * step) {
      tracks[user.ordinal()]++;
      for (int i = 1; i < path.places; i++) {
        leave(user, path.xs[i - 1], path.ys[i - 1], path.xs[i], path.ys[i], side);
      }
      leave(user, path.xs[path.places - 1], path.ys[path.places - 1], x, y, side);
      path.again(time, x, y);
      path.moves = true;
    } else if (path.places < PENDING) {
      path.xs[path.places] = x;
      path.ys[path.places] = y;
      path.places++;
    } else {
      path.again(time, x, y);
    }
  }

  /** One straight piece of a path, on the cells along it. */
  private void leave(RoadUser user, float x0, float y0, float x1, float y1, float side) {
    float cells = distance(x0, y0, x1, y1) * FlowGrid.COLUMNS;
    int samples = Math.max(1, (int) Math.ceil(SAMPLES * cells));
    float weight = cells / samples / 3;
    double turn = Math.atan2(y1 - y0, x1 - x0) / (2 * Math.PI) * FlowGrid.DIRECTIONS;
    int lower = (int) Math.floor(turn);
    float part = (float) (turn - lower);
    int bin = Math.floorMod(lower, FlowGrid.DIRECTIONS);
    int next = (bin + 1) % FlowGrid.DIRECTIONS;
    for (int i = 0; i < samples; i++) {
      float along = (i + 0.5f) / samples;
      float x = x0 + along * (x1 - x0);
      float y = y0 + along * (y1 - y0);
      for (int across = -1; across <= 1; across++) {
        int cell = cell(x + across * side, y);
        passes[user.ordinal() * FlowGrid.CELLS + cell] += weight;
        if (user.onWheels()) {
          directions[cell * FlowGrid.DIRECTIONS + bin] += weight * (1 - part);
          directions[cell * FlowGrid.DIRECTIONS + next] += weight * part;
        }
      }
    }
  }

  private int cell(float x, float y) {
    int column = Math.max(0, Math.min(FlowGrid.COLUMNS - 1, (int) (x * FlowGrid.COLUMNS)));
    int row = Math.max(0, Math.min(FlowGrid.ROWS - 1, (int) (y * aspect * FlowGrid.ROWS)));
    return row * FlowGrid.COLUMNS + column;
  }

  private static float distance(float x0, float y0, float x1, float y1) {
    float dx = x1 - x0;
    float dy = y1 - y0;
    return (float) Math.sqrt(dx * dx + dy * dy);
  }
}
