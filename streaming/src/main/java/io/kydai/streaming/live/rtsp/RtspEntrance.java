package io.kydai.streaming.live.rtsp;

import java.net.InetAddress;
import java.util.Optional;

/** Says who comes in. */
@FunctionalInterface
public interface RtspEntrance {
  /**
   * Finds the party that a log-in (RFC 7617) belongs to. May wait.
   *
   * @param name as the client gave it
   * @param secret as the client gave it; not to be kept
   * @param address of the client
   * @return empty when the log-in is wrong
   * @throws TooManyAttemptsException when the client has to wait before it may try again
   */
  Optional<RtspViewer> logIn(String name, String secret, InetAddress address)
      throws TooManyAttemptsException;
}
