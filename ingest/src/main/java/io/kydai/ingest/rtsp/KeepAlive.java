package io.kydai.ingest.rtsp;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the camera from time to time that its session is still wanted, by a request that it offers
 * (RFC 2326, section 10.1). One that it answers with an error is not sent again, but for OPTIONS,
 * which every camera must know and behind which there is nothing else to try.
 */
final class KeepAlive {
  private static final List<String> PREFERRED = List.of("GET_PARAMETER", "SET_PARAMETER");

  private final RtspRequests exchange;
  private final String uri;
  private final boolean named;
  private final Deque<String> methods = new ArrayDeque<>();
  private @Nullable ScheduledFuture<?> timer;

  /**
   * @param named whether the camera has named the session, so that it can forget it
   * @param offered the camera's {@code Public} field
   */
  KeepAlive(RtspRequests exchange, String uri, boolean named, String offered) {
    this.exchange = exchange;
    this.uri = uri;
    this.named = named;
    List<String> known = Arrays.asList(offered.toUpperCase(Locale.ROOT).split("[,\\s]+"));
    PREFERRED.stream().filter(known::contains).forEach(methods::add);
    methods.add("OPTIONS");
  }

  void start(EventExecutor executor, Duration interval) {
    long millis = interval.toMillis();
    timer =
        executor.scheduleAtFixedRate(
            () -> exchange.mention(methods.getFirst(), uri), millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes an answer.
   *
   * @throws RtspException when the camera has forgotten the session
   */
  void answered(RtspMessage.Response response, String method) throws RtspException {
    if (response.status() == 454 && named) {
      throw new RtspException("has forgotten the session (" + response.line() + ")");
    }
    if (!response.isSuccess() && methods.size() > 1 && method.equals(methods.getFirst())) {
      methods.removeFirst();
    }
  }

  void stop() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }
}
