package io.kydai.analytics.file;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * Writes tracks as the MOT Challenge does (Leal-Taixé et al., 2015, section 3.3), one line for each
 * track and frame: {@code frame,id,left,top,width,height,score,class,-1}. Frames count from 1;
 * left, top, width and height are pixels of the source picture with two decimals; the class is the
 * label's place among the network's labels, counted from 1, so that with COCO's names 1 is a
 * person. Only what a detection supports is written: predicted boxes are the tracker's own affair.
 */
public final class MotWriter {
  private final Writer out;
  private final List<String> labels;

  /**
   * @param out stays the caller's, who closes it
   * @param labels the network's classes in its order
   */
  public MotWriter(Writer out, List<String> labels) {
    this.out = out;
    this.labels = List.copyOf(labels);
  }

  /** Writes the lines of one frame, in the order of the tracks' ids. */
  public void write(long frame, Observation observation) throws IOException {
    List<Track> tracks =
        observation.tracks().stream()
            .filter(Track::seen)
            .sorted((a, b) -> Long.compare(a.id(), b.id()))
            .toList();
    for (Track track : tracks) {
      Box box = track.box();
      out.write(
          String.format(
              Locale.ROOT,
              "%d,%d,%.2f,%.2f,%.2f,%.2f,%.4f,%d,-1\n",
              frame,
              track.id(),
              box.left() * observation.width(),
              box.top() * observation.height(),
              box.width() * observation.width(),
              box.height() * observation.height(),
              track.score(),
              labels.indexOf(track.label()) + 1));
    }
  }
}
