package io.kydai.ingest.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The misbehaviour of a simulated camera: one or more steps that apply at the same time. Immutable.
 * A fault is created by a factory method of this class or read from text; {@link #and} combines
 * two, and {@link #toString} returns the text.
 *
 * <p>The text consists of steps joined by {@code +}, each a name and its parameters, such as {@code
 * drop:p=0.01,seed=7+stall:after=250,for=5s}. docs/simulator.md lists all of them.
 *
 * <ul>
 *   <li>A step that affects packets ({@code drop}, {@code delay}, …) takes {@code every=N} or
 *       {@code p=0.01} with {@code seed=N}; each track of each session draws its own random
 *       numbers.
 *   <li>A step that affects a stream ({@code stall}, {@code close}, …) takes {@code after=N} and
 *       occurs after N pictures of a session and again after each N more; with 0, the default, it
 *       occurs once, at the start.
 *   <li>A step that changes how pictures are put into packets ({@code annex-b}, {@code no-marker},
 *       …) applies from the next picture on.
 *   <li>A step that affects responses ({@code status}, {@code wrong-cseq}, …) takes {@code
 *       on=METHOD}; without it, the step applies to every request. With {@code track=N}, some steps
 *       apply only to SETUP of that track and to PLAY of a session that has it.
 * </ul>
 */
public final class Fault {
  /** The session stays open, but no picture is sent. */
  public static final Fault SILENT = stall(0, Duration.ZERO);

  /** Bytes that are neither RTSP nor an interleaved frame are sent in place of pictures. */
  public static final Fault GARBAGE = stream(StreamFault.Kind.GARBAGE, 0, Duration.ZERO, "");

  /** The connection is closed in the middle of an interleaved frame. */
  public static final Fault CLOSE_IN_FRAME = stream(StreamFault.Kind.CUT, 0, Duration.ZERO, "");

  /**
   * All connections to the camera are closed, and every request is answered with 503, as during a
   * restart, until the fault is removed.
   */
  public static final Fault REBOOTING = reboot(0, Duration.ZERO);

  /**
   * Credentials are requested and none are accepted, as after a change of the password. Sessions
   * that already play go on.
   */
  public static final Fault WRONG_PASSWORD = response(ResponseFault.Kind.WRONG_PASSWORD, "", 0);

  /** Responses carry a wrong CSeq. */
  public static final Fault WRONG_CSEQ = response(ResponseFault.Kind.WRONG_CSEQ, "", 0);

  /** Responses to SETUP do not give the session's timeout. */
  public static final Fault NO_SESSION_TIMEOUT = response(ResponseFault.Kind.NO_TIMEOUT, "", 0);

  /** The response to DESCRIBE has no Content-Base. */
  public static final Fault NO_CONTENT_BASE = response(ResponseFault.Kind.NO_CONTENT_BASE, "", 0);

  /** No response names the session. */
  public static final Fault NO_SESSION = response(ResponseFault.Kind.NO_SESSION, "", 0);

  /** No fault. */
  public static final Fault NONE = new Fault(List.of(), List.of(), List.of(), List.of());

  private final List<PacketFault> packets;
  private final List<StreamFault> streams;
  private final List<ResponseFault> responses;
  private final List<MediaFault> media;

  private Fault(
      List<PacketFault> packets,
      List<StreamFault> streams,
      List<ResponseFault> responses,
      List<MediaFault> media) {
    this.packets = List.copyOf(packets);
    this.streams = List.copyOf(streams);
    this.responses = List.copyOf(responses);
    this.media = List.copyOf(media);
  }

  /** Drops packets, so that their sequence numbers are missing. */
  public static Fault drop(FaultRate chance) {
    return packet(PacketFault.Kind.DROP, chance, Duration.ZERO);
  }

  /**
   * Sends packets late, after others.
   *
   * @param by how late, at most one minute
   */
  public static Fault delay(FaultRate chance, Duration by) {
    return packet(PacketFault.Kind.DELAY, chance, by);
  }

  /** Sends packets after the one that follows them. */
  public static Fault reorder(FaultRate chance) {
    return packet(PacketFault.Kind.REORDER, chance, Duration.ZERO);
  }

  /** Sends packets twice. */
  public static Fault duplicate(FaultRate chance) {
    return packet(PacketFault.Kind.DUPLICATE, chance, Duration.ZERO);
  }

  /** Cuts off the second half of packets. */
  public static Fault truncate(FaultRate chance) {
    return packet(PacketFault.Kind.TRUNCATE, chance, Duration.ZERO);
  }

  /** Inverts one bit of packets, in the header or in the payload. */
  public static Fault corrupt(FaultRate chance) {
    return packet(PacketFault.Kind.CORRUPT, chance, Duration.ZERO);
  }

  /** Sends bytes that are not an interleaved frame before packets; over UDP, as a datagram. */
  public static Fault junk(FaultRate chance) {
    return packet(PacketFault.Kind.JUNK, chance, Duration.ZERO);
  }

  /**
   * Sends packets of another source (SSRC) after a packet, as of a session that was not ended: a
   * copy of each packet since the last such burst, with sequence numbers of their own.
   */
  public static Fault otherSource(FaultRate chance) {
    return packet(PacketFault.Kind.OTHER_SOURCE, chance, Duration.ZERO);
  }

  /**
   * Sends no picture for a time, and then continues at a key picture.
   *
   * @param time the duration; zero means without end
   */
  public static Fault stall(int after, Duration time) {
    return stream(StreamFault.Kind.STALL, after, time, "");
  }

  /** Closes the connection between two pictures. */
  public static Fault close(int after) {
    return stream(StreamFault.Kind.CLOSE, after, Duration.ZERO, "");
  }

  /** Closes the connection in the middle of an interleaved frame. */
  public static Fault cut(int after) {
    return stream(StreamFault.Kind.CUT, after, Duration.ZERO, "");
  }

  /**
   * Closes all connections to the camera and responses every request with 503 for a time.
   *
   * @param time the duration; zero means until the fault is removed
   */
  public static Fault reboot(int after, Duration time) {
    return stream(StreamFault.Kind.REBOOT, after, time, "");
  }

  /**
   * Does the same as {@link #reboot}, but refuses connections. The camera must have its own port.
   */
  public static Fault vanish(int after, Duration time) {
    return stream(StreamFault.Kind.VANISH, after, time, "");
  }

  /**
   * Makes the RTP timestamps jump.
   *
   * @param by the size of the jump; negative for a jump back
   */
  public static Fault jumpOfTimestamps(int after, Duration by) {
    return stream(StreamFault.Kind.RTP_JUMP, after, by, "");
  }

  /**
   * Makes the clock of the sender reports jump.
   *
   * @param by the size of the jump; negative for a jump back
   */
  public static Fault jumpOfClock(int after, Duration by) {
    return stream(StreamFault.Kind.CLOCK_JUMP, after, by, "");
  }

  /** Switches to the camera's other clip, and at the next occurrence back to the first. */
  public static Fault change(int after) {
    return stream(StreamFault.Kind.CHANGE, after, Duration.ZERO, "");
  }

  /**
   * Restarts the encoder: the stream continues at a key picture, with another source (SSRC), and
   * with other sequence numbers and timestamps.
   */
  public static Fault newSource(int after) {
    return stream(StreamFault.Kind.NEW_SOURCE, after, Duration.ZERO, "");
  }

  /** Sends TEARDOWN and ends the session, but not the connection. */
  public static Fault teardown(int after) {
    return stream(StreamFault.Kind.TEARDOWN, after, Duration.ZERO, "");
  }

  /** Sends ANNOUNCE with the camera's description, and continues. */
  public static Fault announce(int after) {
    return stream(StreamFault.Kind.ANNOUNCE, after, Duration.ZERO, "");
  }

  /**
   * Sends REDIRECT, and continues until the client leaves.
   *
   * @param to the address of the new location
   */
  public static Fault redirect(int after, String to) {
    return stream(StreamFault.Kind.REDIRECT, after, Duration.ZERO, to);
  }

  /**
   * Answers requests with a status, such as 404, 454, 461 or 500.
   *
   * @param code the status, 100 to 599
   * @param method the method of the affected requests; empty for all
   */
  public static Fault status(int code, String method) {
    return response(ResponseFault.Kind.STATUS, method, code);
  }

  /** Does not answer requests of a method; empty for all. */
  public static Fault mute(String method) {
    return response(ResponseFault.Kind.MUTE, method, 0);
  }

  /** Answers requests of a method, empty for all, with bytes that are not RTSP. */
  public static Fault babble(String method) {
    return response(ResponseFault.Kind.BABBLE, method, 0);
  }

  /** Closes the connection instead of answering requests of a method; empty for all. */
  public static Fault hangUp(String method) {
    return response(ResponseFault.Kind.HANG_UP, method, 0);
  }

  /**
   * Announces in responses with a status that the connection will be closed, and closes it.
   *
   * @param code the status; 0 for all responses
   */
  public static Fault closeAfter(int code) {
    return response(ResponseFault.Kind.CLOSE_AFTER, "", code);
  }

  static Fault packet(PacketFault.Kind kind, FaultRate chance, Duration by) {
    return new Fault(List.of(new PacketFault(kind, chance, by)), List.of(), List.of(), List.of());
  }

  static Fault stream(StreamFault.Kind kind, int after, Duration time, String to) {
    return new Fault(
        List.of(), List.of(new StreamFault(kind, after, time, to)), List.of(), List.of());
  }

  /** Returns a fault of responses to requests of a method about any track. */
  public static Fault response(ResponseFault.Kind kind, String on, int code) {
    return response(kind, on, ResponseFault.EVERY, code);
  }

  /** Returns a fault of responses; {@link ResponseFault} describes the parameters. */
  public static Fault response(ResponseFault.Kind kind, String on, int track, int code) {
    return new Fault(
        List.of(), List.of(), List.of(new ResponseFault(kind, on, track, code)), List.of());
  }

  /** Returns a fault of how pictures are put into packets. */
  public static Fault media(MediaFault step) {
    return new Fault(List.of(), List.of(), List.of(), List.of(step));
  }

  /** Returns a fault with the steps of this one and of another one. */
  public Fault and(Fault other) {
    return new Fault(
        joined(packets, other.packets),
        joined(streams, other.streams),
        joined(responses, other.responses),
        joined(media, other.media));
  }

  private static <T> List<T> joined(List<T> these, List<T> those) {
    List<T> all = new ArrayList<>(these);
    all.addAll(those);
    return all;
  }

  /**
   * Parses a text as described for this class.
   *
   * @throws IllegalArgumentException when a step or parameter is unknown, or a value is wrong
   */
  public static Fault parse(String text) {
    return FaultText.parse(text);
  }

  /** Returns the steps that affect packets. */
  public List<PacketFault> packets() {
    return packets;
  }

  /** Returns the steps that affect streams. */
  public List<StreamFault> streams() {
    return streams;
  }

  /** Returns the steps that change how pictures are put into packets. */
  public List<MediaFault> media() {
    return media;
  }

  /**
   * Returns the first response step of a kind for requests of a method, except steps for one track;
   * empty when there is none.
   */
  public Optional<ResponseFault> response(ResponseFault.Kind kind, String method) {
    return response(kind, method, track -> false);
  }

  /**
   * Returns the first response step of a kind that affects a request; empty when there is none.
   *
   * @param about returns whether the request is about the track of an index
   */
  public Optional<ResponseFault> response(
      ResponseFault.Kind kind, String method, IntPredicate about) {
    return responses.stream()
        .filter(s -> s.kind() == kind && s.concerns(method, about))
        .findFirst();
  }

  /** Returns whether there is a response step of a kind, for whatever requests. */
  public boolean has(ResponseFault.Kind kind) {
    return responses.stream().anyMatch(step -> step.kind() == kind);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fault fault
        && packets.equals(fault.packets)
        && streams.equals(fault.streams)
        && responses.equals(fault.responses)
        && media.equals(fault.media);
  }

  @Override
  public int hashCode() {
    return List.of(packets, streams, responses, media).hashCode();
  }

  @Override
  public String toString() {
    List<String> steps = new ArrayList<>();
    packets.forEach(step -> steps.add(FaultText.of(step)));
    streams.forEach(step -> steps.add(FaultText.of(step)));
    responses.forEach(step -> steps.add(FaultText.of(step)));
    media.forEach(step -> steps.add(FaultText.of(step)));
    return steps.stream().collect(Collectors.joining("+"));
  }
}
