package io.kydai.streaming.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeakPicturesTest {
  private final PeakPictures peaks = new PeakPictures();

  private static Alert alert(int number, double people) {
    Timestamp at = new Timestamp(new MediaTime(0), Instant.EPOCH);
    return new Alert(
        AlertId.of("A-" + number),
        new Alert.Origin(new CameraId("gate-1"), RuleId.of("r1"), "crowding"),
        Alert.Phase.UPDATED,
        new Alert.Span(at, at),
        new Alert.Participants(List.of(), null, List.of()),
        new Alert.Finding("as the test wants", Map.of("people", people, "threshold", 5.0)));
  }

  @Test
  void theOldestMakesRoomForAFurtherAlert() {
    for (int i = 0; i <= PeakPictures.MOST; i++) {
      peaks.opened(alert(i, 5));
      peaks.updated(alert(i, 6), () -> new byte[10]);
    }
    assertThat(peaks.closed(AlertId.of("A-0"))).isEmpty();
    assertThat(peaks.closed(AlertId.of("A-1"))).isPresent();
    assertThat(peaks.closed(AlertId.of("A-1"))).as("it is forgotten then").isEmpty();
  }

  @Test
  void noPictureIsMadeOfWhatDoesNotRise() {
    peaks.opened(alert(1, 5));
    peaks.updated(
        alert(1, 5),
        () -> {
          throw new AssertionError("it has not risen");
        });
    peaks.updated(alert(1, 7), () -> new byte[] {7});
    peaks.updated(alert(1, 6), () -> new byte[] {6});
    assertThat(peaks.closed(AlertId.of("A-1"))).contains(new byte[] {7});
  }

  @Test
  void aHugePictureIsNotKept() {
    peaks.opened(alert(1, 5));
    peaks.updated(alert(1, 6), () -> new byte[PeakPictures.MOST_BYTES + 1]);
    assertThat(peaks.closed(AlertId.of("A-1"))).isEmpty();
  }
}
