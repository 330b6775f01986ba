package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.kydai.ingest.rtsp.description.ControlAddress;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.rtsp.description.MediaTracks;
import io.kydai.ingest.rtsp.description.SessionDescription;
import io.kydai.ingest.rtsp.message.RtspException;
import io.kydai.ingest.rtsp.message.RtspHeaders;
import io.kydai.ingest.rtsp.message.RtspMessage;
import io.kydai.ingest.rtsp.transport.RtpTransport;
import io.kydai.ingest.rtsp.transport.TransportAnswer;
import io.kydai.ingest.rtsp.transport.TransportRefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a session: OPTIONS, DESCRIBE, SETUP of each track, PLAY. Only the video track is
 * required. Another track is left out when the camera refuses it or does not answer its SETUP
 * within a third of the response timeout. After a SETUP without a response no further track is
 * requested, because the camera may have set up the unanswered track and may send its packets on
 * the channels that the next track would get.
 */
final class SessionSetup {
  /** The header fields of DESCRIBE. Some cameras answer only requests with this {@code Accept}. */
  private static final RtspHeaders SDP = new RtspHeaders().add("Accept", "application/sdp");

  /**
   * The status codes of cameras that reject the {@code Range} field: bad request, parameter not
   * understood, header field not valid, invalid range (RFC 2326, section 7.1.1).
   */
  private static final Set<Integer> REFUSES_RANGE = Set.of(400, 451, 456, 457);

  /** Receives the events of the setup. */
  interface Listener {
    /** Called when the video track is set up, before the SETUP of each further track. */
    void onVideoSetUp();

    /**
     * Called when a track is left out because the camera did not answer its SETUP.
     *
     * @param reason the reason, which continues the sentence "the camera …"
     */
    void onLeftOut(MediaTrack.Kind kind, String reason);

    /** Called when all tracks are set up, before PLAY. The video track is the first. */
    void onSetUp(List<MediaTrack> tracks);

    /** Called when the camera has agreed to play. */
    void onPlaying();
  }

  private final String address;
  private final RtspRequests requests;
  private final RtpTransport transport;
  private final Listener listener;
  private final Consumer<String> failed;

  private final Set<MediaTrack.Kind> omitted;
  private final Queue<MediaTrack> toSetUp = new ArrayDeque<>();
  private final List<MediaTrack> setUp = new ArrayList<>();

  /** The kinds of tracks besides the video that were requested. */
  private final Set<MediaTrack.Kind> requestedKinds = EnumSet.noneOf(MediaTrack.Kind.class);

  private @Nullable String publicMethods;
  private RtspMessage.@Nullable Response description;
  private String base;
  private String aggregate;
  private List<MediaTrack> chosen = List.of();
  private @Nullable SessionHeader session;
  private boolean withRange = true;
  private boolean playRequested;
  private boolean playing;

  /**
   * @param address the camera's address, without user information
   * @param earlier what an earlier connection reached
   * @param omitted the kinds of tracks that are not requested
   * @param failed called with the reason when the video track cannot be received; the reason
   *     continues the sentence "the camera …"
   */
  SessionSetup(
      String address,
      RtspRequests requests,
      RtpTransport transport,
      SessionProgress earlier,
      Set<MediaTrack.Kind> omitted,
      Listener listener,
      Consumer<String> failed) {
    this.address = address;
    this.requests = requests;
    this.transport = transport;
    this.listener = listener;
    this.failed = failed;
    this.omitted = omitted;
    publicMethods = earlier.publicMethods().orElse(null);
    description = earlier.description().orElse(null);
    base = address;
    aggregate = address;
  }

  /**
   * Sends the first request, or the one after those that were answered on an earlier connection.
   *
   * @throws RtspException when the description from an earlier connection has no usable video
   */
  void start() throws RtspException {
    RtspMessage.Response before = description;
    if (before != null) {
      onDescribeResponse(before);
    } else if (publicMethods != null) {
      requests.sendRequired("DESCRIBE", address, SDP);
    } else {
      requests.sendRequired("OPTIONS", address, new RtspHeaders());
    }
  }

  /**
   * Returns what another connection may continue from. When the camera did not announce that it
   * closes this connection, the next one repeats DESCRIBE, without which some cameras refuse SETUP.
   */
  SessionProgress progress() {
    return new SessionProgress(publicMethods, requests.isCloseAnnounced() ? description : null);
  }

  /** Returns whether at least one track is set up, so that there is a session to tear down. */
  boolean isSetUp() {
    return !setUp.isEmpty();
  }

  /** Returns whether a request with that method now concerns an optional track. */
  boolean isOptional(String method) {
    return method.equals("SETUP") && isSetUp();
  }

  /**
   * Returns the kinds of optional tracks that may be the cause when the session fails at this
   * point; empty when there are none, or when the camera plays.
   */
  Set<MediaTrack.Kind> suspects() {
    if (playing || !isSetUp()) {
      return Set.of();
    }
    return playRequested || toSetUp.isEmpty()
        ? Set.copyOf(requestedKinds)
        : Set.of(toSetUp.element().kind());
  }

