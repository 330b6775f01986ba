package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.rules.settings.WatchList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlateWatchTest {
  private static final WatchList LIST =
      new WatchList(
          List.of(
              new WatchList.Entry("51F12345", "stolen, case 17"),
              new WatchList.Entry("30A98765", "toll unpaid")));

  /** Knows what the test says, and who was asked about. */
  private static final class Known implements PlateFeed {
    final Map<Long, String> texts = new HashMap<>();
    final Set<Long> asked = new HashSet<>();

    @Override
    public Optional<Plate> read(long track) {
      asked.add(track);
      return Optional.ofNullable(texts.get(track))
          .map(text -> new Plate(track, text, 0.95, 3, 4, "VN"));
    }

    @Override
    public WatchList watchList() {
      return LIST;
    }
  }

  private final Known known = new Known();
  private final Film film = new Film(known, Map.of());

  @Test
  void aListedPlateOpensOneAlertFromWhenTheVehicleCame() {
    for (int i = 0; i < 5; i++) {
      film.at(1, "car", 0.5, 0.5).frame(1);
    }
    known.texts.put(1L, "51F12345");
    for (int i = 0; i < 10; i++) {
      film.at(1, "car", 0.5, 0.5).frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O");
    Alert alert = film.alerts.get(0);
    assertThat(alert.span().start().mediaTime().ticks()).isZero();
    assertThat(alert.participants().tracks()).containsExactly(1L);
    assertThat(alert.finding().reason())
        .contains("stolen, case 17")
        .as("reasons go into logs")
        .doesNotContain("51F12345");
    assertThat(alert.finding().measures())
        .containsEntry("exact", 1.0)
        .containsEntry("confidence", 0.95);
    for (int i = 0; i < 29; i++) {
      film.frame(1);
    }
    assertThat(film.phases()).isEqualTo("a1O");
    film.frame(1);
    assertThat(film.phases()).isEqualTo("a1O a1C");
    assertThat(film.alerts.get(1).span().end().mediaTime().ticks()).isEqualTo(14 * 90_000);
  }

  @Test
  void whoIsStillThereWhenTheCameraComesBackIsTheSameAlert() {
    known.texts.put(1L, "51F12345");
    for (int i = 0; i < 5; i++) {
      film.at(1, "car", 0.5, 0.5).frame(1);
    }
    film.frame(120); // away; the tracker has forgotten it by then
    for (int i = 0; i < 5; i++) {
      film.at(2, "car", 0.5, 0.5).frame(1);
    }
    known.texts.put(2L, "51F12345");
    film.at(2, "car", 0.5, 0.5).frame(1);
    assertThat(film.end().alerts).extracting(Alert::id).isNotEmpty().containsOnly(AlertId.of("a1"));
    assertThat(film.phases()).startsWith("a1O a1U").endsWith("a1C");
  }

  @Test
  void aPlateReadAfterTheVehicleLeftIsStillFound() {
    film.at(1, "car", 0.5, 0.5).frame(2).frame(2);
    known.texts.put(1L, "30A98765");
    film.frame(1);
    assertThat(film.phases()).isEqualTo("a1O");
    assertThat(film.alerts.get(0).span().end().mediaTime().ticks()).isZero();
  }

  @Test
  void otherPlatesAndTwoDifferencesAreNoMatch() {
    known.texts.put(1L, "51F12346"); // another vehicle: 5 and 6 do not look alike
    known.texts.put(2L, "51F1Z34S");
    for (int i = 0; i < 5; i++) {
      film.at(1, "car", 0.5, 0.5).at(2, "car", 0.7, 0.5).frame(1);
    }
    assertThat(film.end().alerts).isEmpty();
  }

  @Test
  void aPlateThatIsNearlyListedIsToldAsSuchAndLaterAsTheListedOneInTheSameAlert() {
    known.texts.put(1L, "51F123A5".replace('A', '4').replace("F1", "FI"));
    film.at(1, "car", 0.5, 0.5).frame(2);
    assertThat(film.phases()).isEqualTo("a1O");
    assertThat(film.alerts.get(0).finding().reason())
        .contains("nearly")
        .contains("a person must compare");
    assertThat(film.alerts.get(0).finding().measures()).containsEntry("exact", 0.0);
    known.texts.put(1L, "51F12345");
    film.at(1, "car", 0.5, 0.5).frame(2);
    assertThat(film.phases()).isEqualTo("a1O a1U");
    assertThat(film.alerts.get(1).finding().reason()).doesNotContain("nearly");
    assertThat(film.alerts.get(1).finding().measures()).containsEntry("exact", 1.0);
  }

  @Test
  void nearlyListedPlatesCanBeLeftOut() {
    Film strict = new Film(known, Map.of("near", false));
    known.texts.put(1L, "5IF12345");
    strict.at(1, "car", 0.5, 0.5).frame(1);
    assertThat(strict.alerts).isEmpty();
  }

  @Test
  void aNewTrackOfTheSamePlateIsTheSameAlert() {
    known.texts.put(1L, "51F12345");
    known.texts.put(2L, "51F12345");
    film.at(1, "car", 0.5, 0.5).frame(2).at(2, "car", 0.6, 0.5).frame(2);
    assertThat(film.phases()).isEqualTo("a1O a1U");
    assertThat(film.alerts.get(1).participants().tracks()).containsExactly(1L, 2L);
  }

  @Test
  void twoListedVehiclesAreTwoAlerts() {
    known.texts.put(1L, "51F12345");
    known.texts.put(2L, "30A98765");
    film.at(1, "car", 0.5, 0.5).at(2, "truck", 0.7, 0.5).frame(1).end();
    assertThat(film.phases()).isEqualTo("a1O a2O a1C a2C".replace("a1C a2C", closes()));
  }

  private String closes() {
    return film.alerts.get(2).id() + "C " + film.alerts.get(3).id() + "C";
  }

  @Test
  void onlyVehiclesThatCameIntoTheZoneAreAskedAbout() {
    Film zoned = new Film(known, Map.of("zone", "z", "classes", "car"));
    zoned.at(1, "car", 0.1, 0.1).at(2, "car", 0.5, 0.5).at(3, "truck", 0.5, 0.5).frame(1);
    assertThat(known.asked).containsExactly(2L);
    zoned.at(2, "car", 0.9, 0.9).frame(1);
    known.texts.put(2L, "51F12345");
    zoned.at(2, "car", 0.95, 0.9).frame(1);
    assertThat(zoned.phases()).isEqualTo("a1O");
  }

  @Test
  void aWrongSettingIsRefused() {
    assertThatThrownBy(() -> new Film(known, Map.of("near", "maybe")))
        .hasMessageContaining("near: 'maybe' should be true or false");
    assertThatThrownBy(() -> new Film(known, Map.of("zone", "nowhere")))
        .hasMessageContaining("there is no zone 'nowhere'");
  }

  @Test
  void platesAreComparedAsReadersHaveThem() {
    assertThat(WatchList.normal("51F-123.45")).contains("51F12345");
    assertThat(WatchList.normal(" 29-mđ1 234.56 ")).contains("29MD123456");
    assertThat(WatchList.normal("51F*12345")).isEmpty();
    assertThat(WatchList.normal("ABC")).isEmpty();
    assertThat(LIST.match("51F12345").orElseThrow().exact()).isTrue();
    assertThat(LIST.match("51FI2345").orElseThrow().exact()).isFalse();
    assertThat(LIST.match("51FI2E45")).isEmpty();
    assertThat(LIST.match("51F1234")).isEmpty();
    assertThatThrownBy(
            () ->
                new WatchList(
                    List.of(
                        new WatchList.Entry("51F12345", "one"),
                        new WatchList.Entry("51F12345", "two"))))
        .hasMessageContaining("two")
        .hasMessageNotContaining("51F12345");
    assertThat(LIST.match("51F12345").toString()).doesNotContain("51F12345");
  }
}
