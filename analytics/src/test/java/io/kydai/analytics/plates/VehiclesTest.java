package io.kydai.analytics.plates;

import static io.kydai.analytics.plates.Made.VIETNAM;
import static io.kydai.analytics.plates.Made.car;
import static io.kydai.analytics.plates.Made.observation;
import static io.kydai.analytics.plates.Made.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import io.kydai.models.plates.PlateReading;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VehiclesTest {
  private static final long SECOND = 90_000;
  private static final BufferedImage ROAD = rough();

  private int skipped;
  private final Vehicles vehicles = new Vehicles(VIETNAM, () -> skipped++);

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
  }

  /** Equally sharp everywhere, so that a larger crop is worth more. */
  private static BufferedImage rough() {
    BufferedImage picture =
        new BufferedImage(Drawn.WIDTH, Drawn.HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(1);
    for (int y = 0; y < Drawn.HEIGHT; y += 4) {
      for (int x = 0; x < Drawn.WIDTH; x += 4) {
        int grey = random.nextInt(256);
        for (int i = 0; i < 16; i++) {
          picture.setRGB(x + i % 4, y + i / 4, grey << 16 | grey << 8 | grey);
        }
      }
    }
    return picture;
  }

  private void see(double seconds, Track... tracks) {
    long mediaTime = Math.round(seconds * SECOND);
    try (DecodedFrame frame = Drawn.frame(ROAD, mediaTime)) {
      vehicles.see(frame, observation(mediaTime, tracks));
    }
  }

  /** Has everything read that waits; each crop says the same. */
  private int readAll(PlateReading... readings) {
    int count = 0;
    Optional<Vehicles.Task> next = vehicles.next();
    while (next.isPresent()) {
      vehicles.done(next.get(), List.of(readings));
      count++;
      next = vehicles.next();
    }
    return count;
  }

  @Test
  void whatWasSeenBeforeAnybodyWantedItIsThereToBeRead() {
    see(0, car(1, 0.4, 0.4, 0.6, 0.9));
    see(1, car(1, 0.4, 0.4, 0.6, 0.9));
    assertThat(vehicles.next()).isEmpty();
    vehicles.want(1);
    assertThat(readAll(reading("51F12345", 0.99))).isEqualTo(2);
    Plate plate = vehicles.plate(1).orElseThrow();
    assertThat(plate.text()).isEqualTo("51F12345");
    assertThat(plate.votes()).isEqualTo(2);
    assertThat(plate.frames()).isEqualTo(2);
    assertThat(plate.format()).isEqualTo("VN");
    assertThat(plate.confidence()).isGreaterThan(0.9);
  }

  @Test
  void oneFrameAloneIsNoPlateAndFlickerIsNone() {
    see(0, car(1, 0.4, 0.4, 0.6, 0.9));
    vehicles.want(1);
    readAll(reading("51F12345", 0.99));
    assertThat(vehicles.plate(1)).isEmpty();
    String[] flicker = {"29A98765", "51F12845", "30E11111", "51G54321"};
    for (int i = 0; i < flicker.length; i++) {
      see(i + 1, car(1, 0.4, 0.4, 0.6, 0.9));
      readAll(reading(flicker[i], 0.99));
    }
    assertThat(vehicles.plate(1)).isEmpty();
  }

  @Test
  void aMisreadFrameAmongMostThatAgreeCostsConfidenceAndNotTheText() {
    double before = 1;
    String[] read = {"51F12345", "51F12345", "51F12345", "51F12845"};
    for (int i = 0; i < read.length; i++) {
      see(i, car(1, 0.4, 0.4, 0.6, 0.9));
      vehicles.want(1);
      readAll(reading(read[i], 0.985));
      if (i == 2) {
        before = vehicles.plate(1).orElseThrow().confidence();
      }
    }
    // Three of four: below what is told.
    assertThat(vehicles.plate(1)).isEmpty();
    assertThat(before).isGreaterThan(VIETNAM.minConfidence());
    for (int i = 4; i < 10; i++) {
      see(i, car(1, 0.4, 0.4, 0.6, 0.9));
      readAll(reading("51F12345", 0.999));
    }
    assertThat(vehicles.plate(1).map(Plate::text)).contains("51F12345");
  }

  @Test
  void textsThatAreNoPlateOfTheCountryCountForNothing() {
    for (int i = 0; i < 3; i++) {
      see(i, car(1, 0.4, 0.4, 0.6, 0.9));
      vehicles.want(1);
      readAll(reading("TAXI1234", 0.99), reading("51F12345", 0.98));
    }
    assertThat(vehicles.plate(1).map(Plate::text)).contains("51F12345");
  }

  @Test
  void aPlateWhereAnotherVehicleStandsInFrontIsNotThisVehicles() {
    PlateReading others = reading("51F12345", 0.99, new Box(0.6f, 0.75f, 0.8f, 0.85f));
    for (int i = 0; i < 3; i++) {
      see(i, car(1, 0.3, 0.2, 0.6, 0.7), car(2, 0.45, 0.4, 0.75, 0.95));
      vehicles.want(1);
      readAll(others);
    }
    assertThat(vehicles.plate(1)).isEmpty();
    assertThat(readAllOf(2, reading("51F12345", 0.99))).contains("51F12345");
  }

  private Optional<String> readAllOf(long track, PlateReading reading) {
    for (int i = 10; i < 13; i++) {
      see(i, car(1, 0.3, 0.2, 0.6, 0.7), car(2, 0.45, 0.4, 0.75, 0.95));
      vehicles.want(track);
      readAll(reading);
    }
    return vehicles.plate(track).map(Plate::text);
  }

  @Test
  void aBetterCropTakesThePlaceOfTheWorstAndAWorseOneIsNotCut() {
    for (int i = 0; i < 10; i++) {
      see(i, car(1, 0.45, 0.6, 0.55, 0.9));
    }
    vehicles.want(1);
    see(11, car(1, 0.35, 0.3, 0.65, 0.9)); // nearer
    see(12, car(1, 0.48, 0.7, 0.52, 0.9)); // farther
    Vehicles.Task best = vehicles.next().orElseThrow();
    assertThat(best.crop().mediaTime()).isEqualTo(11 * SECOND);
    vehicles.done(best, List.of());
    assertThat(readAll()).isEqualTo(Vehicle.MAX_CROPS - 1);
  }

  @Test
  void readingsOfOneVehicleAreBounded() {
    vehicles.want(1);
    int reads = 0;
    for (int i = 0; i < 60; i++) {
      see(i, car(1, 0.4 - i * 0.004, 0.4, 0.6, 0.9)); // grows, so that each is worth a try
      vehicles.want(1);
      reads += readAll();
    }
    assertThat(reads).isEqualTo(Vehicle.MAX_READINGS);
  }

  @Test
  void aVehicleWhosePlateIsCertainIsNotReadAgain() {
    int reads = 0;
    for (int i = 0; i < 20; i++) {
      see(i, car(1, 0.4, 0.4, 0.6, 0.9));
      vehicles.want(1);
      reads += readAll(reading("51F12345", 0.999));
    }
    assertThat(reads).isEqualTo(4);
  }

  @Test
  void cropsStayWithinTheirBytesAndWantedOnesThatGoAreCounted() {
    // Each crop has about 1280 × 720 / 4 × 3 bytes: two dozen vehicles are too many.
    for (int i = 0; i < 72; i++) {
      Track track = car(1 + i % 24, 0.25, 0.3, 0.74, 0.8);
      see(i / 24.0, track);
      assertThat(vehicles.bytes()).isLessThanOrEqualTo(Vehicles.MAX_BYTES);
    }
    assertThat(vehicles.bytes()).isGreaterThan(Vehicles.MAX_BYTES / 2);
    assertThat(skipped).isZero();
    for (int id = 1; id <= 24; id++) {
      vehicles.want(id);
    }
    for (int i = 0; i < 24; i++) {
      see(4 + i / 100.0, car(100 + i, 0.25, 0.3, 0.26, 0.31)); // too far to be cut
      vehicles.want(100 + i);
      see(5 + i / 100.0, car(100 + i, 0.25, 0.3, 0.74, 0.8));
    }
    assertThat(skipped).isPositive();
    assertThat(vehicles.bytes()).isLessThanOrEqualTo(Vehicles.MAX_BYTES);
  }

  @Test
  void vehiclesThatAreGoneAreForgottenWantedOnesLater() {
    see(0, car(1, 0.4, 0.4, 0.6, 0.9), car(2, 0.1, 0.4, 0.3, 0.9));
    vehicles.want(2);
    see(10, car(3, 0.4, 0.4, 0.6, 0.9));
    assertThat(vehicles.knows(1)).isFalse();
    assertThat(vehicles.knows(2)).isTrue();
    see(61, car(4, 0.4, 0.4, 0.6, 0.9));
    assertThat(vehicles.knows(2)).isFalse();
    assertThat(skipped).isEqualTo(1);
  }

  @Test
  void moreVehiclesThanThereIsRoomForPushOutThoseSeenLongestAgo() {
    Track[] many = new Track[Vehicles.MAX_VEHICLES + 10];
    for (int i = 0; i < many.length; i++) {
      many[i] = car(i, 0, 0, 0.01, 0.01); // too small to be cut
    }
    see(0, many);
    assertThat(vehicles.knows(9)).isFalse();
    assertThat(vehicles.knows(10)).isTrue();
    assertThat(vehicles.bytes()).isZero();
  }

  @Test
  void onceClosedItTakesNothing() {
    see(0, car(1, 0.4, 0.4, 0.6, 0.9));
    vehicles.want(1);
    vehicles.close();
    assertThat(vehicles.next()).isEmpty();
    assertThat(vehicles.bytes()).isZero();
    assertThat(skipped).isEqualTo(1);
    see(1, car(2, 0.4, 0.4, 0.6, 0.9));
    assertThat(vehicles.knows(2)).isFalse();
  }
}
