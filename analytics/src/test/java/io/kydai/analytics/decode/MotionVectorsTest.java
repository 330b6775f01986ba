package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.motion.MotionField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Motion of clips whose whole content moves by a known way: 4 pixels left and 2 up a picture. */
class MotionVectorsTest {
  private static final int LEFT = -4 * MotionField.PARTS;
  private static final int UP = -2 * MotionField.PARTS;

  @TempDir private Path folder;

  private List<MotionField> fields(String codec, boolean asked)
      throws IOException, InterruptedException {
    Path clip = folder.resolve("moving.mp4");
    FfmpegProgram.run(
        "-y -f lavfi -i nullsrc=size=480x320:rate=25,geq=random(1)*255:128:128,gblur=sigma=3,"
            + "trim=end_frame=1,loop=loop=20:size=1:start=0,setpts=N/25/TB,crop=320:240:4*n:2*n "
            + "-frames:v 13 "
            + codec
            + " "
            + clip);
    List<MotionField> fields = new ArrayList<>();
    try (VideoFile file = VideoFile.open(clip, asked)) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          fields.add(MotionVectors.of(frame.picture()));
        }
        next = file.next();
      }
    }
    assertThat(fields).hasSize(13);
    return fields;
  }

  /** The share of cells away from the edges that moved by so much, within half a pixel. */
  private static double moved(MotionField field, int right, int down) {
    int all = 0;
    int like = 0;
    for (int row = 4; row < field.rows() - 4; row++) {
      for (int column = 4; column < field.columns() - 4; column++) {
        all++;
        like +=
            field.known(column, row)
                    && Math.abs(field.dx(column, row) - right) <= 2
                    && Math.abs(field.dy(column, row) - down) <= 2
                ? 1
                : 0;
      }
    }
    return (double) like / all;
  }

  @Test
  void vectorsOfPredictedPicturesAreTheContentsMotion() throws Exception {
    List<MotionField> fields =
        fields("-c:v libx264 -preset veryfast -tune zerolatency -g 100", true);

    assertThat(fields.get(0).isEmpty()).as("an intra picture").isTrue();
    for (MotionField field : fields.subList(1, 13)) {
      assertThat(field.width()).isEqualTo(320);
      assertThat(field.rows()).isEqualTo(30);
      assertThat(field.bidirectional()).isFalse();
      assertThat(moved(field, LEFT, UP)).isGreaterThan(0.9);
    }
  }

  @Test
  void thePictureAfterTwoBidirectionalOnesHasTheWayOfAllThree() throws Exception {
    List<MotionField> fields =
        fields(
            "-c:v libx264 -preset veryfast -g 100 -bf 2 -refs 1 -x264-params"
                + " b-adapt=0:b-pyramid=none:scenecut=0",
            true);

    for (int picture = 1; picture < 13; picture++) {
      MotionField field = fields.get(picture);
      assertThat(field.bidirectional()).as("picture %d", picture).isEqualTo(picture % 3 != 0);
      if (!field.bidirectional()) {
        assertThat(moved(field, 3 * LEFT, 3 * UP)).isGreaterThan(0.9);
      }
    }
  }

  @Test
  void picturesWithoutVectorsHaveNoMotion() throws Exception {
    assertThat(fields("-c:v mjpeg", true)).allMatch(MotionField::isEmpty);
    assertThat(fields("-c:v libx265 -x265-params log-level=none -bf 0", true))
        .allMatch(MotionField::isEmpty);
    assertThat(fields("-c:v libx264 -tune zerolatency", false)).allMatch(MotionField::isEmpty);
  }
}
