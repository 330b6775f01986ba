package io.kydai.ingest.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop:every=50",
        "drop:p=0.01,seed=7",
        "delay:every=10,by=200ms",
        "reorder:every=3",
        "duplicate:p=0.5,seed=1",
        "truncate:every=9",
        "corrupt:every=9",
        "junk:every=5",
        "other-source:every=3",
        "stall:after=100,for=5000ms",
        "stall:after=0",
        "garbage:after=0",
        "close:after=10",
        "cut:after=10",
        "reboot:after=50,for=3000ms",
        "vanish:after=50,for=3000ms",
        "rtp-jump:after=25,by=-3600000ms",
        "clock-jump:after=25,by=60000ms",
        "change:after=40",
        "new-source:after=40",
        "teardown:after=5",
        "announce:after=5",
        "redirect:after=5,to=rtsp://other:554/live",
        "wrong-password",
        "wrong-cseq:on=SETUP",
        "no-timeout",
        "no-content-base",
        "no-session:on=SETUP",
        "new-session",
        "no-range:code=451,on=PLAY",
        "one-channel",
        "tunnel-login",
        "close-after",
        "close-after:code=401",
        "babble:on=DESCRIBE",
        "babble:on=SETUP,track=1",
        "status:code=454,on=PLAY",
        "mute:on=GET_PARAMETER",
        "hang-up",
        "hang-up:track=2",
        "status:code=500,on=PLAY,track=1",
        "annex-b",
        "marker-on-packets",
        "marker-on-units",
        "no-marker",
        "no-key",
        "jpeg-tables:count=3",
        "jpeg-tables:count=1,bits=16,every=5",
        "drop:every=50+stall:after=100,for=5000ms+wrong-cseq",
      })
  void text_is_read_and_written_alike(String text) {
    Fault fault = Fault.parse(text);
    assertThat(fault).hasToString(text);
    assertThat(Fault.parse(fault.toString())).isEqualTo(fault);
  }

  @Test
  void text_says_the_same_as_factories() {
    assertThat(Fault.parse("drop:p=0.1,seed=3 + delay:every=4,by=1s + status:code=404,on=setup"))
        .isEqualTo(
            Fault.drop(FaultRate.of(0.1, 3))
                .and(Fault.delay(FaultRate.every(4), Duration.ofSeconds(1)))
                .and(Fault.status(404, "SETUP")));
    assertThat(Fault.parse("stall")).isEqualTo(Fault.SILENT);
    assertThat(Fault.parse("reboot:for=2m")).isEqualTo(Fault.reboot(0, Duration.ofMinutes(2)));
    assertThat(Fault.parse("rtp-jump:by=-3650d"))
        .isEqualTo(Fault.jumpOfTimestamps(0, Duration.ofDays(-3650)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explode | no fault \"explode\"",
        "drop | lacks p=",
        "drop:every=x | every is no whole number",
        "drop:p=2 | from 0 to 1",
        "drop:every=0 | at least 1",
        "stall:for=5 | for is no time",
        "stall:every=5 | there is no [every]",
        "redirect | lacks to=",
        "wrong-cseq:track=1 | there is no [track]",
        "status:code=99 | from 100 to 599",
        "delay:every=1,by=2h | at most a minute",
        "drop:every=2+ | no fault \"\"",
      })
  void wrong_text_is_refused_with_what_is_wrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse(text))
        .withMessageContaining(message);
  }
}
