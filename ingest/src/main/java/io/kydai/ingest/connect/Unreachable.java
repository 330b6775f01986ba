package io.kydai.ingest.connect;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/** Describes why a connection could not be opened. */
public final class Unreachable {
  private Unreachable() {}

  /** Returns the reason, which continues the sentence "the camera …". */
  public static String reason(Throwable cause) {
    // ConnectTimeoutException is a ConnectException.
    if (cause instanceof ConnectTimeoutException) {
      return "did not take the connection in time";
    }
    if (cause instanceof NoRouteToHostException) {
      return "cannot be reached: there is no route to it";
    }
    if (cause instanceof ConnectException) {
      return "refused the connection";
    }
    if (cause instanceof UnknownHostException) {
      return "cannot be found: no such host name";
    }
    return "cannot be reached: " + cause.getClass().getSimpleName();
  }
}
