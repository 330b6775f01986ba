package io.kydai.ingest.connect;

import io.kydai.ingest.status.CameraFault;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/** Describes why a connection could not be opened. */
public final class Unreachable {
  private static final String TIMEOUT = "did not take the connection in time";
  private static final String NO_ROUTE = "cannot be reached: there is no route to it";
  private static final String REFUSED = "refused the connection";
  private static final String UNKNOWN = "cannot be found: no such host name";

  private Unreachable() {}

  /** Returns the reason, which continues the sentence "the camera …". */
  public static String reason(Throwable cause) {
    // ConnectTimeoutException is a ConnectException.
    if (cause instanceof ConnectTimeoutException) {
      return TIMEOUT;
    }
    if (cause instanceof NoRouteToHostException) {
      return NO_ROUTE;
    }
    if (cause instanceof ConnectException) {
      return REFUSED;
    }
    if (cause instanceof UnknownHostException) {
      return UNKNOWN;
    }
    if (cause instanceof AddressRefusedException refused) {
      return refused.getMessage();
    }
    return "cannot be reached: " + cause.getClass().getSimpleName();
  }

  /** Returns the kind of a reason that {@link #reason} gave, also as the end of a sentence. */
  public static CameraFault fault(String reason) {
    if (reason.endsWith(TIMEOUT)) {
      return CameraFault.CONNECTION_TIMEOUT;
    }
    if (reason.endsWith(NO_ROUTE)) {
      return CameraFault.NO_ROUTE;
    }
    if (reason.endsWith(REFUSED)) {
      return CameraFault.CONNECTION_REFUSED;
    }
    return reason.endsWith(UNKNOWN) ? CameraFault.HOST_UNKNOWN : CameraFault.UNREACHABLE;
  }
}
