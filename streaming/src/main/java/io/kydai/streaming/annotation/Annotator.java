package io.kydai.streaming.annotation;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.bytedeco.opencv.opencv_core.Mat;

/** Draws a scene and an observation on a picture, the scene below, the objects above. */
public final class Annotator {
  /** Times in the process's zone, which is the site's, with its offset: {@code UTC+07:00}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'xxx", Locale.ROOT);

  private Annotator() {}

  /**
   * Draws the boxes of an observation alone.
   *
   * @param mat 8-bit blue, green, red; drawn on
   */
  public static void boxes(Mat mat, Observation observation) {
    Canvas canvas = new Canvas(mat);
    observation.tracks().forEach(track -> track(canvas, track, false));
  }

  /**
   * Writes what a picture is of, and when it was taken, into its lower left corner.
   *
   * @param mat 8-bit blue, green, red; drawn on
   * @param zone in which the time is written, with its offset
   */
  public static void clock(Mat mat, String camera, Instant taken, ZoneId zone) {
    new Canvas(mat).caption(camera + "  " + TIME.format(taken.atZone(zone)));
  }

  /** Draws a scene and an observation, and points out nothing. */
  static void draw(Mat mat, Scene scene, Observation observation) {
    draw(mat, scene, observation, List.of(), List.of());
  }

  /**
   * Draws a scene and an observation, and points out what an alert is about.
   *
   * @param mat 8-bit blue, green, red; drawn on
   * @param involved ids of the tracks to point out
   * @param regions parts of the picture to point out
   */
  static void draw(
      Mat mat, Scene scene, Observation observation, Collection<Long> involved, List<Box> regions) {
    Canvas canvas = new Canvas(mat);
    scene.zones().forEach(zone -> zone(canvas, zone));
    scene.lines().forEach(line -> line(canvas, line));
    regions.forEach(box -> outline(canvas, box, Palette.ALERT, 0.5));
    observation.tracks().forEach(track -> track(canvas, track, involved.contains(track.id())));
    canvas.caption(
        observation.camera()
            + "  "
            + TIME.format(observation.wallClock().atZone(ZoneId.systemDefault())));
  }

  private static void zone(Canvas canvas, Zone zone) {
    canvas.polygon(zone.polygon(), Palette.ZONE);
    zone.polygon().stream()
        .findFirst()
        .ifPresent(corner -> canvas.plate(zone.id(), corner.x(), corner.y(), Palette.ZONE));
  }

  private static void line(Canvas canvas, Line line) {
    canvas.segment(line.from(), line.to(), Palette.LINE);
    canvas.forwardArrow(line.from(), line.to(), Palette.LINE);
    Point end = line.to();
    canvas.plate(line.id(), end.x(), end.y(), Palette.LINE);
  }

  /** Draws a track; a motorcycle with a rider and a passenger is called {@code motorcycle +1}. */
  private static void track(Canvas canvas, Track track, boolean involved) {
    Palette colour = involved ? Palette.ALERT : Palette.of(track.label());
    if (track.scenery() && !involved) {
      outline(canvas, track.box(), colour, 0.2);
      return;
    }
    outline(canvas, track.box(), colour, track.seen() ? 1 : 0.5);
    String text =
        String.format(
            Locale.ROOT,
            "%s%s %d  %d%%",
            track.label(),
            track.riders() > 1 ? " +" + (track.riders() - 1) : "",
            track.id(),
            Math.round(track.score() * 100));
    canvas.plate(text, track.box().left(), track.box().top(), colour);
  }

  private static void outline(Canvas canvas, Box box, Palette colour, double weight) {
    canvas.box(box.left(), box.top(), box.right(), box.bottom(), colour, weight);
  }
}