  /**
   * Returns the session's identifier and timeout; empty until the camera gives them, which some
   * cameras do only in the response to PLAY, or never.
   */
  Optional<SessionHeader> session() {
    return Optional.ofNullable(session);
  }

  /**
   * Returns the aggregate control address, which stands for all tracks (RFC 2326, appendix C.3).
   */
  String aggregate() {
    return aggregate;
  }

  /** Returns the value of the camera's {@code Public} field; empty when it gave none. */
  String publicMethods() {
    return requireNonNullElse(publicMethods, "");
  }

  /**
   * Returns whether an announced description has other tracks than those that are set up, or other
   * parameters for them.
   *
   * @throws RtspException when the description has no video in a supported encoding
   */
  boolean isDifferentDescription(byte[] announced) throws RtspException {
    return isSetUp()
        && announced.length > 0
        && !MediaTracks.choose(SessionDescription.parse(new String(announced, UTF_8)), base)
            .equals(chosen);
  }

  /** Handles the response to the last request and sends the next request. */
  void onResponse(RtspMessage.Response response, String method) throws RtspException {
    if (response.isSuccess()) {
      readSession(response.headers(), method.equals("SETUP") && !isSetUp());
    }
    switch (method) {
      case "OPTIONS" -> {
        publicMethods = response.headers().first("Public").orElse("");
        requests.sendRequired("DESCRIBE", address, SDP);
      }
      case "DESCRIBE" -> onDescribeResponse(response);
      case "SETUP" -> onSetupResponse(response);
      case "PLAY" -> onPlayResponse(response);
      default -> throw new IllegalStateException(method);
    }
  }

  private static void require(RtspMessage.Response response, String method) throws RtspException {
    if (!response.isSuccess()) {
      throw new RtspException("answers " + method + " with " + response.line());
    }
  }

  private void onDescribeResponse(RtspMessage.Response response) throws RtspException {
    require(response, "DESCRIBE");
    if (response.body().length == 0) {
      throw new RtspException("answers DESCRIBE without a session description");
    }
    description = response;
    SessionDescription offer = SessionDescription.parse(new String(response.body(), UTF_8));
    base = ControlAddress.base(response.headers(), address);
    chosen = MediaTracks.choose(offer, base);
    aggregate = ControlAddress.resolve(base, offer.control());
    chosen.stream().filter(track -> !omitted.contains(track.kind())).forEach(toSetUp::add);
    setUpNext();
  }

  private void setUpNext() {
    if (toSetUp.isEmpty()) {
      listener.onSetUp(List.copyOf(setUp));
      play();
      return;
    }
    MediaTrack track = toSetUp.element();
    if (!isSetUp()) {
      transport.prepare(
          0,
          transportField -> requests.sendRequired("SETUP", track.control(), field(transportField)),
          failed);
      return;
    }
    listener.onVideoSetUp();
    requestedKinds.add(track.kind());
    transport.prepare(
        setUp.size(),
        transportField ->
            requests.sendOptional(
                "SETUP", track.control(), field(transportField), this::leaveOutTheRest),
        this::leaveOutTheRest);
  }

  private static RtspHeaders field(String transportField) {
    return new RtspHeaders().add("Transport", transportField);
  }

  private void leaveOutTheRest(String reason) {
    listener.onLeftOut(toSetUp.element().kind(), reason);
    toSetUp.clear();
    setUpNext();
  }

  private void onSetupResponse(RtspMessage.Response response) throws RtspException {
    MediaTrack track = toSetUp.remove();
    int index = setUp.size();
    try {
      if (response.status() == 461) {
        throw new TransportRefusedException(
            "does not offer RTP in the way that was asked for (" + response.line() + ")");
      }
      require(response, "SETUP");
      String field = response.headers().first("Transport").orElse(null);
      transport.onSetupResponse(index, field);
      Integer ssrc = field == null ? null : TransportAnswer.parse(field).ssrc();
      setUp.add(MediaTracks.setUp(index, track, ssrc));
    } catch (RtspException e) {
      if (index == 0) {
        throw e;
      }
    }
    setUpNext();
  }

  /**
   * Reads the {@code Session} field of a response. Cameras send it in any response, some of them
   * late, or again with another timeout.
   *
   * @param replaces whether the field replaces an identifier that was given before
   */
  private void readSession(RtspHeaders headers, boolean replaces) {
    Optional<SessionHeader> named =
        headers.first("Session").map(SessionHeader::parse).filter(one -> !one.id().isEmpty());
    SessionHeader known = session;
    if (named.isPresent() && (replaces || known == null || named.get().isShorterThan(known))) {
      session = named.get();
      requests.setSession(named.get().id());
    }
  }

  private void play() {
    playRequested = true;
    RtspHeaders headers = new RtspHeaders();
    if (withRange) {
      headers.add("Range", "npt=0.000-");
    }
    requests.sendRequired("PLAY", aggregate, headers);
  }

  private void onPlayResponse(RtspMessage.Response response) throws RtspException {
    if (withRange && REFUSES_RANGE.contains(response.status())) {
      withRange = false; // Some cameras reject a range for a live stream.
      play();
      return;
    }
    require(response, "PLAY");
    playing = true;
    description = null;
    transport.onPlaying();
    listener.onPlaying();
  }
}
