package io.kydai.console.http.server;

/**
 * The bounds on what the server takes from a client.
 *
 * <table>
 *   <caption>What happens beyond a limit</caption>
 *   <tr><td>{@link #BODY}, {@link #FILE}</td><td>413</td></tr>
 *   <tr><td>{@link #FILES}, of one caller and of one address</td><td>503, to be sent again later</td></tr>
 *   <tr><td>{@link #TARGET}</td><td>414</td></tr>
 *   <tr><td>{@link #HEADERS}</td><td>431</td></tr>
 *   <tr><td>{@link Connections}</td><td>see {@link ConnectionLimiter}</td></tr>
 *   <tr><td>{@link Connections#sockets}</td><td>503 in place of a WebSocket</td></tr>
 *   <tr><td>{@link #HEAD_SECONDS}, {@link #BODY_SECONDS}</td><td>408, and the connection is
 *       closed; of HTTP/2 the stream is reset</td></tr>
 *   <tr><td>{@link #STREAMS}</td><td>the stream is refused</td></tr>
 *   <tr><td>{@link #STREAM_BODIES}</td><td>503, to be sent again later</td></tr>
 *   <tr><td>{@link #FRAME}</td><td>the WebSocket is closed</td></tr>
 *   <tr><td>{@link #EVENT_BACKLOG}</td><td>the client that does not read is closed with 1013</td></tr>
 *   <tr><td>{@link #LIVE_BACKLOG}</td><td>fragments are left out until the next key frame</td></tr>
 *   <tr><td>{@link #LINGER_MILLIS}</td><td>the connection is closed, whatever still comes</td></tr>
 *   <tr><td>{@link #IDLE_SECONDS}</td><td>the connection is closed</td></tr>
 *   <tr><td>{@link #RECORDINGS}, of one caller and of one address</td><td>429</td></tr>
 *   <tr><td>{@link #SLOW_EXPORTS} after {@link #SLOW_MILLIS}, of one caller and of one
 *       address</td><td>the connection is closed</td></tr>
 * </table>
 *
 * A connection has one request at work at a time, or {@link #STREAMS} over HTTP/2, so the number of
 * connections also bounds what waits for a worker.
 */
public final class Limits {
  /** A request's body, bytes. */
  static final int BODY = 64 * 1024;

  /** The body of an operation that takes a file, bytes. */
  static final int FILE = 8 * 1024 * 1024;

  /** Requests with a file whose bodies are in memory at a time. */
  static final int FILES = 8;

  /** Of one caller: a page sends one after the other. */
  static final int FILES_OF_CALLER = 2;

  /** Of one address, which may be many people's. */
  static final int FILES_OF_ADDRESS = 6;

  /** A request's first line, bytes. */
  public static final int TARGET = 4 * 1024;

  /** All headers of a request, bytes. */
  public static final int HEADERS = 16 * 1024;

  /**
   * The number of each that may be open at a time.
   *
   * @param connections WebSockets among them
   * @param perAddress connections of one address that is not a loopback address
   * @param reserved how many of the connections only loopback addresses may have
   * @param sockets WebSockets of each kind
   */
  public record Connections(int connections, int perAddress, int reserved, int sockets) {
    public static final Connections USUAL = new Connections(1024, 256, 16, 256);
  }

  /**
   * Seconds from a request's first byte, or a connection's beginning, to the end of its headers.
   */
  static final int HEAD_SECONDS = 10;

  /** Seconds from the end of a request's headers to the end of its body. */
  static final int BODY_SECONDS = 30;

  /** A WebSocket's frame, bytes; our own messages are cut into such frames. */
  public static final int FRAME = 64 * 1024;

  /** Bytes that may wait to be sent to one listener of events. */
  public static final int EVENT_BACKLOG = 1024 * 1024;

  /** Bytes that may wait to be sent to one live viewer: about two seconds of 4 Mbit/s. */
  public static final int LIVE_BACKLOG = 1024 * 1024;

  /** Milliseconds for which bytes after the last answer are still read, and dropped. */
  static final int LINGER_MILLIS = 1000;

  /** Seconds of silence in both directions after which a connection is closed. */
  public static final int IDLE_SECONDS = 75;

  /** Requests at a time of one connection of HTTP/2. */
  public static final int STREAMS = 32;

  /** Those with a body: as many as a browser sends at a time over HTTP/1.1, and some. */
  static final int STREAM_BODIES = 8;

  /** Recordings that are sent at a time; each has a piece of 256 KiB in memory. */
  static final int RECORDINGS = 256;

  /** Of one caller: a page with four cameras fetches four at a time. */
  static final int RECORDINGS_OF_CALLER = 24;

  /** Of one address, which may be many people's. */
  static final int RECORDINGS_OF_ADDRESS = 96;

  /** How long a client may let an export's worker wait before it counts as slow. */
  static final int SLOW_MILLIS = 5_000;

  /** Exports at a time whose clients are slow: fewer than the workers, so that others have one. */
  static final int SLOW_EXPORTS = 3;

  static final int SLOW_EXPORTS_OF_CALLER = 1;
  static final int SLOW_EXPORTS_OF_ADDRESS = 2;

  /** Seconds between two pings; a WebSocket that answered none of the last two is closed. */
  static final int PING_SECONDS = 20;

  /** Between two checks that the owner of a WebSocket may still have it. */
  static final int PERMISSION_MILLIS = 500;

  private Limits() {}
}
