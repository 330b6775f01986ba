package io.kydai.streaming.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.flow.FlowMap;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.flow.Suggestions;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.streaming.TestFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final Set<RoadUser> ALL = EnumSet.allOf(RoadUser.class);

  private final FlowMap map = new FlowMap();
  private long time;

  @Test
  void over_nothing_it_is_transparent_where_nothing_passed() throws Exception {
    drive(25);
    try (HeatMap picture = new HeatMap()) {
      BufferedImage drawn = image(picture.png(map.read(), Quantity.PASSES, ALL, List.of()));
      assertThat(drawn.getWidth()).isEqualTo(640);
      assertThat(drawn.getHeight()).isEqualTo(360);
      assertThat(drawn.getRGB(320, 180) >>> 24).isGreaterThan(150);
      assertThat(drawn.getRGB(320, 40) >>> 24).isZero();
      BufferedImage people =
          image(picture.png(map.read(), Quantity.PASSES, Set.of(RoadUser.PERSON), List.of()));
      assertThat(people.getRGB(320, 180) >>> 24).isZero();
    }
  }

  @Test
  void over_a_frame_the_road_is_coloured_the_rest_stays_and_lanes_are_outlined() throws Exception {
    drive(25);
    try (HeatMap picture = new HeatMap();
        TestFrame frame = TestFrame.grey(1920, 1080, 0)) {
      picture.over(frame);
      BufferedImage plain =
          image(picture.png(new FlowMap().read(), Quantity.PASSES, ALL, List.of()));
      BufferedImage heated = image(picture.png(map.read(), Quantity.PASSES, ALL, List.of()));
      Suggestions suggestions = Suggestions.of(map.read(), Scene.EMPTY);
      assertThat(suggestions.lanes()).hasSize(1);
      BufferedImage outlined =
          image(picture.png(map.read(), Quantity.PASSES, ALL, suggestions.lanes()));
      int x = plain.getWidth() / 2;
      int y = plain.getHeight() / 2;
      assertThat(plain.getWidth()).isLessThanOrEqualTo(1280);
      assertThat(heated.getRGB(x, y)).isNotEqualTo(plain.getRGB(x, y));
      assertThat(heated.getRGB(x, 2)).isEqualTo(plain.getRGB(x, 2));
      assertThat(differing(heated, outlined)).isGreaterThan(500);
    }
  }

  private static int differing(BufferedImage one, BufferedImage other) {
    int count = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        count += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
      }
    }
    return count;
  }

  private static BufferedImage image(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private void drive(int cars) {
    for (int car = 1; car <= cars; car++) {
      long begin = time;
      for (int i = 0; i <= 30; i++) {
        time += 9_000;
        float x = 0.05f + 0.9f * i / 30;
        Box box = new Box(x - 0.03f, 0.42f, x + 0.03f, 0.5f);
        Track track = new Track(car, "car", 0.8f, box, true, begin);
        map.onObservation(
            new Observation(new CameraId("road"), time, Instant.EPOCH, 1280, 720, List.of(track)));
      }
    }
  }
}
