package io.kydai.analytics.health;

import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.media.MediaTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns how one camera's picture usually is, and says what is wrong with it now.
 *
 * <p>At most five pictures a second are looked at. What is usual is a mean over some five minutes,
 * and for the brightness less than two, so that dusk and dawn go into it; it is learnt only while
 * nothing is wrong; before the first half minute, and after five minutes without pictures, nothing
 * is known and nothing is said. The view of now is a mean over some seconds, so that passing
 * traffic, headlights and rain are not in it. Where the usual picture has too little light or too
 * few outlines to miss them, as in a dark night, nothing is said either. Not thread-safe.
 */
public final class TamperWatch {
  private static final double SPACING = 0.19;
  private static final double LONGEST = 1;
  private static final double BLIND = 300;
  private static final double LEARN = 300;
  private static final double DAYLIGHT = 100;
  private static final double FIRST = 30;
  private static final double SMOOTH = 1;
  private static final double RECENT = 3;

  /** Brightness below so much of 255, or so much of what is usual, is dark; if that is light. */
  private static final double DARK = 24;

  private static final double DARK_SHARE = 0.35;
  private static final double LIGHT = 16;

  /** What a view must have, usually, for its loss to mean something. */
  private static final double DETAIL = 0.8;

  private static final double CLARITY = 0.02;

  /** Less than these shares of what is usual is wrong. */
  private static final double COVERED_DETAIL = 0.35;

  private static final double COVERED_CONTRAST = 0.5;
  private static final double BLURRED_DETAIL = 0.5;
  private static final double BLURRED = 0.55;
  private static final double CLEAR = 0.3;

  /** Likenesses: the same view blurred; nothing in common; found elsewhere; surely better there. */
  private static final double SAME_VIEW = 0.45;

  private static final double OTHER_VIEW = 0.2;
  private static final double FOUND = 0.45;
  private static final double BETTER = 0.2;

  /** Below these a picture is odd, and not learnt at once. */
  private static final double ODD_VIEW = 0.7;

  private static final double ODD_LEVELS = 0.6;
  private static final double QUARANTINE = 90;
  private static final double SEARCH = 2;

  /** What is wrong goes on being so until it is better than its limit by this. */
  private static final double SLACK = 1.25;

  private final GreyPicture picture = new GreyPicture();
  private final EdgeField outlines = new EdgeField();
  private final EdgeField recentOutlines = new EdgeField();
  private final EdgeField usualOutlines = new EdgeField();
  private final EdgeField turnedOutlines = new EdgeField();
  private final LuminanceLevels levels = new LuminanceLevels();
  private final LuminanceLevels recent = new LuminanceLevels();
  private final LuminanceLevels usual = new LuminanceLevels();
  private final FrozenPictureDetector repeats = new FrozenPictureDetector();
  private final Set<Tampering> wanted;
  private @Nullable TamperFinding judged;
  private boolean began;
  private long last;
  private double learnt;
  private double sinceSearch;
  private double likeness;
  private double odd;
  private @Nullable Displacement displacement;

