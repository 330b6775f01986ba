package io.kydai.console.http.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFromTest {
  private static final Instant FROM = Instant.parse("2026-11-28T08:00:00Z");
  private static final CodecParameters PARAMETERS =
      new CodecParameters(
          Codec.H264,
          16,
          16,
          List.of(HexFormat.of().parseHex("6742c01e")),
          List.of(HexFormat.of().parseHex("68ce3c80")));

  private final List<LiveEvent> passed = new ArrayList<>();
  private final LiveFrom from =
      new LiveFrom(
          new LiveSubscriber() {
            @Override
            public boolean ready() {
              return true;
            }

            @Override
            public void onEvent(LiveEvent event) {
              passed.add(event);
            }
          },
          FROM);

  private static Fragment picture(int number, long millis, boolean keyFrame) {
    return new Fragment(
        number,
        new AccessUnit(
            new CameraId("gate"),
            PARAMETERS,
            number,
            number * 3600L,
            number * 3600L,
            FROM.plusMillis(millis),
            WallClockSource.ARRIVAL,
            keyFrame,
            false,
            false,
            ByteBuffer.allocate(5)),
        number * 3600L,
        3600);
  }

  @Test
  void theLastPicturesOfALostCameraAreNotShownToWhomOnlyLaterOnesMayBe() {
    LiveEvent initialisation = new LiveEvent.Initialisation(PARAMETERS, ByteBuffer.allocate(0));
    Fragment first = picture(3, 40, true);
    Fragment second = picture(4, 80, false);
    from.onEvent(initialisation);
    from.onEvent(picture(1, -40, true));
    // Taken later, but decoded from what was taken before.
    from.onEvent(picture(2, 0, false));
    from.onEvent(first);
    from.onEvent(second);
    LiveEvent end = new LiveEvent.End();
    from.onEvent(end);

    assertThat(passed).containsExactly(initialisation, first, second, end);
  }
}
