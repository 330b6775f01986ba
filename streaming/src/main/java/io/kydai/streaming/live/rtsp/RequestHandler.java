package io.kydai.streaming.live.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.streaming.live.rtsp.Places.Place;
import io.kydai.streaming.live.rtsp.message.Reply;
import io.kydai.streaming.live.rtsp.message.Request;
import io.kydai.streaming.live.rtsp.message.Status;
import io.kydai.streaming.live.rtsp.message.StreamAddress;
import io.kydai.streaming.live.rtsp.message.StreamDescription;
import io.kydai.streaming.live.rtsp.message.TransportRequest;
import io.kydai.streaming.live.rtsp.transport.InterleavedTransport;
import io.kydai.streaming.live.rtsp.transport.MediaTransport;
import io.kydai.streaming.live.rtsp.transport.RtpStream;
import io.kydai.streaming.live.rtsp.transport.UdpPorts;
import io.kydai.streaming.live.rtsp.transport.UdpTransport;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection (RFC 2326, section 10; RFC 7826 where that is clearer),
 * which has one session at most. Everything runs on the connection's event loop.
 */
final class RequestHandler {
  /** How long a camera may take to send a picture before it counts as not sending. */
  static final int LOOK_SECONDS = 5;

  static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

  private final ServerParts parts;
  private final ConnectionHandler connection;
  private final boolean tls;
  private @Nullable ViewerSession session;
  private @Nullable Described described;
  private boolean over;

  /** What was last described to the client. */
  private record Described(StreamAddress address, Codec codec) {}

  RequestHandler(ServerParts parts, ConnectionHandler connection, boolean tls) {
    this.parts = requireNonNull(parts);
    this.connection = requireNonNull(connection);
    this.tls = tls;
  }

  /** Returns the request's number; empty where it has none that can be repeated. */
  static Optional<String> sequence(Request request) {
    return request.header("cseq").filter(number -> number.matches("\\d{1,10}"));
  }

  void handle(Request request) {
    Optional<String> required = request.header("require").or(() -> request.header("proxy-require"));
    if (sequence(request).isEmpty()) {
      reply(request, Status.BAD_REQUEST);
    } else if (required.isPresent()) {
      Reply refusal = Reply.of(Status.OPTION_NOT_SUPPORTED);
      connection.reply(request, refusal.with("Unsupported", required.get()));
    } else if (request.session().isPresent() && ours(request) == null) {
      reply(request, Status.SESSION_NOT_FOUND);
    } else {
      switch (request.method()) {
        case "OPTIONS" -> connection.reply(request, ok(request).with("Public", METHODS));
        case "DESCRIBE", "SETUP" -> onStream(request);
        case "PLAY" -> onSession(request, this::play);
        case "PAUSE" -> onSession(request, this::pause);
        case "TEARDOWN" -> onSession(request, this::tearDown);
        case "GET_PARAMETER", "SET_PARAMETER" ->
            connection.authenticate(request, viewer -> parameter(request));
        default ->
            connection.reply(request, Reply.of(Status.METHOD_NOT_ALLOWED).with("Allow", METHODS));
      }
    }
  }

  private void reply(Request request, Status status) {
    connection.reply(request, Reply.of(status));
  }

  /** An answer that names the session, where the request does. */
  private Reply ok(Request request) {
    Reply reply = Reply.of(Status.OK);
    request.session().ifPresent(id -> reply.with("Session", named(id)));
    return reply;
  }

  private static String named(String id) {
    return id + ";timeout=" + ViewerSession.TIMEOUT_SECONDS;
  }

  /** Returns the session that the request names, where it is this connection's. */
  private @Nullable ViewerSession ours(Request request) {
    ViewerSession known = session;
    return known != null && request.session().filter(known.id()::equals).isPresent() ? known : null;
  }

