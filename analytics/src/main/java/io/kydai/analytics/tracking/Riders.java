package io.kydai.analytics.tracking;

import org.jspecify.annotations.Nullable;

/**
 * Joins the people on a two-wheeler and the machine under them to one detection: in the street they
 * are one road user.
 *
 * <p>Somebody rides who sits on a machine: the middle of the person is above it, the feet are
 * neither below nor far above its wheels, the head is above its handlebar. That much is also true
 * of who walks past a parked one, so what is known of both decides: a machine that stood alone
 * takes nobody on before it moves, and who has a track already must have moved as the machine did.
 * The joined detection has both boxes' outline, the better score, the machine's class and the
 * number of its people; the people's own detections are used up.
 */
final class Riders {
  private static final double SAME_PLACE = 0.4;
  private static final double MOVING = 0.3; // heights per second
  private static final double MOVING_ALIKE = 0.5; // of the faster one's speed
  private static final int KNOWN_HITS = 3;
  private static final double SHARED = 0.25; // of the smaller box
  private static final double WELL_SHARED = 0.5; // more says no more
  private static final double WITHIN = 0.7; // of the part
  private static final double SAME_PERSON = 0.6; // of the smaller box
  private static final double SAME_RIDER = 0.6; // intersection over union
  private static final double PASSENGER_SCORE = 0.35;

  private final double[] whole = new double[4];
  private int[] machineOf = new int[0];

  void join(FrameDetections frame, Candidate[] tracks, int count) {
    if (machineOf.length < frame.size()) {
      machineOf = new int[2 * frame.size()];
    }
    for (int p = 0; p < frame.size(); p++) {
      machineOf[p] = frame.kind[p].person ? machineUnder(p, frame, tracks, count) : -1;
    }
    for (int p = 0; p < frame.size(); p++) {
      if (machineOf[p] >= 0) {
        absorb(frame, p, machineOf[p], tracks, count);
        unite(frame, machineOf[p], p);
      }
    }
    for (int d = 0; d < frame.size(); d++) {
      boolean part = frame.kind[d].machine || frame.kind[d].person;
      if (part && !frame.taken[d] && isWithinAnother(frame, d)) {
        frame.taken[d] = true;
      }
    }
  }

  /**
   * Networks see one road user several times, as a whole and in parts; and a rider's pieces with
   * the machine's make the whole twice, where a second one behind the first would be seen in part.
   */
  private static boolean isWithinAnother(FrameDetections frame, int m) {
    double area = frame.width[m] * frame.height[m];
    for (int other = 0; other < frame.size(); other++) {
      if (other == m || frame.taken[other] || frame.riders[other] == 0) {
        continue;
      }
      double around = frame.width[other] * frame.height[other];
      double shared =
          shared(
              frame,
              m,
              frame.left[other],
              frame.top[other],
              frame.width[other],
              frame.height[other]);
      boolean same =
          frame.riders[m] == 0
              ? shared > WITHIN * area
              : shared > SAME_RIDER * (area + around - shared);
      if (same && frame.score[other] >= frame.score[m]) {
        return true;
      }
    }
    return false;
  }

  private int machineUnder(int p, FrameDetections frame, Candidate[] tracks, int count) {
    int best = -1;
    double most = 0;
    for (int m = 0; m < frame.size(); m++) {
      if (!frame.kind[m].machine) {
        continue;
      }
      double shared = sitting(frame, p, m);
      double sure = Math.min(shared, WELL_SHARED) * frame.score[m];
      if (shared >= SHARED && sure > most && mayRide(frame, p, m, tracks, count)) {
        most = sure;
        best = m;
      }
    }
    return best;
  }

  /** The share of the smaller box that lies in the other, or 0 where nobody can sit so. */
  private static double sitting(FrameDetections frame, int p, int m) {
    double w = frame.width[m];
    double h = frame.height[m];
    double feet = frame.top[p] + frame.height[p];
    double middle = frame.cx(p);
    boolean above =
        middle > frame.left[m] - 0.1 * w
            && middle < frame.left[m] + 1.1 * w
            && feet > frame.top[m] + 0.15 * h
            && feet < frame.top[m] + 1.15 * h
            && frame.top[p] < frame.top[m] + 0.25 * h
            && frame.height[p] > 0.4 * h
            && frame.height[p] < 3 * h
            && frame.width[p] < 2 * w;
    if (!above) {
      return 0;
    }
    double shared = shared(frame, p, frame.left[m], frame.top[m], w, h);
    return shared / Math.min(w * h, frame.width[p] * frame.height[p]);
  }

