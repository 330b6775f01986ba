package io.kydai.analytics.health;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.media.MediaTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Some of a clip's pictures, at most five a second and 480 pixels wide. */
record Footage(String name, List<Grey> pictures) {
  static final double FPS = 5;

  /** The clips of the shared data that tampering is played on, relative to its folder. */
  static final List<String> CLIPS =
      List.of(
          "clips/TUD-Campus.mp4",
          "clips/car-detection.mp4",
          "clips/crowd_plaza.mp4",
          "clips/motorbike_vn_intersection_cctv.mp4",
          "clips/one-by-one-person-detection.mp4",
          "clips/people_courtyard.mp4",
          "clips/pets09-s2l1_vtest.avi",
          "clips/traffic_intersection_uadetrac.mp4",
          "clips/traffic_suburban_road.mp4",
          "cdnet-highway/highway_1700f_25fps.mp4");

  /** Returns the first pictures of a clip of another place than the given one. */
  static Footage another(Footage clip) {
    String other =
        clip.name().contains("suburban") ? "pets09-s2l1_vtest.avi" : "traffic_suburban_road.mp4";
    return of("clips/" + other, 10);
  }

  /**
   * @param most pictures from the clip's beginning
   */
  static Footage of(String clip, int most) {
    List<Grey> pictures = new ArrayList<>();
    double due = 0;
    try (VideoFile file = VideoFile.open(SharedData.assumeThere(clip))) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent() && pictures.size() < most) {
        try (DecodedFrame frame = next.get()) {
          double seconds = frame.mediaTime() / (double) MediaTime.TICKS_PER_SECOND;
          if (seconds >= due - 0.02) {
            pictures.add(grey(frame).small());
            due += 1 / FPS;
          }
        }
        next = pictures.size() < most ? file.next() : Optional.empty();
      }
    }
    return new Footage(clip.substring(clip.lastIndexOf('/') + 1), List.copyOf(pictures));
  }

  private static Grey grey(Frame frame) {
    int stride = frame.picture().linesize(0);
    ByteBuffer luma =
        frame.picture().data(0).capacity((long) stride * frame.height()).asByteBuffer();
    byte[] pixels = new byte[frame.width() * frame.height()];
    for (int y = 0; y < frame.height(); y++) {
      luma.get(y * stride, pixels, y * frame.width(), frame.width());
    }
    return new Grey(frame.width(), frame.height(), pixels);
  }

  /** The clip played for and back without end, so that nothing jumps. */
  Grey at(int picture) {
    int last = pictures.size() - 1;
    int place = Math.floorMod(picture, 2 * last);
    return pictures.get(place <= last ? place : 2 * last - place);
  }
}
