package io.kydai.streaming.live.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveObservation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts that docs/live.md promises to authors of viewers, character by character. */
class WebSocketSubscriberTest {
  private final List<String> texts = new ArrayList<>();
  private final WebSocketSubscriber subscriber =
      new WebSocketSubscriber(
          new MessageSink() {
            @Override
            public boolean ready() {
              return true;
            }

            @Override
            public void sendText(String json) {
              texts.add(json);
            }

            @Override
            public void sendBinary(ByteBuffer segment) {}
          });

  @Test
  void theTextsStayAsTheyAre() {
    subscriber.onEvent(
        new LiveEvent.Initialisation(CodecParameters.jpeg(640, 360), ByteBuffer.allocate(0)));
    subscriber.onEvent(new LiveEvent.Gap(7200, LiveEvent.Gap.Reason.DAMAGED));
    subscriber.onEvent(
        new LiveObservation(
            new Observation(
                new CameraId("gate"),
                3600,
                Instant.parse("2026-11-22T08:00:00.04Z"),
                640,
                360,
                List.of(
                    new Track(
                        1, "motorcycle", 0.87654f, new Box(0.1f, 0.25f, 0.33333f, 1), true, 0, 2),
                    new Track(2, "person", 1, new Box(0, 0, 0.5f, 0.00004f), false, 0)))));
    subscriber.onEvent(new LiveEvent.End());

    assertThat(texts)
        .containsExactly(
            "{\"type\":\"init\",\"codec\":\"jpeg\",\"width\":640,\"height\":360,"
                + "\"timescale\":90000}",
            "{\"type\":\"gap\",\"mediaTime\":7200}",
            "{\"type\":\"observation\",\"mediaTime\":3600,"
                + "\"wallClock\":\"2026-11-22T08:00:00.040Z\",\"width\":640,\"height\":360,"
                + "\"tracks\":[{\"id\":1,\"label\":\"motorcycle\",\"score\":0.8765,"
                + "\"box\":[0.1,0.25,0.3333,1.0],\"seen\":true,\"riders\":2},"
                + "{\"id\":2,\"label\":\"person\",\"score\":1.0,"
                + "\"box\":[0.0,0.0,0.5,0.0],\"seen\":false}]}",
            "{\"type\":\"end\"}");
  }
}