  private void onSession(Request request, Consumer<Request> then) {
    connection.authenticate(
        request,
        viewer -> {
          if (request.session().isEmpty()) {
            reply(request, session == null ? Status.NOT_VALID_IN_STATE : Status.SESSION_NOT_FOUND);
          } else if (ours(request) == null) {
            reply(request, Status.SESSION_NOT_FOUND);
          } else {
            then.accept(request);
          }
        });
  }

  /** An empty one asks whether the session is there; there are no parameters. */
  private void parameter(Request request) {
    if (request.bodyBytes() > 0) {
      reply(request, Status.PARAMETER_NOT_UNDERSTOOD);
    } else {
      connection.reply(request, ok(request));
    }
  }

  private void onStream(Request request) {
    connection.authenticate(
        request,
        viewer -> {
          Optional<StreamAddress> address = StreamAddress.of(request.uri(), tls);
          Optional<RtspSource> source =
              address.flatMap(one -> viewer.find(one.camera(), one.rendition()));
          if (address.isEmpty() || source.isEmpty()) {
            reply(request, Status.NOT_FOUND);
          } else if (request.method().equals("DESCRIBE")) {
            describe(request, address.get(), source.get());
          } else {
            setUp(request, viewer, address.get(), source.get());
          }
        });
  }

  private void describe(Request request, StreamAddress address, RtspSource source) {
    boolean acceptable =
        request
            .header("accept")
            .map(types -> types.contains("application/sdp") || types.contains("*/*"))
            .orElse(true);
    if (!acceptable) {
      reply(request, Status.NOT_ACCEPTABLE);
      return;
    }
    look(
        request,
        source,
        parameters -> {
          described = new Described(address, parameters.codec());
          long id = parts.random().nextLong() >>> 1;
          String text = StreamDescription.text(id, address.camera(), parameters);
          connection.reply(
              request, Reply.of(Status.OK).with("application/sdp", address.base(), text));
        });
  }

  /** Finds out how the camera encodes; answers the request where it does not send. */
  private void look(Request request, RtspSource source, Consumer<CodecParameters> then) {
    Looking looking = new Looking();
    connection.onWorker(
        request,
        () -> source.look(looking),
        subscription -> {
          if (subscription.isEmpty()) {
            unavailable(request);
            return;
          }
          looking
              .found()
              .orTimeout(LOOK_SECONDS, TimeUnit.SECONDS)
              .whenCompleteAsync(
                  (parameters, failure) -> {
                    subscription.get().close();
                    if (failure == null) {
                      then.accept(parameters);
                    } else {
                      unavailable(request);
                    }
                  },
                  connection.context().executor());
        });
  }

  private void unavailable(Request request) {
    connection.reply(request, Reply.of(Status.SERVICE_UNAVAILABLE).with("Retry-After", "5"));
  }

  private void setUp(Request request, RtspViewer viewer, StreamAddress address, RtspSource source) {
    Optional<TransportRequest> wanted =
        TransportRequest.choose(
            request.header("transport").orElse(""), parts.udp() != null && !tls);
    Described known = described;
    if (session != null) {
      reply(request, Status.NOT_VALID_IN_STATE);
    } else if (wanted.isEmpty()) {
      reply(request, Status.UNSUPPORTED_TRANSPORT);
    } else if (known != null && known.address().equals(address)) {
      begin(request, viewer, source, known, wanted.get());
    } else {
      look(
          request,
          source,
          parameters ->
              begin(
                  request,
                  viewer,
                  source,
                  new Described(address, parameters.codec()),
                  wanted.get()));
    }
  }

