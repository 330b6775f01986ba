package io.kydai.models.plates;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.models.detection.Box;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class PlateVoteTest {
  private static PlateReading reading(String text, double each) {
    return new PlateReading(
        text, Collections.nCopies(text.length(), (float) each), 1, new Box(0, 0, 1, 1));
  }

  @Test
  void placeByPlaceTheMostProbableCharacterWins() {
    PlateVote vote = new PlateVote(null);
    vote.add(reading("51F12345", 0.9));
    vote.add(reading("51F12845", 0.9));
    vote.add(reading("51E12345", 0.9));
    PlateVote.Result result = vote.result().orElseThrow();
    assertThat(result.text()).isEqualTo("51F12345");
    assertThat(result.readings()).isEqualTo(3);
    assertThat(result.votes()).isEqualTo(1);
    assertThat(result.confidence()).isLessThan(0.5); // two of three, of readings at 0.43
  }

  @Test
  void readingsOfAnotherLengthDoNotShiftTheOthersButCostConfidence() {
    PlateVote vote = new PlateVote(null);
    vote.add(reading("51F12345", 0.99));
    vote.add(reading("51F12345", 0.99));
    double before = vote.result().orElseThrow().confidence();
    vote.add(reading("1F12345", 0.99));
    assertThat(vote.result().orElseThrow().text()).isEqualTo("51F12345");
    assertThat(vote.result().orElseThrow().confidence()).isLessThan(before);
  }

  @Test
  void whatFitsTheCountryCountsMoreAndAsTheCountryHasIt() {
    PlateVote vote = new PlateVote(PlateFormat.VIETNAM);
    vote.add(reading("XXF12345", 0.95));
    vote.add(reading("51F1Z345", 0.95));
    assertThat(vote.result().orElseThrow())
        .satisfies(result -> assertThat(result.text()).isEqualTo("51F12345"))
        .satisfies(result -> assertThat(result.fits()).isTrue());
  }

  @Test
  void aPlateOfElsewhereIsReadAndSaidNotToFit() {
    PlateVote vote = new PlateVote(PlateFormat.VIETNAM);
    vote.add(reading("ABC1234", 0.9));
    assertThat(vote.result().orElseThrow().fits()).isFalse();
  }

  @Test
  void theLeastProbableMakesRoom() {
    PlateVote vote = new PlateVote(null);
    vote.add(reading("99Z99999", 0.1));
    for (int i = 0; i < PlateVote.MAX_READINGS; i++) {
      vote.add(reading("51F12345", 1));
    }
    assertThat(vote.result().orElseThrow())
        .isEqualTo(
            new PlateVote.Result(
                "51F12345", 1, PlateVote.MAX_READINGS, PlateVote.MAX_READINGS, true));
  }

  @Test
  void withoutReadingsThereIsNoResult() {
    assertThat(new PlateVote(null).result()).isEmpty();
  }
}
