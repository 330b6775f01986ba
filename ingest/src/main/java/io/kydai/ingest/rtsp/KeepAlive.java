package io.kydai.ingest.rtsp;

import io.kydai.ingest.rtsp.message.RtspException;
import io.kydai.ingest.rtsp.message.RtspMessage;
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
 * Keeps a session alive by a request at a fixed interval (RFC 2326, section 10.1). The method is
 * the first of GET_PARAMETER, SET_PARAMETER and OPTIONS that the camera offers. A method that the
 * camera answers with an error is not used again, except OPTIONS, which every camera must implement
 * and which is the last one to try.
 */
final class KeepAlive {
  private static final List<String> PREFERRED = List.of("GET_PARAMETER", "SET_PARAMETER");

  private final RtspRequests requests;
  private final String uri;
  private final boolean named;
  private final Deque<String> methods = new ArrayDeque<>();
  private @Nullable ScheduledFuture<?> timer;

  /**
   * Creates the keep-alive of one session; {@link #start} begins to send.
   *
   * @param uri the address that is named in the requests
   * @param named whether the camera gave the session an identifier, so that a 454 response means
   *     that it no longer knows the session
   * @param offered the value of the camera's {@code Public} field
   */
  KeepAlive(RtspRequests requests, String uri, boolean named, String offered) {
    this.requests = requests;
    this.uri = uri;
    this.named = named;
    List<String> known = Arrays.asList(offered.toUpperCase(Locale.ROOT).split("[,\\s]+"));
    PREFERRED.stream().filter(known::contains).forEach(methods::add);
    methods.add("OPTIONS");
  }

  /** Starts to send requests, the first after one interval. */
  void start(EventExecutor executor, Duration interval) {
    long millis = interval.toMillis();
    timer =
        executor.scheduleAtFixedRate(
            () -> requests.sendUntimed(methods.getFirst(), uri),
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  /**
   * Handles the response to a keep-alive.
   *
   * @throws RtspException when the camera no longer knows the session (454 Session Not Found)
   */
  void onResponse(RtspMessage.Response response, String method) throws RtspException {
    if (response.status() == 454 && named) {
      throw new RtspException("has forgotten the session (" + response.line() + ")");
    }
    if (!response.isSuccess() && methods.size() > 1 && method.equals(methods.getFirst())) {
      methods.removeFirst();
    }
  }

  /** Stops to send requests. */
  void stop() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }
}
