package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

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
 * The conversation until the camera plays: OPTIONS, DESCRIBE, SETUP of each track, PLAY. Only the
 * video track has to be set up: another one that the camera refuses, or says nothing to for a third
 * of the response time, is left out. After such a silence no other track is asked for: the camera
 * may have set that one up all the same, and send it on the channels that the next would get.
 */
final class SessionSetup {
  /** Of DESCRIBE, which some cameras answer only where it is asked for. */
  private static final RtspHeaders SDP = new RtspHeaders().add("Accept", "application/sdp");

  /** Bad request, parameter not understood, header field or range not valid (RFC 2326, 7.1.1). */
  private static final Set<Integer> REFUSES_RANGE = Set.of(400, 451, 456, 457);

  /** What it comes to. */
  interface Listener {
    /** The video is set up, and a track beside it is about to be. */
    void onVideoSetUp();

    /**
     * A track is not set up, because the camera said nothing to that.
     *
     * @param reason continues the sentence "the camera …"
     */
    void onLeftOut(MediaTrack.Kind kind, String reason);

    /** The tracks are set up. */
    void onSetUp(List<MediaTrack> tracks);

    /** The camera plays. */
    void onPlaying();
  }

  private final String address;
  private final RtspRequests exchange;
  private final RtpTransport delivery;
  private final Listener listener;
  private final Consumer<String> failed;

  private final Set<MediaTrack.Kind> omitted;
  private final Queue<MediaTrack> toSetUp = new ArrayDeque<>();
  private final List<MediaTrack> setUp = new ArrayList<>();

  /** Kinds of tracks beside the video that the camera was asked for. */
  private final Set<MediaTrack.Kind> asked = EnumSet.noneOf(MediaTrack.Kind.class);

  private @Nullable String offered;
  private RtspMessage.@Nullable Response description;
  private String base;
  private String aggregate;
  private List<MediaTrack> chosen = List.of();
  private @Nullable SessionHeader session;
  private boolean fromTheBeginning = true;
  private boolean playAsked;
  private boolean playing;

  /**
   * @param begun what an earlier connection has come to
   * @param omitted kinds of tracks that are not asked for
   * @param failed hears why it comes to nothing; continues the sentence "the camera …"
   */
  SessionSetup(
      String address,
      RtspRequests exchange,
      RtpTransport delivery,
      SessionProgress begun,
      Set<MediaTrack.Kind> omitted,
      Listener listener,
      Consumer<String> failed) {
    this.address = address;
    this.exchange = exchange;
    this.delivery = delivery;
    this.listener = listener;
    this.failed = failed;
    this.omitted = omitted;
    offered = begun.offered().orElse(null);
    description = begun.description().orElse(null);
    base = address;
    aggregate = address;
  }

  /**
   * Asks the first question, or what follows those that an earlier connection had answers to.
   *
   * @throws RtspException when the description of an earlier connection is of no use
   */
  void begin() throws RtspException {
    RtspMessage.Response before = description;
    if (before != null) {
      described(before);
    } else if (offered != null) {
      exchange.ask("DESCRIBE", address, SDP);
    } else {
      exchange.ask("OPTIONS", address, new RtspHeaders());
    }
  }

  /**
   * What another connection may go on from. One that the camera did not announce to close begins
   * with DESCRIBE, without which some cameras set up nothing.
   */
  SessionProgress progress() {
    return new SessionProgress(offered, exchange.isFarewell() ? description : null);
  }

  /** Whether there is a session to tear down. */
  boolean isSetUp() {
    return !setUp.isEmpty();
  }

  /** Whether the answer to such a request is about a track that can be done without. */
  boolean isOptional(String method) {
    return method.equals("SETUP") && isSetUp();
  }

  /**
   * The tracks beside the video that may be to blame when the camera does not go on now; empty when
   * there are none, or when it plays.
   */
  Set<MediaTrack.Kind> suspects() {
    if (playing || !isSetUp()) {
      return Set.of();
    }
    return playAsked || toSetUp.isEmpty() ? Set.copyOf(asked) : Set.of(toSetUp.element().kind());
  }

