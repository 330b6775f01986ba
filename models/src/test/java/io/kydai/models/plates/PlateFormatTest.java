package io.kydai.models.plates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateFormatTest {
  @ParameterizedTest(name = "{0} is {1}, {2} replaced")
  @CsvSource({
    "51F12345, 51F12345, 0", // a car
    "30A1234, 30A1234, 0",
    "59X112345, 59X112345, 0", // a motorbike, two lines
    "29AA12345, 29AA12345, 0", // one of under 50 cc
    "75B1O234, 75B10234, 1", // O among digits
    "S1F12345, 51F12345, 1",
    "75812345, 75B12345, 1", // a digit where the series stands
    "51012345, 51D12345, 1" // O and Q are in no series: D alone is left
  })
  void aVietnamesePlateFits(String read, String text, int replaced) {
    assertThat(PlateFormat.VIETNAM.fit(read)).hasValue(new PlateFormat.Fit(text, replaced));
  }

  @ParameterizedTest
  @CsvSource({
    "05F12345", // no province begins with zero, and none looks like it
    "75B1I23Z", // two would have to be replaced
    "ABC1234", // somebody else's
    "5XF12345", // X looks like no digit
    "51F123", // too short
    "51F1234567",
    "HELLO"
  })
  void whatIsOfNoMaskIsNotGuessed(String read) {
    assertThat(PlateFormat.VIETNAM.fit(read)).isEmpty();
  }

  @Test
  void twoLettersThatLookAlikeAreNoAnswer() {
    // In Brazil O, D and Q are all letters of plates: a zero there could be any of them.
    assertThat(PlateFormat.BRAZIL.fit("A0A1234")).isEmpty();
    assertThat(PlateFormat.BRAZIL.fit("ABCI234")).hasValue(new PlateFormat.Fit("ABC1234", 1));
  }
}
