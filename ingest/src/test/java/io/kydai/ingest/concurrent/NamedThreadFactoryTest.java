package io.kydai.ingest.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedThreadFactoryTest {
  @Test
  void threadsAreNamedByTheirSubjectAndANumberFromOne() {
    NamedThreadFactory factory = NamedThreadFactory.daemon("clip-writer");

    assertThat(factory.newThread(() -> {}).getName()).isEqualTo("kydai-clip-writer-1");
    assertThat(factory.newThread(() -> {}).getName()).isEqualTo("kydai-clip-writer-2");
  }

  @Test
  void daemonsAreDaemonsWhateverThreadMakesThem() {
    assertThat(NamedThreadFactory.daemon("ingest").newThread(() -> {}).isDaemon()).isTrue();
    assertThat(NamedThreadFactory.of("ingest").newThread(() -> {}).isDaemon()).isFalse();
  }

  @Test
  void nettysCachesAreLookedUpTheShortWay() {
    assertThat(NamedThreadFactory.of("ingest").newThread(() -> {}))
        .isInstanceOf(FastThreadLocalThread.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ingest", "ingest-", "-ingest", "ingest 1", "ingest-1", "a--b"})
  void otherSubjectsAreRefused(String subject) {
    assertThatThrownBy(() -> NamedThreadFactory.of(subject))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