  /** The session, as soon as the camera has named it, which some do only at PLAY or never. */
  Optional<SessionHeader> session() {
    return Optional.ofNullable(session);
  }

  /** The address of all tracks together. */
  String aggregate() {
    return aggregate;
  }

  /** The camera's {@code Public} field. */
  String offered() {
    return requireNonNullElse(offered, "");
  }

  /**
   * Whether an announced description is of other tracks than those that are set up, or has other
   * parameters for them.
   *
   * @throws RtspException when it has no video that can be put together
   */
  boolean isNews(byte[] announced) throws RtspException {
    return isSetUp()
        && announced.length > 0
        && !MediaTracks.choose(SessionDescription.parse(new String(announced, UTF_8)), base)
            .equals(chosen);
  }

  /** Goes on with the answer to the last request. */
  void answered(RtspMessage.Response response, String method) throws RtspException {
    if (response.isSuccess()) {
      nameSession(response.headers(), method.equals("SETUP") && !isSetUp());
    }
    switch (method) {
      case "OPTIONS" -> {
        offered = response.headers().first("Public").orElse("");
        exchange.ask("DESCRIBE", address, SDP);
      }
      case "DESCRIBE" -> described(response);
      case "SETUP" -> answeredSetup(response);
      case "PLAY" -> answeredPlay(response);
      default -> throw new IllegalStateException(method);
    }
  }

  private static void require(RtspMessage.Response response, String method) throws RtspException {
    if (!response.isSuccess()) {
      throw new RtspException("answers " + method + " with " + response.line());
    }
  }

  private void described(RtspMessage.Response response) throws RtspException {
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
      delivery.offer(
          0, transport -> exchange.ask("SETUP", track.control(), field(transport)), failed);
      return;
    }
    listener.onVideoSetUp();
    asked.add(track.kind());
    delivery.offer(
        setUp.size(),
        transport ->
            exchange.attempt("SETUP", track.control(), field(transport), this::leaveOutTheRest),
        this::leaveOutTheRest);
  }

  private static RtspHeaders field(String transport) {
    return new RtspHeaders().add("Transport", transport);
  }

  private void leaveOutTheRest(String reason) {
    listener.onLeftOut(toSetUp.element().kind(), reason);
    toSetUp.clear();
    setUpNext();
  }

  private void answeredSetup(RtspMessage.Response response) throws RtspException {
    MediaTrack track = toSetUp.remove();
    int place = setUp.size();
    try {
      if (response.status() == 461) {
        throw new TransportRefusedException(
            "does not offer RTP in the way that was asked for (" + response.line() + ")");
      }
      require(response, "SETUP");
      delivery.agreed(place, response.headers().first("Transport").orElse(null));
      setUp.add(MediaTracks.at(place, track));
    } catch (RtspException e) {
      if (place == 0) {
        throw e;
      }
    }
    setUpNext();
  }

  /**
   * Cameras name the session in any answer, late, or once more with another timeout.
   *
   * @param anew whether a session that was named before is another one
   */
  private void nameSession(RtspHeaders headers, boolean anew) {
    Optional<SessionHeader> named =
        headers.first("Session").map(SessionHeader::parse).filter(one -> !one.id().isEmpty());
    SessionHeader known = session;
    if (named.isPresent() && (anew || known == null || named.get().isShorterThan(known))) {
      session = named.get();
      exchange.session(named.get().id());
    }
  }

  private void play() {
    playAsked = true;
    RtspHeaders headers = new RtspHeaders();
    if (fromTheBeginning) {
      headers.add("Range", "npt=0.000-");
    }
    exchange.ask("PLAY", aggregate, headers);
  }

  private void answeredPlay(RtspMessage.Response response) throws RtspException {
    if (fromTheBeginning && REFUSES_RANGE.contains(response.status())) {
      fromTheBeginning = false; // A live stream has no beginning, some cameras find.
      play();
      return;
    }
    require(response, "PLAY");
    playing = true;
    description = null;
    delivery.playing();
    listener.onPlaying();
  }
}
