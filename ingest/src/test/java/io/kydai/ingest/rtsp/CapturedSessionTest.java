package io.kydai.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.Capture;
import io.kydai.ingest.SharedData;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapturedSessionTest {
  @Test
  void aRealCamerasAnswersAndFramesArePartedWithoutLoss() throws Exception {
    EmbeddedChannel channel = new EmbeddedChannel(new RtspDemultiplexer());
    for (ByteBuf segment :
        Capture.payloads(
            SharedData.assumeThere("pcap/rtsp_tcp_h265_pcma_digest_uniview-like.pcap"), 554)) {
      channel.writeInbound(segment.retainedDuplicate());
    }
    List<Integer> statuses = new ArrayList<>();
    int video = 0;
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part instanceof RtspMessage.Response response) {
        statuses.add(response.status());
        if (response.status() == 401) {
          Challenge best = Authenticator.choose(response.headers().all("WWW-Authenticate"));
          assertThat(best.scheme()).isEqualTo("digest");
        }
      } else if (part instanceof InterleavedFrame frame) {
        video += frame.channel() == 0 ? 1 : 0;
        frame.release();
      }
    }
    assertThat(statuses).containsExactly(401, 200, 200, 200, 200, 200, 200);
    assertThat(video).isEqualTo(594);
    channel.finish();
  }
}
