package io.kydai.streaming.live.whep;

import io.kydai.streaming.live.whep.dtls.DtlsSession;
import io.kydai.streaming.live.whep.dtls.Fingerprint;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What sessions share: the port, its event loop, the clock. */
interface SessionHost {
  /** The event loop, on which all else but {@link #dtls} is to be called. */
  Executor loop();

  /** A clock that is never set; its zero means nothing. */
  long nanos();

  SecureRandom random();

  WhepMetrics meters();

  /** Sends a datagram with the next {@link #flush}, where there is room for it. */
  void send(byte[] datagram, BrowserPath to);

  /** What comes by a path is its session's no longer. */
  void forget(WhepSession session, BrowserPath path);

  void flush();

  /** Runs something on the event loop, later. */
  void after(Duration delay, Runnable task);

  DtlsSession dtls(Fingerprint expected, Consumer<byte[]> out, DtlsSession.Listener listener);

  /**
   * Is told that a session is over.
   *
   * @param reason in words
   */
  void ended(WhepSession session, String reason);
}