  /**
   * @param wanted what is to be found; the camera gets used to everything else, as to any change
   */
  public TamperWatch(Set<Tampering> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  /** Looks at the next frame, unless it follows the last too closely. */
  public void look(Frame frame) {
    double seconds = MediaTime.seconds(frame.mediaTime() - last);
    boolean anew = !began || seconds < -LONGEST || seconds > BLIND;
    if (!anew && seconds < SPACING || !picture.read(frame)) {
      return;
    }
    if (anew) {
      forget();
    }
    last = frame.mediaTime();
    double elapsed = anew ? SPACING : Math.min(LONGEST, seconds);
    outlines.read(picture);
    levels.set(picture.brightness(), picture.detail(), outlines.contrast());
    double smooth = anew ? 1 : share(elapsed, SMOOTH);
    recent.approach(levels, smooth, smooth);
    recentOutlines.approach(outlines, anew ? 1 : share(elapsed, RECENT));
    repeats.see(picture, elapsed);
    began = true;
    sinceSearch += elapsed;
    likeness = recentOutlines.likeness(usualOutlines);
    if (learnt < FIRST) {
      judged = null;
    } else {
      judged = judge().orElse(null);
      odd = odd() ? odd + elapsed : 0;
    }
    if (finding().isEmpty()) {
      learn(elapsed);
    }
  }

  private void learn(double elapsed) {
    boolean settled = odd == 0 || odd > QUARANTINE;
    learnt += settled ? elapsed : 0;
    double light = part(elapsed, DAYLIGHT);
    double part = settled ? part(elapsed, LEARN) : 0;
    usual.approach(levels, light, part);
    usualOutlines.approach(outlines, part);
  }

  /** At first the plain mean of all that was learnt. */
  private double part(double elapsed, double seconds) {
    return Math.min(1, Math.max(elapsed / Math.max(learnt, elapsed), elapsed / seconds));
  }

  private boolean odd() {
    return likeness < ODD_VIEW
        || recent.detail() < ODD_LEVELS * usual.detail()
        || recent.contrast() < ODD_LEVELS * usual.contrast();
  }

  private static double share(double elapsed, double seconds) {
    return 1 - Math.exp(-elapsed / seconds);
  }

  /** What is wrong with the newest picture. */
  public Optional<TamperFinding> finding() {
    return Optional.ofNullable(judged).filter(found -> wanted.contains(found.kind()));
  }

  /** Takes what is seen from now on as usual. */
  public void forget() {
    began = false;
    learnt = 0;
    judged = null;
    odd = 0;
    displacement = null;
    repeats.forget();
  }

  private Optional<TamperFinding> judge() {
    double dark = Math.min(DARK, DARK_SHARE * usual.brightness());
    if (usual.brightness() >= LIGHT && recent.brightness() < dark * slack(Tampering.DARK)) {
      return found(Tampering.DARK, recent.brightness(), usual.brightness(), dark, "of 255");
    }
    if (usual.detail() >= DETAIL && usualOutlines.clarity() >= CLARITY) {
      Optional<TamperFinding> found = judgeView();
      if (found.isPresent()) {
        return found;
      }
    }
    if (repeats.frozen()) {
      return found(
          Tampering.FROZEN, repeats.share(), repeats.usual(), repeats.limit(), "of all pictures");
    }
    return Optional.empty();
  }

  private Optional<TamperFinding> judgeView() {
    double slack = slack(Tampering.COVERED);
    if (recent.detail() < COVERED_DETAIL * slack * usual.detail()
        && recent.contrast() < COVERED_CONTRAST * slack * usual.contrast()
        && likeness < SAME_VIEW * slack) {
      return found(
          Tampering.COVERED,
          recent.detail(),
          usual.detail(),
          COVERED_DETAIL * usual.detail(),
          "grey levels");
    }
    slack = slack(Tampering.DEFOCUSED);
    if (recent.detail() < BLURRED_DETAIL * slack * usual.detail()
        && recent.sharpness() < BLURRED * slack * usual.sharpness()
        && likeness >= SAME_VIEW / slack) {
      return found(
          Tampering.DEFOCUSED,
          recent.sharpness(),
          usual.sharpness(),
          BLURRED * usual.sharpness(),
          "fine to coarse");
    }
    return judgeMove();
  }

  private Optional<TamperFinding> judgeMove() {
    if (likeness >= ODD_VIEW || recentOutlines.clarity() < CLEAR * usualOutlines.clarity()) {
      displacement = null;
      return Optional.empty();
    }
    Displacement found = displacement;
    if (found == null || sinceSearch >= SEARCH) {
      sinceSearch = 0;
      found = Displacement.between(usualOutlines, recentOutlines, turnedOutlines);
      displacement = found;
    }
    double slack = slack(Tampering.MOVED);
    if (found.far()
        && found.likeness() >= FOUND / slack
        && found.likeness() >= likeness + BETTER / slack) {
      return found(Tampering.MOVED, likeness, 1, found.likeness() - BETTER, found.words());
    }
    return likeness < OTHER_VIEW * slack
        ? found(Tampering.MOVED, likeness, 1, OTHER_VIEW, "another view")
        : Optional.empty();
  }

  private double slack(Tampering kind) {
    TamperFinding before = judged;
    return before != null && before.kind() == kind ? SLACK : 1;
  }

  private static Optional<TamperFinding> found(
      Tampering kind, double value, double normal, double limit, String what) {
    String digits = normal < 2 ? "%.2f" : normal < 20 ? "%.1f" : "%.0f";
    String form = "%s " + digits + " (normal " + digits + ", limit " + digits + "; %s)";
    String words = String.format(Locale.ROOT, form, kind.measure(), value, normal, limit, what);
    return Optional.of(new TamperFinding(kind, value, normal, limit, words));
  }
}
