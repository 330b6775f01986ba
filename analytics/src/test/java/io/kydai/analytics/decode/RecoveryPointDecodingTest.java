package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kydai.analytics.AnnexB;
import io.kydai.ingest.h264.RecoveryPoints;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.CameraId;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Streams whose only IDR picture was before the client came: encoders that refresh pictures part by
 * part. Decoding begins at a recovery point, and no picture is shown before all its parts were
 * refreshed.
 */
class RecoveryPointDecodingTest {
  private static final CameraId CAMERA = new CameraId("gate");
  private static final int PICTURES = 100;
  private static final int REFRESH = 20;

  private final List<Long> shown = new ArrayList<>();

  private CameraDecoder decoder() {
    return new CameraDecoder(
        frame -> {
          shown.add(frame.mediaTime());
          frame.close();
        });
  }

  private static List<AccessUnit> intraRefresh() throws Exception {
    String command =
        "ffmpeg -v error -f lavfi -i testsrc2=size=320x240:rate=10 -frames:v "
            + PICTURES
            + " -pix_fmt yuv420p -c:v libx264 -preset veryfast -bf 0 -x264-params intra-refresh=1:keyint="
            + REFRESH
            + " -f h264 -";
    Process ffmpeg;
    try {
      ffmpeg = new ProcessBuilder(command.split(" ")).redirectError(Redirect.DISCARD).start();
    } catch (IOException e) {
      return abort("ffmpeg is missing (Debian package ffmpeg): " + e.getMessage());
    }
    byte[] stream = ffmpeg.getInputStream().readAllBytes();
    assertThat(ffmpeg.waitFor()).isZero();
    List<AccessUnit> units = AnnexB.split(stream, CAMERA, 320, 240, 9000);
    assertThat(units).hasSize(PICTURES);
    return units.subList(1, PICTURES).stream()
        .map(RecoveryPointDecodingTest::asIngestSaysIt)
        .toList();
  }

  /** A picture with a recovery point is one where decoding can start. */
  private static AccessUnit asIngestSaysIt(AccessUnit unit) {
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime(),
        unit.decodeTime(),
        unit.wallClock(),
        unit.wallClockSource(),
        hasRecoveryPoint(unit),
        false,
        false,
        unit.data());
  }

  private static boolean hasRecoveryPoint(AccessUnit unit) {
    ByteBuffer data = unit.data();
    while (data.hasRemaining()) {
      byte[] nal = new byte[data.getInt()];
      data.get(nal);
      if ((nal[0] & 0x1f) == 6 && RecoveryPoints.isAmong(nal, 1, nal.length)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void picturesAreShownFromTheEndOfTheFirstRefreshOn() throws Exception {
    List<AccessUnit> units = intraRefresh();
    int start = 0;
    while (!units.get(start).keyFrame()) {
      start++;
    }
    try (CameraDecoder decoder = decoder()) {
      units.forEach(unit -> decoder.decode(unit, 0));
    }
    assertThat(shown).isNotEmpty();
    long first = units.get(start).mediaTime();
    assertThat(shown.get(0))
        .as("no sooner than most of the picture was refreshed, and no later than all of it")
        .isBetween(first + 9000 * REFRESH / 2, first + 9000 * (REFRESH + 1));
    assertThat(shown.get(shown.size() - 1)).isEqualTo(units.get(units.size() - 1).mediaTime());
    assertThat(shown)
        .hasSize((int) ((units.get(units.size() - 1).mediaTime() - shown.get(0)) / 9000) + 1);
  }
}
