package io.kydai.analytics.tracking;

import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Learns which tracks are scenery: a post that looks like a person, the end of a guard rail that
 * looks like a car, a lit shop window. Such a thing has never moved, nobody saw it arrive, and the
 * network is never sure of it.
 *
 * <p>What stands for {@link #STAY} is remembered by its place, since tracks on such things end and
 * begin anew. A place is scenery once things of one class group were seen on it for {@link #AFTER}
 * of watched time, in at least half of that time, with a mean score below {@link #SURE}, and no
 * track that had moved before stayed on it. A track on such a place is scenery until it moves. So a
 * parked car that was seen to arrive stays an object for as long as it stands; so does whatever the
 * network is sure of, also where it stood before the analysis began.
 *
 * <table><caption>Bounds and what is forgotten</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>places</td><td>{@value #MOST}</td><td>no new ones are learnt until others are
 *   forgotten; their things stay objects</td></tr>
 * <tr><td>time without anything on a place</td><td>two minutes; half an hour where something had
 *   arrived</td><td>the place is forgotten</td></tr>
 * <tr><td>what stood there is seen to move away</td><td></td><td>the place is forgotten</td></tr>
 * <tr><td>the camera moved</td><td>a twentieth of the picture's width in sum</td>
 *   <td>all are forgotten</td></tr>
 * <tr><td>time without pictures</td><td>two seconds</td><td>counts for nothing</td></tr>
 * </table>
 */
final class Scenery {
  /** Places of one camera. */
  static final int MOST = 200;

  /** Watched time until a place is scenery, ticks. */
  static final long AFTER = MediaTime.ticksOfSeconds(300);

  /** A mean score from which on the network is sure. */
  static final double SURE = 0.6;

  private static final double SAME = 0.6; // IoU
  private static final double MOVED = 0.3; // IoU
  private static final double STANDING = 0.15; // heights per second
  private static final double AWAY = 0.05; // of the picture's width
  private static final double PRESENT = 0.5; // of the time
  private static final double NEWEST = 0.02; // weight of the newest score
  private static final long STAY = MediaTime.ticksOfSeconds(5);
  private static final long STEP = MediaTime.ticksOfSeconds(2);
  private static final long EMPTY = MediaTime.ticksOfSeconds(120);
  private static final long EMPTY_AFTER_ARRIVAL = MediaTime.ticksOfSeconds(1800);

  private Place[] places = new Place[0]; // those beyond `size` are there to be used again
  private int size;
  private long previous = Long.MIN_VALUE;
  private double shiftX;
  private double shiftY;

  /** Something stands or stood here. */
  private static final class Place {
    private String group = "";
    private double left;
    private double top;
    private double width;
    private double height;
    private long since;
    private long seenAt;
    private long stood;
    private double score;
    private long occupant;
    private long visitor;
    private long visited;
    private boolean arrived;

    void begin(Candidate first, long now) {
      group = first.votes.winner().group;
      left = first.motion.left();
      top = first.motion.top();
      width = first.motion.width();
      height = first.motion.height();
      since = now;
      seenAt = now;
      score = first.score;
      stood = 0;
      occupant = first.id;
      visitor = 0;
      visited = 0;
      arrived = false;
    }

    double overlap(Motion motion) {
      return Overlap.of(
          left, top, width, height, motion.left(), motion.top(), motion.width(), motion.height());
    }

    boolean isScenery(long now) {
      return !arrived && stood >= AFTER && stood >= PRESENT * (now - since) && score < SURE;
    }

    boolean isForgotten(long now) {
      return now - seenAt > (arrived ? EMPTY_AFTER_ARRIVAL : EMPTY);
    }
  }

  /** The picture as a whole was shifted by so many pixels. */
  void shift(double x, double y, double pictureWidth) {
    shiftX += x;
    shiftY += y;
    if (Math.hypot(shiftX, shiftY) > AWAY * pictureWidth) {
      size = 0;
      shiftX = 0;
      shiftY = 0;
    }
  }

  /** Looks at the tracks of the next picture and marks those that are scenery. */
  void observe(Candidate[] tracks, int count, long now) {
    long step = passed(now);
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      if (track.confirmed() && track.lastSeen == now) {
        if (!track.moved && track.fromStart() < MOVED) {
          track.moved = true;
          leave(track);
        }
        stand(track, step, now);
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      if (places[i].isForgotten(now)) {
        remove(i);
      }
    }
  }

  private void stand(Candidate track, long step, long now) {
    Place place = placeOf(track);
    if (track.moved) {
      track.scenery = false;
      leave(track);
      if (place != null) {
        visit(place, track, step, now);
      } else if (track.motion.speed() < STANDING) {
        add(track, now);
      }
      return;
    }
    if (place == null) {
      if (now - track.firstTime >= STAY) {
        add(track, now);
      }
      return;
    }
    if (place.seenAt != now) {
      place.seenAt = now;
      place.stood += step;
      place.score += NEWEST * (track.score - place.score);
    }
    place.occupant = track.id;
    track.scenery |= place.isScenery(now); // until it moves
  }

  /** A track that had moved before is on a place; when it stays, what stands here has arrived. */
  private static void visit(Place place, Candidate track, long step, long now) {
    place.visited = place.visitor == track.id ? place.visited + step : 0;
    place.visitor = track.id;
    if (place.visited >= STAY) {
      place.arrived = true;
      place.occupant = track.id;
    }
    if (place.occupant == track.id) {
      place.seenAt = now;
    }
  }

  /** A place whose thing is seen elsewhere is nobody's. */
  private void leave(Candidate track) {
    for (int i = size - 1; i >= 0; i--) {
      Place place = places[i];
      if (place.occupant == track.id && place.overlap(track.motion) < MOVED) {
        remove(i);
      }
    }
  }

  private @Nullable Place placeOf(Candidate track) {
    @Nullable Place best = null;
    double most = SAME;
    for (int i = 0; i < size; i++) {
      Place place = places[i];
      double overlap = place.overlap(track.motion);
      if (overlap >= most && place.group.equals(track.votes.winner().group)) {
        best = place;
        most = overlap;
      }
    }
    return best;
  }

  private void add(Candidate track, long now) {
    if (size == MOST) {
      return;
    }
    if (size == places.length) {
      places = Arrays.copyOf(places, Math.min(MOST, 2 * size + 8));
    }
    if (places[size] == null) {
      places[size] = new Place();
    }
    places[size++].begin(track, now);
  }

  private void remove(int i) {
    Place removed = places[i];
    places[i] = places[--size];
    places[size] = removed;
  }

  /** Time since the picture before that counts as watched; what is beyond it never was. */
  private long passed(long now) {
    long elapsed = previous == Long.MIN_VALUE ? 0 : now - previous;
    long step = Math.min(STEP, elapsed);
    if (elapsed > step) {
      for (int i = 0; i < size; i++) {
        places[i].since += elapsed - step;
        places[i].seenAt += elapsed - step;
      }
    }
    previous = now;
    return step;
  }
}
