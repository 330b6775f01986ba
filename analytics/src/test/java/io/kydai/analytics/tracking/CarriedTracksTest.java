package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person of 40×120 pixels who is looked at once a second and has motion on 10 pictures in it. */
class CarriedTracksTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final long PICTURE = MediaTime.TICKS_PER_SECOND / 10;

  private final ByteTracker tracker = new ByteTracker();
  private long time;

  private List<Track> look(double left) {
    float x = (float) (left / WIDTH);
    Box box = new Box(x, 0.4f, x + 40f / WIDTH, 0.65f);
    return tracker.update(List.of(new Detection("person", 0.9f, box)), time, WIDTH, HEIGHT);
  }

  /** The picture stands still but for what moves at a place. */
  private static MotionField moving(
      double left, double width, double right, boolean bidirectional) {
    MotionField.Builder field = new MotionField.Builder(WIDTH, HEIGHT, bidirectional);
    field.add(0, 0, WIDTH, HEIGHT, 0, 0);
    field.add(
        (int) left, (int) (0.4 * HEIGHT), (int) width, 120, (int) (right * MotionField.PARTS), 0);
    return field.build();
  }

  /** Ten pictures, on each of which the person moves by as much, from a place on. */
  private void walk(double left, double pixels) {
    for (int i = 1; i <= 10; i++) {
      time += PICTURE;
      tracker.propagate(moving(left + i * pixels, 40, pixels, false), time, WIDTH, HEIGHT);
    }
  }

  private static double left(List<Track> tracks) {
    assertThat(tracks).hasSize(1);
    return tracks.get(0).box().left() * WIDTH;
  }

  private long begin() {
    tracker.propagate(MotionField.NONE, time, WIDTH, HEIGHT);
    look(100);
    walk(100, 0);
    List<Track> tracks = look(100);
    assertThat(tracks).hasSize(1);
    return tracks.get(0).id();
  }

  @Test
  void oneWhoStartsToRunBetweenLooksIsTheSame() {
    long id = begin();
    walk(100, 5);

    assertThat(left(tracker.between(time, WIDTH, HEIGHT))).isCloseTo(150, within(3.0));
    assertThat(look(150)).singleElement().extracting(Track::id).isEqualTo(id);
  }

  @Test
  void withoutMotionTheSameIsSomebodyElse() {
    begin();
    time += 10 * PICTURE;

    assertThat(look(150)).noneMatch(Track::seen);
  }

  @Test
  void bidirectionalPicturesArePassedOver() {
    begin();
    for (int i = 1; i <= 10; i++) {
      time += PICTURE;
      boolean bidirectional = i % 2 == 1;
      tracker.propagate(
          moving(100 + 5 * i, 60, bidirectional ? -30 : 10, bidirectional), time, WIDTH, HEIGHT);
    }

    assertThat(left(tracker.between(time, WIDTH, HEIGHT))).isCloseTo(150, within(3.0));
  }

  @Test
  void theBackgroundInABoxDoesNotHoldAWalkerBack() {
    begin();
    walk(100, 4);
    look(140);
    walk(140, 4);
    look(180);
    for (int i = 1; i <= 10; i++) {
      time += PICTURE;
      tracker.propagate(moving(196 + 4 * i, 8, 4, false), time, WIDTH, HEIGHT); // a thin one
    }

    assertThat(left(tracker.between(time, WIDTH, HEIGHT))).isCloseTo(220, within(8.0));
  }

  @Test
  void aLookBetweenTwoReferencesGetsItsPartOfTheWay() {
    begin();
    time += PICTURE;
    tracker.propagate(moving(100, 40, 0, false), time, WIDTH, HEIGHT);
    time += PICTURE;
    look(100); // on a picture that the next one's vectors reach over
    time += PICTURE;
    tracker.propagate(moving(100, 40, 8, false), time, WIDTH, HEIGHT);

    assertThat(left(tracker.between(time, WIDTH, HEIGHT))).isCloseTo(104, within(1.5));
  }
}
