package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several boxes on one object, and one box on several, beside objects that are truly several. */
class DoubleBoxesTest {
  private static final double[] BUS = {0.2, 0.2, 0.7, 0.7};

  private final ByteTracker tracker = new ByteTracker();
  private final List<Detection> next = new ArrayList<>();
  private long time;
  private List<Track> tracks = List.of();

  @Test
  void twoBoxesOnAHalfHiddenBusAreOneBus() {
    for (int i = 0; i < 5; i++) {
      see("bus", 0.8f, BUS).frame();
    }
    for (int i = 0; i < 20; i++) {
      see("bus", 0.8f, BUS).see("bus", 0.6f, 0.4, 0.25, 0.7, 0.7).frame();
      assertThat(tracks).hasSize(1);
    }
  }

  @Test
  void oneBoxOverTwoCarsIsNoThirdCar() {
    for (int i = 0; i < 20; i++) {
      see("car", 0.8f, 0.2, 0.4, 0.4, 0.6)
          .see("car", 0.7f, 0.35, 0.35, 0.55, 0.55)
          .see("car", 0.6f, 0.2, 0.35, 0.55, 0.6)
          .frame();
    }
    assertThat(tracks).hasSize(2);
  }

  @Test
  void threeBoxesOnAPairOfPeopleArePeopleTwo() {
    for (int i = 0; i < 20; i++) {
      double x = 0.2 + 0.01 * i;
      see("person", 0.8f, x, 0.3, x + 0.1, 0.7)
          .see("person", 0.75f, x + 0.07, 0.3, x + 0.17, 0.7)
          .see("person", 0.6f, x, 0.3, x + 0.17, 0.7)
          .frame();
    }
    assertThat(tracks).hasSize(2);
  }

  @Test
  void aBusThatHidesTwoCarsIsABus() {
    for (int i = 0; i < 20; i++) {
      see("bus", 0.8f, BUS)
          .see("car", 0.7f, 0.25, 0.22, 0.4, 0.35)
          .see("car", 0.7f, 0.5, 0.22, 0.65, 0.35)
          .frame();
    }
    assertThat(tracks).extracting(Track::label).containsExactlyInAnyOrder("bus", "car", "car");
  }

  @Test
  void aCarsWindowThatLooksLikeACarIsAPartOfIt() {
    for (int i = 0; i < 20; i++) {
      double x = 0.01 * i;
      see("car", 0.65f, 0.2 + x, 0.2, 0.57 + x, 0.85)
          .see("car", i == 1 ? 0.52f : 0.45f, 0.22 + x, 0.21, 0.31 + x, 0.27)
          .frame();
    }
    assertThat(tracks).hasSize(1);
  }

  @Test
  void aCarThatIsCalledAMotorcycleTooIsOneCar() {
    for (int i = 0; i < 5; i++) {
      see("car", 0.7f, 0.3, 0.4, 0.6, 0.8).frame();
    }
    for (int i = 0; i < 20; i++) {
      see("car", 0.4f, 0.3, 0.4, 0.6, 0.8).see("motorcycle", 0.6f, 0.22, 0.3, 0.61, 0.81).frame();
      assertThat(tracks).extracting(Track::label).containsExactly("car");
    }
  }

  @Test
  void aRiderBeforeACarIsARider() {
    for (int i = 0; i < 20; i++) {
      see("car", 0.7f, 0.3, 0.3, 0.6, 0.6).see("motorcycle", 0.6f, 0.38, 0.4, 0.5, 0.75).frame();
    }
    assertThat(tracks).extracting(Track::label).containsExactlyInAnyOrder("car", "motorcycle");
  }

  @Test
  void aPersonBehindAnotherIsAnother() {
    for (int i = 0; i < 20; i++) {
      see("person", 0.8f, 0.3, 0.3, 0.42, 0.8).see("person", 0.6f, 0.32, 0.25, 0.42, 0.62).frame();
    }
    assertThat(tracks).hasSize(2);
  }

  @Test
  void aThingUnderChangingNamesIsOneThing() {
    String[] names = {"cell phone", "parking meter", "cell phone", "bus", "bus", "car", "bus"};
    for (int i = 0; i < 28; i++) {
      double y = 0.1 + 0.02 * i;
      see(names[i % names.length], 0.6f, 0.4, y, 0.5, y + 0.2).frame();
    }
    assertThat(tracks).hasSize(1);
    assertThat(tracks.get(0).id()).isEqualTo(1);
    assertThat(tracks.get(0).label()).isEqualTo("bus");
  }

  @Test
  void aPersonAndACarAreNotOneThing() {
    for (int i = 0; i < 10; i++) {
      see("car", 0.7f, 0.3, 0.3, 0.5, 0.7).frame();
    }
    for (int i = 0; i < 5; i++) {
      see("person", 0.7f, 0.3, 0.3, 0.5, 0.7).frame();
    }
    assertThat(tracks.stream().filter(Track::seen)).extracting(Track::label).contains("person");
  }

  @Test
  void aVehicleUnderSeveralNamesIsAVehicle() {
    for (int i = 0; i < 5; i++) {
      see("truck", 0.36f, BUS).see("car", 0.3f, BUS).see("bus", 0.25f, BUS).frame();
    }
    assertThat(tracks).extracting(Track::label).containsExactly("truck");
  }

  @Test
  void oneLowNameOrNamesThatAreGuessesAreNoVehicle() {
    for (int i = 0; i < 5; i++) {
      see("truck", 0.36f, BUS).frame();
      assertThat(tracks).isEmpty();
    }
    for (int i = 0; i < 5; i++) {
      see("truck", 0.29f, BUS).see("car", 0.28f, BUS).see("bus", 0.27f, BUS).frame();
      assertThat(tracks).isEmpty();
    }
  }

  private DoubleBoxesTest see(String label, float score, double... box) {
    next.add(
        new Detection(
            label, score, new Box((float) box[0], (float) box[1], (float) box[2], (float) box[3])));
    return this;
  }

  private void frame() {
    tracks = tracker.update(next, time, 768, 576);
    next.clear();
    time += 9_000;
  }
}