  /** The area that a detection has in common with another box, square pixels. */
  private static double shared(
      FrameDetections frame, int d, double x, double y, double w, double h) {
    double width = Math.min(frame.left[d] + frame.width[d], x + w) - Math.max(frame.left[d], x);
    double height = Math.min(frame.top[d] + frame.height[d], y + h) - Math.max(frame.top[d], y);
    return Math.max(0, width) * Math.max(0, height);
  }

  private boolean mayRide(FrameDetections frame, int p, int m, Candidate[] tracks, int count) {
    Candidate machine = at(frame, m, true, tracks, count);
    Candidate person = at(frame, p, false, tracks, count);
    if (machine == null) {
      return person == null || person.motion.speed() > MOVING;
    }
    if (person != null) {
      return alike(machine, person);
    }
    return machine.votes.mixed() || machine.motion.speed() > MOVING || machine.hits < KNOWN_HITS;
  }

  /** Where both have a track, the older one goes on. */
  private void absorb(FrameDetections frame, int p, int m, Candidate[] tracks, int count) {
    Candidate machine = at(frame, m, true, tracks, count);
    Candidate person = at(frame, p, false, tracks, count);
    if (machine != null && person != null) {
      Candidate younger = person.firstTime > machine.firstTime ? person : machine;
      younger.absorbed = true;
    }
  }

  private static boolean alike(Candidate a, Candidate b) {
    if (a.hits < KNOWN_HITS || b.hits < KNOWN_HITS) {
      return a.motion.speed() > MOVING || b.motion.speed() > MOVING;
    }
    double fastest =
        Math.max(
            Math.hypot(a.motion.speedX(), a.motion.speedY()),
            Math.hypot(b.motion.speedX(), b.motion.speedY()));
    double apart =
        Math.hypot(a.motion.speedX() - b.motion.speedX(), a.motion.speedY() - b.motion.speedY());
    return a.motion.speed() > MOVING && b.motion.speed() > MOVING && apart < MOVING_ALIKE * fastest;
  }

  /** The confirmed track that a detection most likely belongs to, of machines or of who walks. */
  private @Nullable Candidate at(
      FrameDetections frame, int d, boolean machine, Candidate[] tracks, int count) {
    Candidate best = null;
    double most = SAME_PLACE;
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      boolean rides = track.votes.winner().machine || track.votes.mixed();
      boolean asked = machine ? rides : !rides && track.votes.winner().person;
      if (!asked || !track.confirmed()) {
        continue;
      }
      double overlap = track.parts.complete(track.motion, frame, d, 0, whole);
      if (overlap > most) {
        most = overlap;
        best = track;
      }
    }
    return best;
  }

  private static void unite(FrameDetections frame, int m, int p) {
    int at = 8 * m;
    if (frame.riders[m] == 0) {
      set(frame.parts, at + 4, frame.left[m], frame.top[m], frame.width[m], frame.height[m]);
      set(frame.parts, at, frame.left[p], frame.top[p], frame.width[p], frame.height[p]);
      frame.riders[m] = 1;
    } else {
      frame.riders[m] += isSomebodyElse(frame, p, at) ? 1 : 0;
      grow(frame.parts, at, frame, p);
    }
    double right = Math.max(frame.left[m] + frame.width[m], frame.left[p] + frame.width[p]);
    double bottom = Math.max(frame.top[m] + frame.height[m], frame.top[p] + frame.height[p]);
    frame.left[m] = Math.min(frame.left[m], frame.left[p]);
    frame.top[m] = Math.min(frame.top[m], frame.top[p]);
    frame.width[m] = right - frame.left[m];
    frame.height[m] = bottom - frame.top[m];
    frame.score[m] = Math.max(frame.score[m], frame.score[p]);
    frame.taken[p] = true;
  }

  /** Neither a piece of those who are counted, nor an outline around them, nor a guess. */
  private static boolean isSomebodyElse(FrameDetections frame, int p, int at) {
    double[] box = frame.parts;
    double shared = shared(frame, p, box[at], box[at + 1], box[at + 2], box[at + 3]);
    double smaller = Math.min(frame.width[p] * frame.height[p], box[at + 2] * box[at + 3]);
    return frame.score[p] >= PASSENGER_SCORE && shared < SAME_PERSON * smaller;
  }

  private static void grow(double[] box, int at, FrameDetections frame, int p) {
    double right = Math.max(box[at] + box[at + 2], frame.left[p] + frame.width[p]);
    double bottom = Math.max(box[at + 1] + box[at + 3], frame.top[p] + frame.height[p]);
    double left = Math.min(box[at], frame.left[p]);
    double top = Math.min(box[at + 1], frame.top[p]);
    set(box, at, left, top, right - left, bottom - top);
  }

  private static void set(double[] box, int at, double x, double y, double w, double h) {
    box[at] = x;
    box[at + 1] = y;
    box[at + 2] = w;
    box[at + 3] = h;
  }
}
