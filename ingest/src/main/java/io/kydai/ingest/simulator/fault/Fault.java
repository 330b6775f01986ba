package io.kydai.ingest.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * How a simulated camera misbehaves: one or more steps, all at work at once. Immutable. Faults are
 * made by the factories here, or read from text; {@link #and} puts them together, and {@link
 * #toString} gives the text again.
 *
 * <p>Text: steps joined by {@code +}, each a name and its parameters, as in {@code
 * drop:p=0.01,seed=7+stall:after=250,for=5s}. docs/simulator.md lists them all.
 *
 * <ul>
 *   <li>What happens to packets ({@code drop}, {@code delay}, …) takes {@code every=N} or {@code
 *       p=0.01} with {@code seed=N}: each track of each session draws on its own.
 *   <li>What happens in a stream ({@code stall}, {@code close}, …) takes {@code after=N}: after N
 *       pictures of a session and again after each N more; with 0, which is the default, at once
 *       and once.
 *   <li>How pictures lie in packets ({@code annex-b}, {@code no-marker}, …) is so from the next
 *       picture on.
 *   <li>What happens to answers ({@code status}, {@code wrong-cseq}, …) takes {@code on=METHOD};
 *       without, it concerns every request. With {@code track=N}, some concern only SETUP of that
 *       track and PLAY of a session that has it.
 * </ul>
 */
public final class Fault {
  /** The session stands, but no picture comes. */
  public static final Fault SILENT = stall(0, Duration.ZERO);

  /** Bytes that are neither RTSP nor an interleaved frame, in place of pictures. */
  public static final Fault GARBAGE = stream(StreamFault.Kind.GARBAGE, 0, Duration.ZERO, "");

  /** The connection ends in the middle of a frame. */
  public static final Fault CLOSE_IN_FRAME = stream(StreamFault.Kind.CUT, 0, Duration.ZERO, "");

  /**
   * Connections to the camera are closed, and every request is answered 503, as when it starts up,
   * until it is told to behave.
   */
  public static final Fault REBOOTING = reboot(0, Duration.ZERO);

  /**
   * Credentials are asked for, and none are good enough: what a changed password looks like. The
   * pictures of sessions that play already go on.
   */
  public static final Fault WRONG_PASSWORD = answer(ResponseFault.Kind.WRONG_PASSWORD, "", 0);

  /** Answers carry another request's number. */
  public static final Fault WRONG_CSEQ = answer(ResponseFault.Kind.WRONG_CSEQ, "", 0);

  /** Answers do not say when a session ends for want of requests. */
  public static final Fault NO_SESSION_TIMEOUT = answer(ResponseFault.Kind.NO_TIMEOUT, "", 0);

  /** The description does not say what its control addresses are relative to. */
  public static final Fault NO_CONTENT_BASE = answer(ResponseFault.Kind.NO_CONTENT_BASE, "", 0);

  /** The session has no name in any answer. */
  public static final Fault NO_SESSION = answer(ResponseFault.Kind.NO_SESSION, "", 0);

  /** No fault at all. */
  public static final Fault NONE = new Fault(List.of(), List.of(), List.of(), List.of());

  private final List<PacketFault> packets;
  private final List<StreamFault> streams;
  private final List<ResponseFault> answers;
  private final List<MediaFault> media;

  private Fault(
      List<PacketFault> packets,
      List<StreamFault> streams,
      List<ResponseFault> answers,
      List<MediaFault> media) {
    this.packets = List.copyOf(packets);
    this.streams = List.copyOf(streams);
    this.answers = List.copyOf(answers);
    this.media = List.copyOf(media);
  }

  /** Packets do not come; their numbers are missing. */
  public static Fault drop(FaultRate chance) {
    return packet(PacketFault.Kind.DROP, chance, Duration.ZERO);
  }

  /** Packets come late, behind others; at most a minute. */
  public static Fault delay(FaultRate chance, Duration by) {
    return packet(PacketFault.Kind.DELAY, chance, by);
  }

  /** Packets change places with the next one. */
  public static Fault reorder(FaultRate chance) {
    return packet(PacketFault.Kind.REORDER, chance, Duration.ZERO);
  }

  /** Packets come twice. */
  public static Fault duplicate(FaultRate chance) {
    return packet(PacketFault.Kind.DUPLICATE, chance, Duration.ZERO);
  }

  /** Packets lose their second half. */
  public static Fault truncate(FaultRate chance) {
    return packet(PacketFault.Kind.TRUNCATE, chance, Duration.ZERO);
  }

  /** One bit of a packet is turned over, in the header or in the payload. */
  public static Fault corrupt(FaultRate chance) {
    return packet(PacketFault.Kind.CORRUPT, chance, Duration.ZERO);
  }

  /** Bytes that are no frame stand before a packet; over UDP, a datagram of them. */
  public static Fault junk(FaultRate chance) {
    return packet(PacketFault.Kind.JUNK, chance, Duration.ZERO);
  }

  /**
   * Packets of another source (SSRC) come behind a packet: a copy, under numbers of their own, of
   * each that came since the time before, as of a session that was not ended.
   */
  public static Fault otherSource(FaultRate chance) {
    return packet(PacketFault.Kind.OTHER_SOURCE, chance, Duration.ZERO);
  }

  /** No picture comes for a time (for ever, when it is zero); then it goes on at a key picture. */
  public static Fault stall(int after, Duration time) {
    return stream(StreamFault.Kind.STALL, after, time, "");
  }

  /** The connection ends between two pictures. */
  public static Fault close(int after) {
    return stream(StreamFault.Kind.CLOSE, after, Duration.ZERO, "");
  }

  /** The connection ends in the middle of a frame. */
  public static Fault cut(int after) {
    return stream(StreamFault.Kind.CUT, after, Duration.ZERO, "");
  }

  /**
   * Connections to the camera are closed, and every request is answered 503 for a time; zero means
   * until it is told to behave.
   */
  public static Fault reboot(int after, Duration time) {
    return stream(StreamFault.Kind.REBOOT, after, time, "");
  }

  /** As {@link #reboot}, but connections are refused: the camera must have its own port. */
  public static Fault vanish(int after, Duration time) {
    return stream(StreamFault.Kind.VANISH, after, time, "");
  }

  /** RTP's times go on as if so much time had passed; a negative time jumps back. */
  public static Fault jumpOfTimestamps(int after, Duration by) {
    return stream(StreamFault.Kind.RTP_JUMP, after, by, "");
  }

  /** The camera's clock, as sender reports tell it, is set forward, or back. */
  public static Fault jumpOfClock(int after, Duration by) {
    return stream(StreamFault.Kind.CLOCK_JUMP, after, by, "");
  }

  /** The camera shows its other clip, and the first again the next time. */
  public static Fault change(int after) {
    return stream(StreamFault.Kind.CHANGE, after, Duration.ZERO, "");
  }

  /**
   * The encoder restarts: it goes on at a key picture, with another source (SSRC), numbers and
   * times.
   */
  public static Fault newSource(int after) {
    return stream(StreamFault.Kind.NEW_SOURCE, after, Duration.ZERO, "");
  }

  /** The camera sends TEARDOWN and ends the session, not the connection. */
  public static Fault teardown(int after) {
    return stream(StreamFault.Kind.TEARDOWN, after, Duration.ZERO, "");
  }

  /** The camera sends ANNOUNCE with its description, and goes on. */
  public static Fault announce(int after) {
    return stream(StreamFault.Kind.ANNOUNCE, after, Duration.ZERO, "");
  }

  /** The camera sends REDIRECT to another address, and goes on until the client leaves. */
  public static Fault redirect(int after, String to) {
    return stream(StreamFault.Kind.REDIRECT, after, Duration.ZERO, to);
  }

  /** Requests are answered by a status, such as 404, 454, 461 or 500; all, without a method. */
  public static Fault status(int code, String method) {
    return answer(ResponseFault.Kind.STATUS, method, code);
  }

  /** Requests are never answered. */
  public static Fault mute(String method) {
    return answer(ResponseFault.Kind.MUTE, method, 0);
  }

  /** Requests are answered by bytes that are no RTSP. */
  public static Fault babble(String method) {
    return answer(ResponseFault.Kind.BABBLE, method, 0);
  }

  /** The connection ends in place of an answer. */
  public static Fault hangUp(String method) {
    return answer(ResponseFault.Kind.HANG_UP, method, 0);
  }

  /**
   * The answers with that status say that the connection will be closed, and it is; with 0, all of
   * them.
   */
  public static Fault closeAfter(int code) {
    return answer(ResponseFault.Kind.CLOSE_AFTER, "", code);
  }

  static Fault packet(PacketFault.Kind kind, FaultRate chance, Duration by) {
    return new Fault(List.of(new PacketFault(kind, chance, by)), List.of(), List.of(), List.of());
  }

  static Fault stream(StreamFault.Kind kind, int after, Duration time, String to) {
    return new Fault(
        List.of(), List.of(new StreamFault(kind, after, time, to)), List.of(), List.of());
  }

  public static Fault answer(ResponseFault.Kind kind, String on, int code) {
    return answer(kind, on, ResponseFault.EVERY, code);
  }

  public static Fault answer(ResponseFault.Kind kind, String on, int track, int code) {
    return new Fault(
        List.of(), List.of(), List.of(new ResponseFault(kind, on, track, code)), List.of());
  }

  public static Fault media(MediaFault step) {
    return new Fault(List.of(), List.of(), List.of(), List.of(step));
  }

  /** This fault and another one at once. */
  public Fault and(Fault other) {
    return new Fault(
        joined(packets, other.packets),
        joined(streams, other.streams),
        joined(answers, other.answers),
        joined(media, other.media));
  }

  private static <T> List<T> joined(List<T> these, List<T> those) {
    List<T> all = new ArrayList<>(these);
    all.addAll(those);
    return all;
  }

  /**
   * Reads text as described above.
   *
   * @throws IllegalArgumentException when it names no such step or parameter, or a value is wrong
   */
  public static Fault parse(String text) {
    return FaultText.parse(text);
  }

  public List<PacketFault> packets() {
    return packets;
  }

  public List<StreamFault> streams() {
    return streams;
  }

  public List<MediaFault> media() {
    return media;
  }

  /** The first answer step of a kind that concerns a method, whatever the track. */
  public Optional<ResponseFault> answer(ResponseFault.Kind kind, String method) {
    return answer(kind, method, track -> false);
  }

  /** The first answer step of a kind that concerns a request about some tracks. */
  public Optional<ResponseFault> answer(
      ResponseFault.Kind kind, String method, IntPredicate about) {
    return answers.stream().filter(s -> s.kind() == kind && s.concerns(method, about)).findFirst();
  }

  /** Whether there is an answer step of a kind, whatever it concerns. */
  public boolean has(ResponseFault.Kind kind) {
    return answers.stream().anyMatch(step -> step.kind() == kind);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fault fault
        && packets.equals(fault.packets)
        && streams.equals(fault.streams)
        && answers.equals(fault.answers)
        && media.equals(fault.media);
  }

  @Override
  public int hashCode() {
    return List.of(packets, streams, answers, media).hashCode();
  }

  @Override
  public String toString() {
    List<String> steps = new ArrayList<>();
    packets.forEach(step -> steps.add(FaultText.of(step)));
    streams.forEach(step -> steps.add(FaultText.of(step)));
    answers.forEach(step -> steps.add(FaultText.of(step)));
    media.forEach(step -> steps.add(FaultText.of(step)));
    return steps.stream().collect(Collectors.joining("+"));
  }
}
