package io.kydai.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.Capture;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.login.Authenticator;
import io.kydai.ingest.login.Challenge;
import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtp.nal.H265Depacketizer;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtsp.message.InterleavedFrame;
import io.kydai.ingest.rtsp.message.RtspMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapturedSessionTest {
  @Test
  void aRealCamerasAnswersAndFramesArePartedWithoutLoss() throws Exception {
    EmbeddedChannel channel = InterleavedFrame.openChannel();
    for (ByteBuf segment :
        Capture.payloads(
            SharedData.assumeThere("pcap/rtsp_tcp_h265_pcma_digest_uniview-like.pcap"), 554)) {
      channel.writeInbound(segment.retainedDuplicate());
    }
    List<Integer> statuses = new ArrayList<>();
    int video = 0;
    List<Picture> pictures = new ArrayList<>();
    VideoReceiver receiver = new VideoReceiver(96, new H265Depacketizer(into(pictures), false));
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part instanceof RtspMessage.Response response) {
        statuses.add(response.status());
        if (response.status() == 401) {
          Challenge best =
              Authenticator.choose(Challenge.parse(response.headers().all("WWW-Authenticate")))
                  .orElseThrow();
          assertThat(best.scheme()).isEqualTo("digest");
        }
      } else if (part instanceof InterleavedFrame frame) {
        if (frame.channel() == 0) {
          video++;
          receiver.rtp(frame.content());
        }
        frame.release();
      }
    }
    assertThat(statuses).containsExactly(401, 200, 200, 200, 200, 200, 200);
    assertThat(video).isEqualTo(594);
    assertThat(receiver.lost()).isZero();
    assertThat(pictures).hasSize(70).noneMatch(Picture::damaged);
    channel.finish();
  }

  private static PictureReceiver into(List<Picture> pictures) {
    return new PictureReceiver() {
      @Override
      public void onParameterSet(byte[] nal) {
        // Only the pictures are counted.
      }

      @Override
      public void onPicture(Picture picture) {
        pictures.add(picture);
      }
    };
  }
}
