package io.kydai.console.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a picture takes from when its last RTP packet was handed to ingest to when a viewer has
 * its fragment: through reception, the live stream, MP4 and the WebSocket, on one machine's clock.
 */
final class PictureDelays implements WebSocket.Listener {
  private final PictureRelay relay;
  private final List<Long> delays = new CopyOnWriteArrayList<>();
  private final ByteBuffer message = ByteBuffer.allocate(4 << 20);
  private boolean live;

  private PictureDelays(PictureRelay relay) {
    this.relay = relay;
  }

  static void print(int port, String cookie, PictureRelay relay, int seconds) throws Exception {
    PictureDelays delays = new PictureDelays(relay);
    String[] header = cookie.split(": ", 2);
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header(header[0], header[1])
            .buildAsync(
                URI.create(
                    "ws://127.0.0.1:" + port + "/api/v1/cameras/" + PacedStreams.PULLED + "/live"),
                delays)
            .get(30, TimeUnit.SECONDS);
    TimeUnit.SECONDS.sleep(2);
    delays.begin();
    TimeUnit.SECONDS.sleep(seconds);
    socket.abort();
    double[] millis = delays.delays.stream().mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%nlast RTP packet in to fragment at the viewer, %d pictures: median %.1f, 99%% %.1f, largest"
            + " %.1f ms%n",
        millis.length,
        millis[millis.length / 2],
        millis[(int) (millis.length * 0.99)],
        Arrays.stream(millis).max().orElse(Double.NaN));
  }

  /** What came so far was the group of pictures that a viewer begins with. */
  private synchronized void begin() {
    live = true;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    message.put(data);
    if (last) {
      take(System.nanoTime());
      message.clear();
    }
    socket.request(1);
    return null;
  }

  private synchronized void take(long now) {
    int end = message.position();
    if (!live || end < PictureRelay.KEY_BYTES) {
      return;
    }
    byte[] key = Arrays.copyOfRange(message.array(), end - PictureRelay.KEY_BYTES, end);
    relay.handedOn(key).ifPresent(at -> delays.add(now - at));
  }
}
