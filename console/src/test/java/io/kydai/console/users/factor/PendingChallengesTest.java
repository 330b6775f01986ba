package io.kydai.console.users.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PendingChallengesTest {
  private Instant now = Instant.parse("2026-11-28T08:00:00Z");
  private final PendingChallenges<String> pending =
      new PendingChallenges<>(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          },
          Duration.ofMinutes(5));

  @Test
  void one_answer_takes_it() {
    pending.put("a", "question");

    assertThat(pending.peek("a")).hasValue("question");
    assertThat(pending.take("a")).hasValue("question");
    assertThat(pending.take("a")).isEmpty();
    assertThat(pending.peek("a")).isEmpty();
  }

  @Test
  void five_minutes_are_its_life() {
    pending.put("a", "question");
    pending.put("b", "question");

    now = now.plusSeconds(299);
    assertThat(pending.take("a")).isPresent();
    now = now.plusSeconds(1);
    assertThat(pending.peek("b")).isEmpty();
    assertThat(pending.take("b")).isEmpty();
  }

  @Test
  void a_later_question_replaces_the_one_before() {
    pending.put("a", "first");
    pending.put("a", "second");

    assertThat(pending.take("a")).hasValue("second");
  }

  @Test
  void beyond_ten_thousand_the_oldest_is_forgotten() {
    for (int i = 0; i <= 10_000; i++) {
      pending.put("k" + i, "question");
    }

    assertThat(pending.take("k0")).isEmpty();
    assertThat(pending.take("k1")).isPresent();
    assertThat(pending.take("k10000")).isPresent();
  }
}
