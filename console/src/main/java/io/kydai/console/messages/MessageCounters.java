package io.kydai.console.messages;

import io.kydai.console.messages.rules.Channel;
import io.kydai.console.outbox.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The counters {@code kydai.console.messages.*}, tagged with the channel. */
final class MessageCounters implements Tally {
  private final Counter delivered;
  private final Counter dropped;
  private final Counter failed;
  private final Counter dead;

  /** Registers the counters of a channel, from 0 on. */
  MessageCounters(Channel channel, MeterRegistry metrics) {
    delivered = counter("delivered", "Messages that a server accepted", channel, metrics);
    dropped = counter("dropped", "Messages that were not to be sent any more", channel, metrics);
    failed = counter("failed", "Attempts to send a message that failed", channel, metrics);
    dead = counter("dead", "Messages whose delivery was given up", channel, metrics);
  }

  private static Counter counter(
      String name, String description, Channel channel, MeterRegistry metrics) {
    return Counter.builder("kydai.console.messages." + name)
        .description(description)
        .tag("channel", channel.name().toLowerCase(Locale.ROOT))
        .register(metrics);
  }

  @Override
  public void delivered() {
    delivered.increment();
  }

  @Override
  public void dropped() {
    dropped.increment();
  }

  @Override
  public void failed() {
    failed.increment();
  }

  @Override
  public void dead() {
    dead.increment();
  }

  void dead(int number) {
    dead.increment(number);
  }
}
