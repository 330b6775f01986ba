package io.kydai.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network recorder with 64 channels that reboots, on a clock that the test moves. */
class HostConnectionLimiterTest {
  private static final int CHANNELS = 64;

  /** Holds the clock; nothing is sent through it. */
  private final EmbeddedChannel time = new EmbeddedChannel();

  private final Random random = new Random(7);
  private final List<Channel> channels = new ArrayList<>();
  private final List<Integer> entered = new ArrayList<>();
  private final List<Long> probes = new ArrayList<>();
  private boolean up = true;
  private HostConnectionLimiter limiter;
  private long now;

  /** One camera of the host. */
  private final class Channel implements HostConnectionLimiter.Listener {
    private final int number;
    private final HostConnectionLimiter.Slot slot;
    private String reason = "";

    Channel(int number) {
      this.number = number;
      slot = limiter.slot(this);
    }

    @Override
    public void mayConnect() {
      entered.add(number);
    }

    @Override
    public void hostUnreachable(String why) {
      reason = why;
    }
  }

  @BeforeEach
  void add() {
    time.freezeTime();
    EventExecutor executor = time.eventLoop();
    limiter =
        new HostConnectionLimiter(
            executor,
            () -> {
              probes.add(now);
              Promise<Void> answer = executor.newPromise();
              return up ? answer.setSuccess(null) : answer.setFailure(new ConnectException());
            },
            random::nextDouble);
    IntStream.range(0, CHANNELS).forEach(number -> channels.add(new Channel(number)));
    channels.forEach(channel -> channel.slot.request());
    pass(0);
  }

  @AfterEach
  void end() {
    time.finish();
  }

  private void pass(long millis) {
    now += millis;
    time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    time.runScheduledPendingTasks();
    time.runPendingTasks();
  }

  /** The host is away: whoever tries finds out, and waits again. */
  private void goAway() {
    up = false;
    channels.forEach(channel -> channel.slot.reportUnreachable("refused the connection"));
    channels.forEach(channel -> channel.slot.request());
    pass(0);
    entered.clear();
  }

  @Test
  void eightChannelsOfARecorderConnectAtOnceAndEachThatPlaysLetsTheNextIn() {
    assertThat(entered).hasSize(HostConnectionLimiter.MAX_ATTEMPTS);
    for (int left = 0; left < CHANNELS; left++) {
      assertThat(entered).hasSize(Math.min(CHANNELS, left + HostConnectionLimiter.MAX_ATTEMPTS));
      channels.get(left).slot.release();
      pass(0);
    }
    assertThat(entered).hasSize(CHANNELS).doesNotHaveDuplicates();
    assertThat(probes).isEmpty();
  }

  @Test
  void channelsThatNeverAnswerDoNotKeepTheOthersOut() {
    pass(1999);
    assertThat(entered).hasSize(8);
    pass(1);
    assertThat(entered).hasSize(16);
    pass(2000);
    assertThat(entered).hasSize(24);
  }

  @Test
  void whileTheRecorderIsAwayOneProbeTriesForAllAndEverybodyKnowsWhy() {
    goAway();
    assertThat(channels).allMatch(channel -> channel.reason.equals("refused the connection"));
    for (int i = 0; i < 6000; i++) {
      pass(10);
    }
    assertThat(entered).isEmpty();
    assertThat(probes).hasSizeBetween(45, 75);
    up = true;
    pass(1500);
    assertThat(entered).hasSize(HostConnectionLimiter.MAX_ATTEMPTS);
  }

  @Test
  void aRecorderThatRefusesAgainAfterAProbeIsProbedAgain() {
    goAway();
    up = true;
    pass(1500);
    assertThat(entered).hasSize(HostConnectionLimiter.MAX_ATTEMPTS);
    int before = probes.size();
    goAway();
    pass(1500);
    assertThat(entered).isEmpty();
    assertThat(probes.size()).isGreaterThan(before);
  }

  @Test
  void aHostThatComesBackWithinMinutesIsFoundInTimeForPicturesInThreeSeconds() {
    List<Long> waits = new ArrayList<>();
    for (int reboot = 0; reboot < 100; reboot++) {
      goAway();
      long back = now + random.nextLong(300, 300_000);
      while (now < back) {
        pass(Math.min(back - now, 250));
      }
      up = true;
      while (entered.isEmpty()) {
        pass(10);
      }
      waits.add(now - back);
      channels.forEach(channel -> channel.slot.release());
      pass(0);
    }
    waits.sort(null);
    assertThat(waits.get(95)).isLessThanOrEqualTo(1500);
  }

  @Test
  void aHostThatIsAwayForLongIsProbedMoreAndMoreSlowly() {
    goAway();
    assertThat(probesWithin(10 * 60)).isBetween(500, 700);
    pass(50 * 60_000);
    assertThat(probesWithin(60)).isBetween(6, 20);
    pass(10 * 3600_000);
    assertThat(probesWithin(3600)).isBetween(80, 240);
  }

  private int probesWithin(int seconds) {
    int before = probes.size();
    for (int i = 0; i < seconds * 4; i++) {
      pass(250);
    }
    return probes.size() - before;
  }

  @Test
  void nobodyIsProbedForCamerasThatWereRemoved() {
    goAway();
    channels.forEach(channel -> channel.slot.release());
    pass(1500);
    probes.clear();
    pass(60_000);
    assertThat(probes).isEmpty();
  }
}