  private void begin(
      Request request,
      RtspViewer viewer,
      RtspSource source,
      Described what,
      TransportRequest wanted) {
    Optional<Place> place = parts.sessions().take(viewer.party());
    if (place.isEmpty() || over) {
      place.ifPresent(Place::close);
      reply(request, Status.NOT_ENOUGH_BANDWIDTH);
      return;
    }
    Optional<Opened> opened = open(wanted);
    if (opened.isEmpty()) {
      place.get().close();
      reply(request, Status.UNSUPPORTED_TRANSPORT);
      return;
    }
    String id = HexFormat.of().toHexDigits(parts.random().nextLong());
    RtpStream stream = new RtpStream(StreamDescription.payloadType(what.codec()), parts.random());
    MediaTransport transport = opened.get().transport();
    session =
        new ViewerSession(
            id,
            what.address(),
            source,
            what.codec(),
            transport,
            wanted.tcp(),
            stream,
            () -> {
              opened.get().onEnd().run();
              place.get().close();
            });
    connection.reply(
        request,
        Reply.of(Status.OK)
            .with("Transport", transport.header() + ";ssrc=" + stream.ssrc() + ";mode=\"PLAY\"")
            .with("Session", named(id)));
  }

  private record Opened(MediaTransport transport, Runnable onEnd) {}

  private Optional<Opened> open(TransportRequest wanted) {
    if (wanted.tcp()) {
      return Optional.of(
          new Opened(
              new InterleavedTransport(connection.context().channel(), wanted.rtp(), wanted.rtcp()),
              () -> {}));
    }
    UdpPorts ports = requireNonNull(parts.udp());
    InetSocketAddress rtp = new InetSocketAddress(connection.client(), wanted.rtp());
    InetSocketAddress rtcp = new InetSocketAddress(connection.client(), wanted.rtcp());
    Runnable alive = () -> connection.context().executor().execute(connection::alive);
    if (!ports.listen(rtcp, alive)) {
      return Optional.empty();
    }
    return Optional.of(new Opened(new UdpTransport(ports, rtp, rtcp), () -> ports.forget(rtcp)));
  }

  private void play(Request request) {
    ViewerSession known = requireNonNull(session);
    if (request.header("range").filter(range -> !range.startsWith("npt")).isPresent()) {
      reply(request, Status.INVALID_RANGE);
    } else if (known.isPlaying()) {
      connection.reply(request, playing(request, known));
    } else {
      Playing what =
          new Playing(
              known.codec(),
              known.stream(),
              known.transport(),
              why -> connection.context().executor().execute(() -> connection.close(why)));
      connection.onWorker(
          request,
          () -> known.source().watch(what),
          live -> watched(request, known, what, live.orElse(null)));
    }
  }

  private void watched(
      Request request, ViewerSession known, Playing what, @Nullable Subscription live) {
    if (live == null) {
      reply(request, Status.NOT_ENOUGH_BANDWIDTH);
    } else if (session != known) {
      live.close(); // The connection ended meanwhile.
    } else {
      known.play(what, live, parts.nanoTime().getAsLong());
      // Before the answer, which goes out first all the same: packets are sent behind this task.
      Reply reply = playing(request, known);
      what.begin();
      connection.reply(request, reply);
    }
  }

  private Reply playing(Request request, ViewerSession known) {
    return ok(request)
        .with("Range", "npt=now-")
        .with(
            "RTP-Info",
            "url="
                + known.address().base()
                + "/"
                + StreamAddress.TRACK
                + ";seq="
                + known.stream().nextSequence());
  }

  private void pause(Request request) {
    requireNonNull(session).pause();
    connection.reply(request, ok(request));
  }

  private void tearDown(Request request) {
    requireNonNull(session).end();
    session = null;
    connection.reply(request, Reply.of(Status.OK));
  }

  boolean hasSession() {
    return session != null;
  }

  /** Returns why the session is over; null where there is none, or it may go on. */
  @Nullable String whyOver(long now, long aliveAt) {
    ViewerSession known = session;
    return known == null ? null : known.whyOver(now, aliveAt);
  }

  /** Ends the session with its connection; nothing is begun after it. */
  void end() {
    over = true;
    ViewerSession known = session;
    session = null;
    if (known != null) {
      known.end();
    }
  }
}
