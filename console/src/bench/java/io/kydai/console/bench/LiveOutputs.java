package io.kydai.console.bench;

import io.kydai.console.bench.LiveTurns.Watched;
import io.kydai.streaming.live.whep.OpenSessions;
import io.kydai.streaming.live.whep.WhepServer;
import java.io.Closeable;
import java.io.IOException;

/** Viewers of each output of ours, and of nginx. */
final class LiveOutputs {
  private static final String RTSP_HEAD = " RTSP/1.0\r\nCSeq: 1\r\nAuthorization: Basic YTpi\r\n";

  private final LiveProcess server;
  private final int viewers;

  LiveOutputs(LiveProcess server, int viewers) {
    this.server = server;
    this.viewers = viewers;
  }

  private static String camera(int viewer) {
    return "c" + viewer % PacedStreams.COUNT;
  }

  /** Opens a viewer by WebSocket. */
  void webSocket(OpenStreams streams, int viewer, boolean reads) throws IOException {
    streams.open(
        server.httpPort(),
        reads,
        "GET /api/v1/cameras/"
            + camera(viewer)
            + "/live HTTP/1.1\r\nHost: 127.0.0.1:"
            + server.httpPort()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + server.cookie()
            + "\r\n");
  }

  Watched webSockets() throws IOException {
    OpenStreams streams = new OpenStreams("MSE over WebSocket");
    for (int i = 0; i < viewers; i++) {
      webSocket(streams, i, true);
    }
    return started(streams);
  }

  Watched rtsp() throws IOException {
    OpenStreams streams = new OpenStreams("RTSP, interleaved");
    for (int i = 0; i < viewers; i++) {
      String address = "rtsp://127.0.0.1:" + server.rtspPort() + "/" + camera(i);
      streams.open(
          server.rtspPort(),
          true,
          "SETUP " + address + RTSP_HEAD + "Transport: RTP/AVP/TCP;unicast\r\n\r\n",
          "PLAY " + address + RTSP_HEAD + "Session: {session}\r\n\r\n");
    }
    return started(streams);
  }

  /** As many viewers by WebRTC as a node takes, if there are fewer than asked for. */
  Watched webRtc() throws IOException {
    OpenSessions sessions = new OpenSessions();
    for (int i = 0; i < Math.min(viewers, WhepServer.MOST_SESSIONS); i++) {
      String camera = camera(i);
      sessions.open(server.webRtc(), offer -> server.answer(camera, offer));
    }
    sessions.start();
    return new Watched() {
      @Override
      public int count() {
        return sessions.count();
      }

      @Override
      public long bytes() throws IOException {
        return sessions.bytes();
      }

      @Override
      public void close() throws IOException {
        server.endSessions();
        sessions.close();
      }
    };
  }

  Watched paced(Nginx nginx) throws IOException {
    OpenStreams streams = new OpenStreams("nginx, paced");
    for (int i = 0; i < viewers; i++) {
      streams.open(nginx.port(), true, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    return started(streams);
  }

  private Watched started(OpenStreams streams) {
    streams.start();
    return watched(streams::bytes, streams::close);
  }

  Watched players() throws IOException {
    PartReaders readers = PartReaders.plain(server.httpPort(), server.cookie());
    for (int i = 0; i < viewers; i++) {
      readers.player("/api/v1/cameras/" + camera(i) + "/hls/");
    }
    return watched(readers::bytes, readers::close);
  }

  Watched files(Nginx nginx) throws IOException {
    return files(PartReaders.plain(nginx.port(), ""));
  }

  Watched filesOverTls(Nginx nginx) throws IOException {
    return files(PartReaders.overTls(nginx.tlsPort()));
  }

  private Watched files(PartReaders readers) throws IOException {
    for (int i = 0; i < viewers; i++) {
      readers.files("/live.m3u8", "/part.mp4");
    }
    return watched(readers::bytes, readers::close);
  }

  /** How much came since the beginning. */
  @FunctionalInterface
  private interface Received {
    long bytes() throws IOException;
  }

  private Watched watched(Received received, Closeable viewing) {
    return new Watched() {
      @Override
      public int count() {
        return viewers;
      }

      @Override
      public long bytes() throws IOException {
        return received.bytes();
      }

      @Override
      public void close() throws IOException {
        viewing.close();
      }
    };
  }
}
