package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtsp.description.MediaTrack;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A session without a socket, for tests that play the camera. */
abstract class EmbeddedSession {
  static final URI ADDRESS = URI.create("rtsp://camera:554/live");
  static final String SDP =
      "v=0\r\na=control:*\r\n"
          + "m=audio 0 RTP/AVP 14\r\na=control:sound\r\n"
          + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:picture\r\n";
  static final String DIGEST = "WWW-Authenticate: Digest realm=\"r\", nonce=\"%s\"\r\n";

  final List<String> heard = new ArrayList<>();
  EmbeddedChannel channel = new EmbeddedChannel();
  RtspSession session;
  SessionProgress progress = SessionProgress.NONE;
  final RtspLogin login = new RtspLogin("user", "secret");
  private int sequence;

  private final RtspObserver observer =
      new RtspObserver() {
        @Override
        public void onSkipped(int bytes) {
          heard.add("skipped " + bytes);
        }

        @Override
        public void onTransportRefused(String reason) {
          heard.add("transport refused: " + reason);
        }

        @Override
        public void onTracks(List<MediaTrack> tracks) {
          for (int i = 0; i < tracks.size(); i++) {
            assertThat(tracks.get(i).index()).isEqualTo(i);
            Integer ssrc = tracks.get(i).ssrc();
            String source = ssrc == null ? "" : " of source " + Integer.toHexString(ssrc);
            heard.add("track " + tracks.get(i).control() + source);
          }
        }

        @Override
        public void onPlaying() {
          heard.add("playing");
        }

        @Override
        public void onRtp(int track, ByteBuf packet) {
          heard.add("rtp " + (track == 0 ? "" : track + " ") + ByteBufUtil.hexDump(packet));
        }

        @Override
        public void onRtcp(int track, ByteBuf packet) {
          heard.add("rtcp " + (track == 0 ? "" : track + " ") + ByteBufUtil.hexDump(packet));
        }

        @Override
        public void onRedirect(URI target) {
          heard.add("redirect " + target);
        }

        @Override
        public void onTrackLeftOut(MediaTrack.Kind kind, String reason) {
          heard.add("left out " + kind + ": " + reason);
        }

        @Override
        public void onTracksRefused(Set<MediaTrack.Kind> kinds, String reason) {
          heard.add("refused " + new TreeSet<>(kinds) + ": " + reason);
        }

        @Override
        public void onConnectionEnded(
            SessionProgress come, Set<MediaTrack.Kind> suspects, String reason) {
          heard.add("ended: " + reason);
          progress = come;
        }

        @Override
        public void onFailure(String reason) {
          heard.add("failure: " + reason);
        }

        @Override
        public void onLoginRefused(String reason) {
          heard.add("login refused: " + reason);
        }
      };

  RtspObserver observer() {
    return observer;
  }

  void open(boolean withLogin) {
    session =
        withLogin
            ? RtspSession.withLogin(ADDRESS, login, RtspSettings.DEFAULT, observer)
            : RtspSession.withoutLogin(ADDRESS, RtspSettings.DEFAULT, observer);
    session.resuming(progress);
    channel.freezeTime();
    session.addTo(channel.pipeline());
  }

  /** The connection is gone, and the camera is asked on another one. */
  void reopen(boolean withLogin) {
    channel.finishAndReleaseAll();
    channel = new EmbeddedChannel();
    sequence = 0;
    open(withLogin);
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  /** What was sent since the last call. */
  String sent() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(ISO_8859_1));
      out.release();
    }
    return text.toString();
  }

  void receive(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
  }

  /** Answers the next request, whose CSeq must be one more than the last, and returns it. */
  String answer(String status, String headers, String body) {
    String request = sent();
    sequence++;
    assertThat(request).contains("CSeq: " + sequence + "\r\n").endsWith("\r\n\r\n");
    receive(
        "RTSP/1.0 "
            + status
            + "\r\nCSeq: "
            + sequence
            + "\r\n"
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    return request;
  }

  void play(String publicMethods, String sessionHeader) {
    answer("200 OK", publicMethods, "");
    answer("200 OK", "Content-Base: rtsp://camera:554/live/\r\n", SDP);
    answer("200 OK", sessionHeader + "Transport: RTP/AVP/TCP;interleaved=2-3\r\n", "");
    answer("200 OK", "", "");
  }

  void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
