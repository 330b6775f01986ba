package io.kydai.analytics.plates;

import static io.kydai.analytics.plates.Made.CAMERA;
import static io.kydai.analytics.plates.Made.VIETNAM;
import static io.kydai.analytics.plates.Made.car;
import static io.kydai.analytics.plates.Made.observation;
import static io.kydai.analytics.plates.Made.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertPlatesTest {
  private static final long SECOND = 90_000;

  private final Vehicles vehicles = new Vehicles(VIETNAM, () -> {});
  private final AlertPlates alerts = new AlertPlates(vehicles);

  @BeforeEach
  void aCarWasSeen() {
    for (long time : List.of(0L, SECOND, 2 * SECOND)) {
      try (DecodedFrame frame = Drawn.frame(Drawn.road(Drawn.motorbike("", ""), 0, 0), time)) {
        vehicles.see(frame, observation(time, car(7, 0.4, 0.4, 0.6, 0.9)));
      }
    }
  }

  private static Alert alert(String type, Phase phase, long... tracks) {
    Timestamp start = new Timestamp(MediaTime.ZERO, Instant.EPOCH);
    return new Alert(
        AlertId.of("a1"),
        new Alert.Origin(CAMERA, RuleId.of("r"), type),
        phase,
        new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
        new Alert.Participants(Arrays.stream(tracks).boxed().toList(), null, List.of()),
        new Alert.Finding("car crossed line v the wrong way", Map.of()));
  }

  private List<Alert> tell(double seconds, Alert... found) {
    alerts.note(List.of(found));
    return alerts.tell(List.of(found), Math.round(seconds * SECOND), false);
  }

  private void readOne(String text) {
    Vehicles.Task task = vehicles.next().orElseThrow();
    vehicles.done(task, List.of(reading(text, 0.99)));
  }

  @Test
  void thePlateComesAsAnUpdateOfTheSameAlert() {
    assertThat(tell(2, alert("wrong-way", Phase.OPENED, 7)))
        .singleElement()
        .satisfies(opened -> assertThat(opened.participants().plates()).isEmpty());
    readOne("51F12345");
    assertThat(tell(3.1)).isEmpty(); // one frame is not enough
    readOne("51F12345");
    List<Alert> told = tell(4);
    assertThat(told).singleElement().extracting(Alert::phase).isEqualTo(Phase.UPDATED);
    assertThat(told.get(0).id()).isEqualTo(AlertId.of("a1"));
    assertThat(told.get(0).participants().plates())
        .extracting(Plate::text)
        .containsExactly("51F12345");
    assertThat(told.get(0).participants().plates().get(0).track()).isEqualTo(7);
    PlatePicture picture = alerts.pictures(told.get(0)).get(0);
    assertThat(picture.track()).isEqualTo(7);
    assertThat(picture.width()).isGreaterThan(picture.height());
    assertThat(tell(6)).as("nothing new").isEmpty();
    List<Alert> again = tell(7, alert("wrong-way", Phase.UPDATED, 7));
    assertThat(again.get(0).participants().plates()).hasSize(1);
    assertThat(alerts.pictures(again.get(0))).as("once").isEmpty();
  }

  @Test
  void updatesOfPlatesComeAtMostOncePerSecond() {
    tell(2, alert("wrong-way", Phase.OPENED, 7));
    readOne("51F12345");
    readOne("51F12345");
    assertThat(tell(2.5)).isEmpty();
    assertThat(tell(3)).hasSize(1);
    readOne("51F12345");
    assertThat(tell(3.5)).isEmpty();
    assertThat(tell(4)).hasSize(1);
  }

  @Test
  void aCloseWaitsForReadingsUnderWay() {
    tell(2, alert("wrong-way", Phase.OPENED, 7));
    readOne("51F12345");
    assertThat(tell(3, alert("wrong-way", Phase.CLOSED, 7))).isEmpty();
    readOne("51F12345");
    assertThat(tell(4)).isEmpty();
    readOne("51F12345");
    assertThat(tell(5))
        .singleElement()
        .satisfies(
            closed -> {
              assertThat(closed.phase()).isEqualTo(Phase.CLOSED);
              assertThat(closed.participants().plates().get(0).votes()).isEqualTo(3);
            });
    assertThat(tell(6)).isEmpty();
  }

  @Test
  void aCloseDoesNotWaitForEver() {
    tell(2, alert("wrong-way", Phase.OPENED, 7));
    assertThat(tell(3, alert("wrong-way", Phase.CLOSED, 7))).isEmpty();
    assertThat(tell(7.9)).isEmpty();
    assertThat(tell(8)).extracting(Alert::phase).containsExactly(Phase.CLOSED);
  }

  @Test
  void theEndWaitsForNothing() {
    tell(2, alert("wrong-way", Phase.OPENED, 7));
    assertThat(alerts.tell(List.of(alert("wrong-way", Phase.CLOSED, 7)), 3 * SECOND, true))
        .extracting(Alert::phase)
        .containsExactly(Phase.CLOSED);
  }

  @Test
  void aPlateThatWasToldOutlivesTheVehicleThatIsForgotten() {
    tell(2, alert("wrong-way", Phase.OPENED, 7));
    readOne("51F12345");
    readOne("51F12345");
    tell(3);
    try (DecodedFrame frame = Drawn.frame(Drawn.road(Drawn.motorbike("", ""), 0, 0), 0)) {
      vehicles.see(frame, observation(100 * SECOND, car(8, 0.4, 0.4, 0.6, 0.9)));
    }
    assertThat(vehicles.knows(7)).isFalse();
    assertThat(tell(100, alert("wrong-way", Phase.CLOSED, 7)).get(0).participants().plates())
        .hasSize(1);
  }

  @Test
  void alertsThatAccuseNoVehiclePassAsTheyAreAndHaveNothingRead() {
    Alert crowd = alert("crowding", Phase.OPENED, 7);
    assertThat(tell(2, crowd)).containsExactly(crowd);
    assertThat(vehicles.next()).isEmpty();
  }
}
